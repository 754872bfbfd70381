#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "unit/snippet/shown.h"

using namespace nutgraf;
using namespace nutgraf::testing;

namespace {

std::string marked(std::string_view text, const std::vector<Concept>& concepts, std::string_view language = "en") {
  return show(text, find_marks(text, language, concepts, analyzer()));
}

}  // namespace

TEST_CASE("marks: words") {
  CHECK(marked("The banks raised rates", {word("bank")}) == "The [banks] raised rates");
  CHECK(marked("Raising rates, it raised a rate.", {word("raise"), word("rates")}) ==
        "[Raising] [rates], it [raised] a [rate].");
  CHECK(marked("un état, des Etats", {word("etat")}, "fr") == "un [état], des [Etats]");
  CHECK(marked("APPLE apple Apple", {word("Apple")}) == "[APPLE] [apple] [Apple]");
  CHECK(marked("nothing here", {word("bank")}) == "nothing here");
  CHECK(marked("", {word("bank")}).empty());
  CHECK(marked("bank", {}) == "bank");
}

TEST_CASE("marks: compounds are one mark however they are written") {
  CHECK(marked("the GPT-4o model", {word("GPT4o")}) == "the [GPT-4o] model");
  CHECK(marked("the GPT4o model", {word("GPT-4o")}) == "the [GPT4o] model");
  CHECK(marked("an e-mail", {word("email")}) == "an [e-mail]");
}

TEST_CASE("marks: Chinese") {
  CHECK(marked("騰訊今天發布", {word("腾讯")}, "zh") == "[騰訊]今天發布");
  CHECK(marked("腾讯控股发布", {word("腾讯控股")}, "zh") == "[腾讯控股]发布");
  CHECK(marked("腾讯控股发布", {word("腾讯"), word("控股")}, "zh") == "[腾讯控股]发布");
  CHECK(marked("腾讯和控股", {word("腾讯")}, "zh") == "[腾讯]和控股");
  CHECK(marked("买小米SU7了", {word("SU7")}, "zh") == "买小米[SU7]了");
}

TEST_CASE("marks: next to characters of four bytes and to brackets") {
  CHECK(marked("\U0001F600bank\U0001F600 (bank)", {word("bank")}) == "\U0001F600[bank]\U0001F600 ([bank])");
  CHECK(marked("𠮷腾讯𠮷", {word("腾讯")}, "zh") == "𠮷[腾讯]𠮷");
}

TEST_CASE("marks: a phrase is one mark") {
  CHECK(marked("the open source model, open models", {phrase("open source")}) ==
        "the [open source] model, open models");
  CHECK(marked("an open\n  source model", {phrase("open source")}) == "an [open\n  source] model");
  CHECK(marked("opened source", {phrase("open source")}) == "opened source");
  CHECK(marked("a a a b", {phrase("a a b")}) == "a [a a b]");
  CHECK(marked("b a b a b", {phrase("b a b")}) == "[b a b a b]");
  CHECK(marked("open source", {phrase("open source"), word("source")}) == "[open source]");
  Concept both = phrase("open source");  // any of what it has shows a concept
  both.terms = word("open").terms;
  CHECK(marked("open models, open source", {both}) == "[open] models, [open source]");
  CHECK(marked("他说开源模型", {phrase("开源模型")}, "zh") == "他说[开源模型]");
}

TEST_CASE("marks: something with several names is shown by each, where it is written as it must be") {
  Concept company = word("Tencent");
  company.wordings = {{surfaces_of("腾讯")}, {surfaces_of("Tencent Holdings")}, {surfaces_of("TX"), {"TX"}}};
  CHECK(marked("Tencent, TX or tx, is 腾訊; Holdings", {company}) == "[Tencent], [TX] or tx, is [腾訊]; Holdings");
  CHECK(marked("Tencent Holdings", {company}) == "[Tencent Holdings]");
}

TEST_CASE("marks: phrases that the text holds") {
  CHECK(holds_phrase("The Open-Source model", surfaces_of("open source"), analyzer()));
  CHECK_FALSE(holds_phrase("open models, source code", surfaces_of("open source"), analyzer()));
  CHECK_FALSE(holds_phrase("open sources", surfaces_of("open source"), analyzer()));
  CHECK_FALSE(holds_phrase("open", surfaces_of("open source"), analyzer()));
  CHECK_FALSE(holds_phrase("open", {}, analyzer()));
  CHECK_FALSE(holds_phrase("", surfaces_of("open source"), analyzer()));
}
