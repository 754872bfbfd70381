#include <doctest/doctest.h>

#include "unit/search/support.h"

using namespace nutgraf;
using test::Record;
using test::SmallIndex;

namespace {

// How many hits two articles are; both hold the word that is asked for.
std::size_t hits_of(const Record& a, const Record& b, const char* query) {
  return SmallIndex({a, b}).search(query).hits.size();
}

const std::string kHarbour =
    "The port of Wexmouth handled 41 ships last week and expects a quieter spring. Its harbour master, Ada Lindqvist, "
    "said "
    "that grain had filled the sheds since the railway strike began, and that two cranes would be repaired before the "
    "cruise season opens.";

Record wire(const std::string& id, const std::string& title, const std::string& text, const std::string& date) {
  return {id, title, text, date, ""};
}

std::string with(std::string text, const std::string& old_words, const std::string& new_words) {
  const auto at = text.find(old_words);
  REQUIRE(at != std::string::npos);
  return text.replace(at, old_words.size(), new_words);
}

}  // namespace

TEST_CASE("copies: a story that another paper rewords a little is one hit") {
  const Record original = wire("a", "Wexmouth port quiet", kHarbour, "2025-03-03");
  const auto reworded = with(with(kHarbour, "quieter spring", "calmer spring"), "said that grain", "said grain");
  CHECK(hits_of(original, wire("b", "Quiet weeks at Wexmouth", reworded, "2025-03-04"), "harbour") == 1);
  CHECK(hits_of(original, wire("b", "Wexmouth port quiet", kHarbour + " Nobody was hurt.", "2025-03-05"), "harbour") ==
        1);
}

TEST_CASE("copies: the same report of another week is no copy") {
  const Record original = wire("a", "Wexmouth port quiet", kHarbour, "2025-03-03");
  const auto reworded =
      with(with(kHarbour, "quieter spring", "calmer spring"), "would be repaired", "are to be repaired");
  CHECK(hits_of(original, wire("b", "Wexmouth port quiet", reworded, "2025-03-07"), "harbour") == 1);
  CHECK(hits_of(original, wire("b", "Wexmouth port quiet", reworded, "2025-03-08"), "harbour") == 2);
  CHECK(hits_of(original, wire("b", "Wexmouth port quiet", reworded, ""), "harbour") == 1);
  // What hardly differs is one, however late it comes.
  CHECK(hits_of(original, wire("b", "Wexmouth port quiet", with(kHarbour, "last week", "this week"), "2025-08-08"),
                "harbour") == 1);
}

TEST_CASE("copies: one form with another number, town or subject is another report") {
  const std::string prices =
      "Hog prices are expected to open steady to firm in quiet trade on receipts of 2,000 head, dealers said. The top "
      "is "
      "seen at 51.50 a hundredweight, as farmers are in the fields and few loads come to market.";
  const Record original = wire("a", "Tolbury hogs seen steady", prices, "2025-03-03");
  CHECK(hits_of(original, wire("b", "Tolbury hogs seen steady", with(prices, "2,000", "1,200"), "2025-03-03"), "hog") ==
        2);
  CHECK(hits_of(original, wire("b", "Tolbury hogs seen steady", with(prices, "quiet", "slow"), "2025-03-03"), "hog") ==
        1);
  CHECK(hits_of(original, wire("b", "Tolbury lambs seen steady", with(prices, "Hog", "Lamb"), "2025-03-03"),
                "prices") == 2);
}

TEST_CASE("copies: a Chinese form about another thing, as its title says, is another report") {
  const std::string fish =
      "鲈鱼为本地常见的食用鱼，体长可达四十公分，栖息于近海岩礁，以小鱼和虾蟹为食，春季在河口产卵，可作为海产食用。";
  const Record original{"a", "鲈鱼", fish, "", "", "zh"};
  CHECK(hits_of(original, {"b", "鲷鱼", with(fish, "鲈", "鲷"), "", "", "zh"}, "食用鱼") == 2);
  CHECK(hits_of(original, {"b", "鲈鱼", with(fish, "岩礁", "岩石"), "", "", "zh"}, "食用鱼") == 1);
}

TEST_CASE("copies: what an article says again in other words, as a list does, is no copy") {
  const std::string offer =
      "To help with the harbour, write to Ada Lindqvist on the notice board or come to the quay office.";
  const auto other = with(offer, "Ada Lindqvist", "Omar Petrie");
  const SmallIndex index({wire("a", "", "# One\n\n" + offer + "\n\n# Two\n\n" + other, "2025-03-03")});
  SearchRequest request;
  request.query = "harbour";
  const auto together = index.search(request).hits.size();
  request.fold_duplicates = false;
  CHECK(together == index.search(request).hits.size());
}
