// What a query is warned of, where, and which part of it left no hits.
#include <doctest/doctest.h>

#include "unit/search/support.h"

using namespace nutgraf;
using namespace nutgraf::test;

namespace {

SmallIndex collection() {
  return SmallIndex({{"a", "Kimi grows", "Kimi and Doubao in the market of phones.", "2025-01-15", "Delta Wire"},
                     {"b", "", "Kimi and the price of chips. 腾讯控股 rose.", "2025-02-15", "Bohu Finance"},
                     {"c", "", "Doubao and an open source model.", "", ""}});
}

// "byte kind message" a line.
std::string warnings(const SmallIndex& index, const std::string& query) {
  std::string text;
  for (const auto& warning : index.search(query).warnings)
    text += std::to_string(warning.byte) + " " + warning.message + "\n";
  return text;
}

}  // namespace

TEST_CASE("warnings: a word that no passage has, wherever it stands") {
  const SmallIndex index = collection();
  CHECK(warnings(index, "Kimi Doubao").empty());
  CHECK(warnings(index, "Kimi xyzzy") == "5 no passage has \"xyzzy\"\n");
  CHECK(warnings(index, "Kimi NOT xyzzy") == "9 no passage has \"xyzzy\"\n");
  CHECK(warnings(index, "Kimi OR \"Doubao xyzzy\"") == "16 no passage has \"xyzzy\"\n");
  CHECK(warnings(index, "Kimi OR (Doubao NEAR/3 xyzzy)") == "23 no passage has \"xyzzy\"\n");
  CHECK(warnings(index, "Kimi xyz*") == "5 no passage has \"xyz*\"\n");
  CHECK(warnings(index, "Kimi 豆包") == "5 no passage has \"豆包\"\n");
  CHECK(warnings(index, "Kimi open-xyzzy") == "10 no passage has \"xyzzy\"\n");
  CHECK(warnings(index, "Kimi OR title:Doubao") == "14 no title has \"Doubao\"\n");
  CHECK(warnings(index, "腾讯控股").empty());
  const auto response = index.search("Kimi xyzzy");
  CHECK(response.warnings[0].kind == DiagnosticKind::unknown_word);
  CHECK(response.warnings[0].subject == "xyzzy");
  CHECK(response.hits.size() == 2);
}

TEST_CASE("warnings: without which part there would be hits") {
  const SmallIndex index = collection();
  CHECK(warnings(index, "Kimi AND xyzzy") == "9 no passage has \"xyzzy\"\n9 without \"xyzzy\" there are 2 hits\n");
  CHECK(warnings(index, "Kimi AND Doubao AND chips") ==
        "9 without \"Doubao\" there is 1 hit\n20 without \"chips\" there is 1 hit\n");
  CHECK(warnings(index, "market AND chips AND model") == "0 no passage has all that is asked for\n");
  CHECK(warnings(index, "\"Doubao Kimi\"") == "0 no passage has \"Doubao Kimi\"\n");
  CHECK(warnings(index, "+market +\"Doubao Kimi\"") ==
        "9 no passage has \"Doubao Kimi\"\n9 without \"Doubao Kimi\" there is 1 hit\n");
  CHECK(warnings(index, "market -Kimi") == "0 without \"market\" there is 1 hit\n8 without -\"Kimi\" there is 1 hit\n");
  CHECK(warnings(index, "chips date:2025-01") ==
        "0 without \"chips\" there is 1 hit\n6 without date:2025-01 there is 1 hit\n");
}

TEST_CASE("warnings: conditions that nothing meets") {
  const SmallIndex index = collection();
  CHECK(warnings(index, "Kimi lang:fr") ==
        "5 no article is in the language \"fr\"; the index has en\n5 without lang:fr there are 2 hits\n");
  CHECK(warnings(index, "Kimi id:zzz") == "5 no article has the id \"zzz\"\n5 without id:zzz there are 2 hits\n");
  CHECK(warnings(index, "Kimi date:2030..") ==
        "5 no article is of 2030-01-01 or later; the index has 2025-01-15 to 2025-02-15\n5 without date:2030.. there "
        "are 2 hits\n");
  CHECK(warnings(index, "Kimi source:Nowhere") ==
        "5 no article is from a source called \"Nowhere\"\n5 without source:Nowhere there are 2 hits\n");
  SearchRequest request;
  request.query = "Kimi";
  request.since = *Date::from_iso("2025-03-01");
  request.until = *Date::from_iso("2025-02-01");
  const auto response = index.search(request);
  REQUIRE(response.warnings.size() == 2);
  CHECK(response.warnings[0].message == "the last day, 2025-02-01, is before the first, 2025-03-01");
  CHECK(response.warnings[1].message == "without --since 2025-03-01 --until 2025-02-01 there are 2 hits");
}

TEST_CASE("warnings: what was perhaps meant by a condition") {
  const SmallIndex index({{"a", "", "Kimi.", "", "Delta Wire"},
                          {"b", "", "Kimi.", "", "南岸观察"},
                          {"c", "", "Kimi.", "", "Bohu Finance", "de"}});
  const auto suggestion = [&](const std::string& query) {
    for (const auto& warning : index.search(query).warnings) {
      if (warning.kind == DiagnosticKind::unmet_condition) return warning.suggestion.value_or("none");
    }
    return std::string("met");
  };
  CHECK(suggestion("Kimi source:Deltawire") == "source:\"Delta Wire\"");
  CHECK(suggestion("Kimi source:\"dleta wrie\"") == "source:\"Delta Wire\"");
  CHECK(suggestion("Kimi source:finanec") == "source:\"Bohu Finance\"");
  CHECK(suggestion("Kimi source:南岸观擦") == "source:南岸观察");
  CHECK(suggestion("Kimi source:Reuters") == "none");
  CHECK(suggestion("Kimi source:xy") == "none");
  CHECK(suggestion("Kimi source:" + std::string(100'000, 'x')) == "none");
  CHECK(suggestion("Kimi source:finance") == "met");
  CHECK(suggestion("id:ab") == "id:a");
  CHECK(suggestion("id:zz") == "none");
  CHECK(suggestion("Kimi lang:DE") == "met");
  CHECK(suggestion("Kimi lang:german") == "lang:de");
  CHECK(suggestion("Kimi lang:Deutsch") == "lang:de");
  CHECK(suggestion("Kimi lang:de-AT") == "lang:de");
  CHECK(suggestion("Kimi lang:french") == "none");
  SearchRequest request;
  request.query = "Kimi";
  request.source = "Deltawire";
  REQUIRE(index.search(request).warnings.size() == 2);
  CHECK(index.search(request).warnings[0].suggestion == "Delta Wire");
}

TEST_CASE("warnings: dates of an index that has none") {
  const SmallIndex index({{"a", "", "Kimi.", "", ""}});
  CHECK(warnings(index, "Kimi date:2025..") ==
        "5 no article is of 2025-01-01 or later; none has a date\n"
        "5 without date:2025.. there is 1 hit\n");
}

TEST_CASE("warnings: one reason is said once") {
  const SmallIndex index = collection();
  CHECK(warnings(index, "title:xyzzy") == "6 no title has \"xyzzy\"\n");
  CHECK(warnings(index, "Kimi AND \"open xyzzy\"") ==
        "9 without \"open xyzzy\" there are 2 hits\n15 no passage has \"xyzzy\"\n");
  CHECK(warnings(index, "unknwon:Kimi") == "0 there is no field 'unknwon'; it is searched as a word\n");
  CHECK(warnings(index, "AND").find("empty") == std::string::npos);
  CHECK(warnings(index, " ") == "0 the query is empty\n");
}

TEST_CASE("warnings: what is quoted in a message is cut") {
  const SmallIndex index = collection();
  const std::string longer(100'000, 'y');
  for (const std::string& query : {longer, "\"" + longer + "\"", "id:" + longer, "source:" + longer, "lang:" + longer,
                                   "foo" + longer + ":x", "+Kimi -(Kimi OR " + longer + ")", longer + "*",
                                   longer + " NEAR " + longer, "date:" + longer, longer + "-R1"}) {
    CAPTURE(query.substr(0, 20));
    const auto found = index.search(query).warnings;
    CHECK_FALSE(found.empty());
    for (const auto& warning : found) CHECK(warning.message.size() < 300);
  }
}

TEST_CASE("warnings: a prefix of too many words, and a word of nothing") {
  std::string text;
  for (int i = 0; i < 60; ++i)
    text += "tok" + std::string(1, static_cast<char>('a' + i / 26)) + static_cast<char>('a' + i % 26) + "x ";
  const SmallIndex index({{"a", "", text + ".", "", ""}});
  CHECK(warnings(index, "tok*") == "0 \"tok*\" begins 60 words; the 50 most frequent are searched\n");
  CHECK(warnings(index, "tokaax AND \u0301") ==
        "11 \"\u0301\" has nothing to search for: only letters, digits and characters of a script count\n");
  CHECK(index.search("tokaax AND \u0301").hits.size() == 1);  // it is left out
}
