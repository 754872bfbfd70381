#include <doctest/doctest.h>

#include <random>
#include <string>
#include <vector>

#include "text/utf8.h"
#include "unit/snippet/shown.h"

using namespace nutgraf;
using namespace nutgraf::testing;

namespace {

std::vector<Fragment> make(std::string_view text, const std::vector<Concept>& concepts, std::size_t fragments = 1,
                           std::size_t max_bytes = 40, std::string_view language = "en") {
  return make_snippet(text, language, concepts, analyzer(), {fragments, max_bytes});
}

std::string shown(std::string_view text, const std::vector<Concept>& concepts, std::size_t fragments = 1,
                  std::size_t max_bytes = 40, std::string_view language = "en") {
  return show(make(text, concepts, fragments, max_bytes, language));
}

const char* const kNews =
    "Rates rose on Monday. The bank cut costs. A model was sold. The bank sold a model. It rained. Shares fell.";

void check_properties(std::string_view text, const std::vector<Fragment>& fragments, std::size_t most) {
  CHECK(fragments.empty() == text.empty());
  CHECK(fragments.size() <= std::max<std::size_t>(most, 1));
  std::size_t last = 0;
  for (const Fragment& fragment : fragments) {
    REQUIRE(fragment.bytes.begin >= last);
    REQUIRE(fragment.bytes.begin < fragment.bytes.end);
    REQUIRE(fragment.bytes.end <= text.size());
    CHECK(fragment.text == text.substr(fragment.bytes.begin, fragment.bytes.size()));
    CHECK(starts_code_point(text, fragment.bytes.begin));
    CHECK(starts_code_point(text, fragment.bytes.end));
    last = fragment.bytes.end;
    std::size_t mark_end = 0;
    for (const ByteRange& mark : fragment.marks) {
      CHECK(mark.begin >= mark_end);
      CHECK(mark.begin < mark.end);
      CHECK(mark.end <= fragment.text.size());
      CHECK(starts_code_point(fragment.text, mark.begin));
      CHECK(starts_code_point(fragment.text, mark.end));
      mark_end = mark.end;
    }
  }
}

}  // namespace

TEST_CASE("snippet: whole sentences around the match") {
  CHECK(shown(kNews, {word("costs")}) == "The bank cut [costs]. A model was sold.");
  CHECK(shown(kNews, {word("shares")}) == "It rained. [Shares] fell.");
  CHECK(shown(kNews, {word("rose")}) == "Rates [rose] on Monday.");
}

TEST_CASE("snippet: the sentences that show most concepts win, the early ones where equal") {
  CHECK(shown(kNews, {word("bank"), word("model")}, 1, 25) == "The [bank] sold a [model].");
  CHECK(shown(kNews, {word("bank")}, 1, 25) == "The [bank] cut costs.");
  CHECK(shown(kNews, {word("bank", 1), word("rained", 5)}, 1, 25) == "It [rained]. Shares fell.");
  CHECK(shown(kNews, {word("bank", 0), word("rained", 0)}, 1, 25) == "The [bank] cut costs.");
}

TEST_CASE("snippet: what the title shows counts for less") {
  const std::vector<Concept> asked{word("bank", 3), word("rained", 2)};
  const auto under = [&](std::string_view title) {
    return show(make_snippet(kNews, "en", asked, analyzer(), {.max_bytes = 25, .above = title}));
  };
  CHECK(under("") == "The [bank] cut costs.");
  CHECK(under("The banks") == "It [rained]. Shares fell.");
  CHECK(under("It rained on the bank") == "The [bank] cut costs.");
}

TEST_CASE("snippet: matches close together win over scattered ones") {
  const char* const text = "The bank said in a very long sentence that it had no model. The bank model is here.";
  CHECK(shown(text, {word("bank"), word("model")}, 1, 60) == "The [bank] [model] is here.");
}

TEST_CASE("snippet: more fragments show what the first did not, in the order of the text") {
  CHECK(shown(kNews, {word("shares", 5), word("rates")}, 2, 25) == "[Rates] rose on Monday.|It rained. [Shares] fell.");
  CHECK(shown(kNews, {word("bank"), word("bank")}, 3, 25) == "The [bank] cut costs.");
  CHECK(shown(kNews, {word("rates"), word("costs"), word("shares")}, 2, 25) ==
        "[Rates] rose on Monday.|The bank cut [costs].");
  CHECK(make(kNews, {word("rates")}, 0).size() == 1);
}

TEST_CASE("snippet: without a match, the start of the text") {
  CHECK(shown(kNews, {word("zebra")}) == "Rates rose on Monday.");
  CHECK(shown(kNews, {}, 3, 45) == "Rates rose on Monday. The bank cut costs.");
  CHECK(shown("one two three four five", {}, 1, 12) == "one two");
  CHECK(shown("腾讯控股今天发布了新的模型", {}, 1, 13, "zh") == "腾讯控股");
  CHECK(shown("abcdefghijkl", {}, 1, 5) == "abcde");
  CHECK(shown("état", {}, 1, 1) == "é");
  CHECK(shown("", {word("bank")}).empty());
  CHECK(shown("  \n ", {word("bank")}) == "  \n ");
}

TEST_CASE("snippet: a sentence that is too long is cut between words around its best matches") {
  std::string text = "start";
  for (int i = 0; i < 100; ++i) text += i == 50 ? " the bank sold" : i == 80 ? " one model and a bank" : " word";
  CHECK(shown(text, {word("sold")}, 1, 40) == "the bank [sold] word word word word");
  CHECK(shown(text, {word("bank"), word("model")}, 1, 40) == "one [model] and a [bank] word word word");
  CHECK(shown(text, {word("start")}, 1, 20) == "[start] word word word");
  CHECK(shown(text, {word("sold"), word("model")}, 2, 20) == "bank [sold] word word|one [model] and a");
}

TEST_CASE("snippet: Chinese is cut at any character") {
  std::string text;
  for (int i = 0; i < 40; ++i) text += i == 20 ? "腾讯" : "某些";
  const auto fragments = make(text, {word("腾讯")}, 1, 30, "zh");
  CHECK(show(fragments) == "某些[腾讯]某些某些某");
}

TEST_CASE("snippet: a phrase that runs over the end of a sentence stays whole") {
  const char* const text = "He left the firm. Apple rose again. It rained.";
  CHECK(shown(text, {phrase("firm apple")}, 1, 38) == "He left the [firm. Apple] rose again.");
  CHECK(shown(text, {phrase("firm apple")}, 1, 20) == "[firm. Apple] rose");
}

TEST_CASE("snippet: a match longer than a fragment may be is shown whole") {
  CHECK(shown("a very long phrase of many words", {phrase("long phrase of many")}, 1, 5) == "[long phrase of many]");
}

TEST_CASE("snippet: bytes lead into the passage") {
  const auto fragments = make(kNews, {word("shares")}, 1, 15);
  REQUIRE(fragments.size() == 1);
  const std::size_t begin = std::string_view(kNews).find("Shares");
  CHECK(fragments[0].bytes.begin == begin);
  CHECK(fragments[0].bytes.end == begin + 12);
  CHECK(fragments[0].marks == std::vector<ByteRange>{{0, 6}});
}

TEST_CASE("snippet: what holds for every text holds for random ones") {
  static const char* const kPieces[] = {
      "bank", "Model",      "GPT-4o", "腾讯",       "控股",        "騰訊",  "。", ". ",     " ",  " ",
      "\n",   "\U0001F600", "é",      "e\u0301tat", "open source", "U.S. ", "!",  "\u201d", "　", "xxxxxxxxxxxxxxxx",
      "$512", "😀"};
  const std::vector<Concept> concepts{word("bank", 2), word("models"),           word("腾讯控股", 3),
                                      word("etat"),    phrase("open source", 4), word("512")};
  std::mt19937 random(3);
  for (int round = 0; round < 4000; ++round) {
    std::string text;
    for (auto n = random() % 120; n > 0; --n) text += kPieces[random() % std::size(kPieces)];
    const std::size_t most = random() % 4;
    const std::size_t max_bytes = random() % 3 == 0 ? random() % 20 : random() % 400;
    CAPTURE(text);
    const auto fragments = make(text, concepts, most, max_bytes, random() % 2 == 0 ? "en" : "zh");
    check_properties(text, fragments, most);
    for (char& c : text) c = random() % 50 == 0 ? static_cast<char>(random() % 256) : c;
    for (const Fragment& fragment : make(text, concepts, most, max_bytes)) {  // no UTF-8: no promises, but no harm
      CHECK(fragment.text == text.substr(fragment.bytes.begin, fragment.bytes.size()));
    }
  }
}

TEST_CASE("snippet: hostile sizes take linear time") {
  std::string words, dense;
  for (int i = 0; i < 200'000; ++i) words += i % 2 == 0 ? "bank " : "model ";
  for (int i = 0; i < 100'000; ++i) dense += "bank. ";
  const std::vector<Concept> concepts{word("bank"), word("model"), phrase("bank model bank bank")};
  for (const std::size_t max_bytes : {std::size_t{320}, std::size_t{1'000'000'000}}) {
    CHECK(make(words, concepts, 3, max_bytes).size() >= 1);
    CHECK(make(dense, concepts, 3, max_bytes).size() == 1);
    CHECK(make(std::string(2'000'000, 'x'), concepts, 3, max_bytes).size() == 1);
  }
}
