#include "search/near_duplicates.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

using namespace nutgraf;

namespace {

std::vector<std::uint16_t> surfaces(std::size_t count, unsigned seed) {
  std::vector<std::uint16_t> signature;
  unsigned state = seed * 2654435761U + 1;
  for (std::size_t i = 0; i < count; ++i) {
    state = state * 1664525U + 1013904223U;
    signature.push_back(static_cast<std::uint16_t>(state >> 16));
  }
  return signature;
}

bool share_a_hash(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b) {
  return std::any_of(a.begin(), a.end(), [&](auto hash) { return std::find(b.begin(), b.end(), hash) != b.end(); });
}

// Each surface weighs as much as its number says.
double share(const std::vector<std::uint16_t>& a, const std::vector<std::uint16_t>& b) {
  WordsInCommon words;
  const double once = words.share(a, b, [](std::uint16_t surface) { return static_cast<double>(surface); });
  CHECK(words.share(a, b, [](std::uint16_t surface) { return static_cast<double>(surface); }) == once);
  return once;
}

// "the Bank gave 12": lower case is plain, a capital makes a name, a digit a number.
std::vector<ComparedWord> read(const std::string& text) {
  std::vector<ComparedWord> words;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    const char first = text[begin];
    const bool number = first >= '0' && first <= '9', name = first >= 'A' && first <= 'Z';
    words.push_back({static_cast<std::uint16_t>(std::hash<std::string>()(text.substr(begin, end - begin))),
                     number ? WordKind::number
                     : name ? WordKind::name
                            : WordKind::plain});
    begin = end + 1;
  }
  return words;
}

const std::string kText = "the Bank said it lent the market 120 mln stg this morning against bills of all kinds";

bool otherwise(const std::string& a, const std::string& b) {
  const bool there = tells_other_facts(read(a), read(b));
  return there;
}

}  // namespace

TEST_CASE("near-duplicates: texts with a tenth of the words edited share a hash of their sketches") {
  int found = 0;
  for (unsigned seed = 1; seed <= 200; ++seed) {
    const auto text = surfaces(120, seed);
    auto copy = text;
    for (unsigned i = 0; i < 12; ++i) copy[(seed * 31 + i * 10) % 120] ^= 1;
    found += share_a_hash(sketch_of(text), sketch_of(copy)) ? 1 : 0;
  }
  CHECK(found >= 198);
  CHECK_FALSE(share_a_hash(sketch_of(surfaces(120, 1)), sketch_of(surfaces(120, 2))));
}

TEST_CASE("near-duplicates: a short text is one sequence, an empty one none") {
  CHECK(sketch_of({}).empty());
  const std::vector<std::uint16_t> two{1, 2}, other{1, 3};
  CHECK(sketch_of(two).size() == 1);
  CHECK(sketch_of(two) == sketch_of(two));
  CHECK(sketch_of(two) != sketch_of(other));
  const auto sketch = sketch_of(surfaces(50, 3));
  CHECK(std::is_sorted(sketch.begin(), sketch.end()));
  CHECK(sketch_of(std::vector<std::uint16_t>(50, 7)).size() == 1);  // one sequence over and over
}

TEST_CASE("near-duplicates: share in common") {
  CHECK(share({2, 3}, {3, 2}) == 1.0);  // in any order
  CHECK(share({2, 3}, {1, 2}) == doctest::Approx(0.4));
  CHECK(share({2}, {1, 2, 3}) == 1.0);
  CHECK(share({2, 2}, {2}) == doctest::Approx(0.5));  // as often as it stands there
  CHECK(share({1, 9}, {9, 10}) == doctest::Approx(0.9));
  CHECK(share({}, {1}) == 0.0);
  CHECK(share({}, {}) == 0.0);
}

TEST_CASE("near-duplicates: another fact in the same form, and nothing else, is no copy") {
  CHECK_FALSE(otherwise(kText, kText));
  CHECK(otherwise(kText, "the Bank said it lent the market 95 mln stg this morning against bills of all kinds"));
  CHECK(otherwise(kText, "the Fed said it lent the market 120 mln stg this morning against bills of all kinds"));
  CHECK(otherwise(kText, "the Fed said it lent the market 120 mln dlrs this morning against bills of all kinds"));
}

TEST_CASE("near-duplicates: a number for a number tells, unless much else is replaced as well; two always do") {
  const std::string figures =
      "it made 3 mln dlrs in the quarter on sales of 40 mln after a good year for tractors and a bad one for ploughs";
  const auto replaced = [&](std::initializer_list<std::size_t> places) {
    auto words = read(figures);
    for (const auto place : places) words[place].surface ^= 1;
    return words;
  };
  CHECK(tells_other_facts(replaced({2}), read(figures)));
  CHECK(tells_other_facts(replaced({2, 14, 20}), read(figures)));
  CHECK_FALSE(tells_other_facts(replaced({2, 7, 14, 20}), read(figures)));
  CHECK(tells_other_facts(replaced({2, 11, 14, 20}), read(figures)));
}

TEST_CASE("near-duplicates: a word that the titles replace tells in the texts, too") {
  const auto corn = read("the office reported the following stocks of corn in the town as of this morning");
  auto rye = corn;
  rye[7].surface ^= 1;
  CHECK_FALSE(tells_other_facts(corn, rye));
  CHECK(tells_other_facts(corn, rye, std::vector{corn[7].surface}));
  CHECK(tells_other_facts(rye, corn, std::vector{corn[7].surface}));
  auto both = rye;  // "corn" stands in it as well
  both.push_back(corn[7]);
  CHECK_FALSE(tells_other_facts(both, corn, std::vector{corn[7].surface}));
}

TEST_CASE("near-duplicates: what titles of one form replace") {
  const auto title = [](const std::string& text) {
    auto words = read(text);
    for (auto& word : words) word.kind = WordKind::subject;
    return words;
  };
  const auto corn = title("corn stocks in hull"), rye = title("rye stocks in hull");
  CHECK(replaced_in_title(corn, rye) == std::vector{corn[0].surface, rye[0].surface});
  CHECK(replaced_in_title(corn, title("stocks in hull")).empty());
  CHECK(replaced_in_title(corn, title("rye prices in hull now")).empty());
  CHECK(replaced_in_title({}, {}).empty());
  CHECK(replaced_in_title(read("the stocks in hull"), read("all stocks in hull")).empty());  // stop words are plain
}

TEST_CASE("near-duplicates: a word for a number, or for a name, is no other fact") {
  CHECK_FALSE(
      otherwise(kText, "the Bank said it lent the market bills mln stg this morning against bills of all kinds"));
  CHECK_FALSE(
      otherwise(kText, "the Bank said it lent the market Sales mln stg this morning against bills of all kinds"));
  CHECK_FALSE(otherwise(kText, "the 7 said it lent the market 120 mln stg this morning against bills of all kinds"));
}

TEST_CASE("near-duplicates: in a brief text something else for what the title names is another fact") {
  auto corn = read("the following are the stocks of corn in the town as of today"), oats = corn;
  oats[6].surface ^= 1;
  CHECK_FALSE(tells_other_facts(corn, oats));
  corn[6].kind = WordKind::subject;
  CHECK(tells_other_facts(corn, oats));
  CHECK(tells_other_facts(oats, corn));
  auto much_corn = corn, much_oats = oats;
  for (std::uint16_t i = 0; i < 20; ++i) {
    for (auto* text : {&much_corn, &much_oats}) text->push_back({i, WordKind::plain});
  }
  CHECK_FALSE(tells_other_facts(much_corn, much_oats));
  much_oats[6].kind = WordKind::subject;
  CHECK(tells_other_facts(much_corn, much_oats));
  oats.erase(oats.begin() + 6);
  CHECK_FALSE(tells_other_facts(corn, oats));
}

TEST_CASE("near-duplicates: titles of a series have another number") {
  CHECK(of_one_series(read("News of 7"), read("News of 8")));
  CHECK_FALSE(of_one_series(read("News of 7"), read("News of 7")));
  CHECK_FALSE(of_one_series(read("News of 7"), read("News of today")));
  CHECK_FALSE(of_one_series(read("7 lost"), read("Another 8 things")));
  CHECK_FALSE(of_one_series({}, read("8")));
}

TEST_CASE("near-duplicates: edits that fall anywhere make a copy") {
  CHECK_FALSE(otherwise(kText, "the Bank said it lent the market 120 mln stg this noon against bills of all kinds"));
  CHECK_FALSE(otherwise(kText, "the Bank said it lent the market mln stg this morning against bills of all kinds"));
  CHECK_FALSE(
      otherwise(kText, "the Bank now said it lent the whole market 120 bn stg this day against bills of kinds"));
  // A sentence more is one difference.
  CHECK_FALSE(otherwise(kText, kText + " it was the third time in March"));
}

TEST_CASE("near-duplicates: a copy may say less than the original, in the same order") {
  const std::string more = kText + " it was the third time in March and nobody knew how long it would have to go on";
  CHECK_FALSE(otherwise(kText, more));
  CHECK(otherwise(more, kText));
  CHECK(otherwise("this morning against bills of all kinds it lent the market 120 mln stg said the Bank", kText));
}

TEST_CASE("near-duplicates: short texts and tables are copies only word for word") {
  CHECK_FALSE(otherwise("a few words of text", "a few words of text"));
  CHECK(otherwise("a few words of text", "a few more words of text"));
  const std::string table = "may 159 163 up 1 jul 168 off 2 sep 176 up 3 dec 183";
  CHECK_FALSE(otherwise(table, table));
  CHECK(otherwise(table, table + " off"));
  CHECK(otherwise(table, table + " " + table));
}

TEST_CASE("near-duplicates: of very long texts the first differences speak") {
  std::vector<ComparedWord> a(50'000), b(50'000);
  for (std::size_t i = 0; i < a.size(); ++i) a[i].surface = b[i].surface = static_cast<std::uint16_t>(i);
  for (std::size_t i = 10; i < a.size(); i += 10) b[i].surface = 7;
  CHECK_FALSE(tells_other_facts(a, b));
  for (auto* text : {&a, &b}) {
    for (auto& word : *text) word.kind = WordKind::name;
  }
  CHECK(tells_other_facts(a, b));
}
