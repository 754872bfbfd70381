// Odd, broken and huge queries: an answer, soon, and the same one every time.
#include <doctest/doctest.h>

#include "unit/search/support.h"

using namespace nutgraf;
using namespace nutgraf::test;

namespace {

std::string repeated(std::string_view text, std::size_t times) {
  std::string result;
  for (; times > 0; --times) result += text;
  return result;
}

std::vector<std::string> odd_queries() {
  std::string words, musts, nears;
  for (int i = 0; i < 10'000; ++i) {
    words += "word" + std::to_string(i) + " ";
    musts += "+word" + std::to_string(i % 300) + " ";
    nears += nears.empty() ? "Kimi" : " NEAR/9 Kimi";
  }
  return {"",
          std::string("\0Kimi\0", 6),
          "\xff\xfe Kimi \xc3",
          "Kimi\x01\x1b[31m\x7f",
          repeated("(", 1'000'000),
          repeated(")", 1'000'000),
          repeated("()", 500'000),
          repeated("(Kimi ", 100'000),
          repeated("-", 1'000'000),
          repeated("\"", 1'000'000),
          repeated("NOT ", 200'000),
          words,
          musts,
          nears,
          "\"" + words + "\"",
          "-(" + words + ")",
          repeated("Kimi ", 100'000),
          repeated("a*", 100'000),
          std::string(1'000'000, 'k'),
          repeated("腾讯", 100'000),
          repeated("title:", 100'000),
          "+Kimi " + repeated("(Kimi OR (Doubao AND ", 300)};
}

std::string everything(const SearchResponse& response) {
  std::string text = response.parsed + std::to_string(response.total.passages);
  for (const auto& hit : response.hits) {
    text += hit.passage.id + " " + std::to_string(hit.score);
    for (const auto& fragment : hit.snippet) text += fragment.text + std::to_string(fragment.marks.size());
    for (const auto& word : hit.explanation->words) text += word.word + std::to_string(word.passage.score);
  }
  for (const auto& warning : response.warnings) text += std::to_string(warning.byte) + warning.message;
  return text;
}

}  // namespace

// What takes more than linear time here runs into the time limit of ctest.
TEST_CASE("robust: every query is answered, twice the same") {
  std::vector<Record> records;
  for (int i = 0; i < 400; ++i)
    records.push_back({"r" + std::to_string(i), "",
                       "Kimi word" + std::to_string(i) + " Doubao 腾讯 word" + std::to_string(i + 1) + ".",
                       "2025-01-01", "Wire"});
  const SmallIndex index(records);
  Searcher searcher(index.path());
  for (const auto& query : odd_queries()) {
    CAPTURE(query.substr(0, 40));
    SearchRequest request;
    request.query = query;
    request.facets = {"source", "day"};
    request.explain = true;
    const auto response = searcher.search(request);
    CHECK(response.warnings.size() <= kMaxQueryWarnings);
    CHECK(everything(searcher.search(request)) == everything(response));
    CHECK_FALSE(searcher.analyze(request).compiled.empty());
  }
}

TEST_CASE("robust: words beyond the limit are left out, and that is said") {
  const SmallIndex index({{"a", "", "Kimi stands here.", "", ""}, {"b", "", "Doubao stands here.", "", ""}});
  std::string query;
  for (int i = 0; i < 399; ++i) query += "Kimi ";
  CHECK(articles(index.search(query + "Doubao")).find("b") != std::string::npos);
  CHECK(index.search(query + "Doubao").warnings.empty());
  const auto response = index.search(query + "Kimi Doubao");
  CHECK(articles(response) == "a");
  REQUIRE(response.warnings.size() == 1);
  CHECK(response.warnings[0].byte == query.size() + 5);
  CHECK(response.warnings[0].kind == DiagnosticKind::too_many_words);
  // What must be there is not cut.
  CHECK(index.search(query + "Kimi +Doubao").hits.size() == 1);
}

TEST_CASE("robust: a term that every passage has, where articles were removed") {
  std::vector<Record> records;
  std::vector<std::string> removed;
  for (int i = 0; i < 2500; ++i) {
    const std::string id = std::to_string(i);
    records.push_back({id, "", "Kimi number" + std::to_string(i % 50) + ".", "2025-02-27", "Wire", "en"});
    if (i % 500 == 499) removed.push_back(id);
  }
  for (const std::size_t shards : {1, 2}) {
    BatchOptions options;
    options.shards = shards;
    SmallIndex index(records, options);
    CHECK(remove_articles(index.path(), removed).empty());
    for (const std::string query :
         {"source:Wire", "lang:en", "date:2025", "Kimi", "Kimi NOT number7", "source:Wire OR number7",
          "number7 source:Wire", "-number7", "\"Kimi number7\"", "title:Kimi OR source:Wire"}) {
      CAPTURE(query);
      SearchRequest request;
      request.query = query;
      request.fold_duplicates = false;
      request.facets = {"source"};  // of all that matches
      const SearchResponse response = index.search(request);
      CHECK(response.hits.size() == 10);
      CHECK(response.total.passages >= 50);
    }
  }
}
