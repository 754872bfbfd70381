// Exact order on tiny collections, one rule a test.
#include <doctest/doctest.h>

#include "unit/search/support.h"

using namespace nutgraf;
using namespace nutgraf::test;

TEST_CASE("order: more of the words rank higher") {
  const SmallIndex index({{"none", "", "Weather in the mountains.", "", ""},
                          {"one", "", "ByteDance opened an office in the mountains.", "", ""},
                          {"two", "", "ByteDance showed Doubao in the mountains.", "", ""}});
  CHECK(articles(index.search("ByteDance Doubao")) == "two one");
}

TEST_CASE("order: a rare word weighs more than a common one") {
  const SmallIndex index({{"a", "", "The model and the market.", "", ""},
                          {"b", "", "The model and the weather.", "", ""},
                          {"c", "", "The model and the river.", "", ""},
                          {"rare", "", "Here is Moonshot again.", "", ""}});
  CHECK(articles(index.search("model Moonshot")).substr(0, 4) == "rare");
}

TEST_CASE("order: a title that has the word comes first, a derived title gains nothing") {
  const SmallIndex index({{"body", "Another thing", "Some words on Doubao and other things of the day.", "", ""},
                          {"title", "Doubao grows", "Some words on the app and other things of the day.", "", ""}});
  CHECK(articles(index.search("Doubao")) == "title body");
}

TEST_CASE("order: a passage gains by an article that is about the same") {
  const std::string passing = "The market was quiet. Kimi was named in passing by an analyst of the bank.";
  std::string filler, about;
  for (int i = 0; i < 200; ++i) filler += " river" + std::to_string(i);
  for (int i = 0; i < 50; ++i) about += " The users of Kimi like Kimi" + std::to_string(i) + ".";
  const SmallIndex index({{"a-passing", "", passing + "\n\n## Other\n\n" + filler + ".", "", ""},
                          {"z-about", "", passing + "\n\n## Other\n\n" + about, "", ""}});
  SearchRequest request;
  request.query = "Kimi analyst";
  request.fold_duplicates = false;
  const auto response = index.search(request);
  CHECK(articles(response).starts_with("z-about"));
}

TEST_CASE("order: ties go by newer date, then by passage id") {
  const std::string text = "The same words with Kimi here.";
  const SmallIndex index({{"b", "", text, "2025-01-01", ""},
                          {"c", "", text, "2025-03-01", ""},
                          {"a", "", text, "2025-01-01", ""},
                          {"d", "", text, "", ""}});
  SearchRequest request;
  request.query = "Kimi";
  request.fold_duplicates = false;
  CHECK(articles(index.search(request)) == "c a b d");
}

TEST_CASE("order: stop words do not decide, unless there is nothing else") {
  const SmallIndex index(
      {{"stop", "", "What is the of the and what is that of the.", "", ""}, {"word", "", "Tencent rises.", "", ""}});
  CHECK(articles(index.search("what is the Tencent of the")) == "word");
  CHECK(articles(index.search("what is the")) == "stop");
  CHECK(articles(index.search("AND Tencent")) == "word");
}

TEST_CASE("order: does not depend on how the index grew") {
  std::vector<Record> records;
  for (int i = 0; i < 40; ++i) {
    std::string text = "Passage " + std::to_string(i) + " on";
    for (int k = 0; k < i % 7; ++k) text += " Qwen";
    for (int k = 0; k < i % 5; ++k) text += " Kimi models";
    records.push_back(
        {"r" + std::to_string(i), "", text + ".", i % 3 == 0 ? "2025-02-0" + std::to_string(1 + i % 9) : "", ""});
  }
  const SmallIndex once(records);
  const SmallIndex backwards({records.rbegin(), records.rend()});
  BatchOptions large;
  large.small_batch_passages = 4;
  const SmallIndex built(records, large);
  SmallIndex grown({records.begin() + 20, records.end()});
  grown.add({records.begin(), records.begin() + 25});
  SearchRequest request;
  request.limit = 100;
  for (const char* query : {"Qwen", "Kimi models Qwen", "\"Kimi models\" Qwen", "models NOT Qwen", "passage"}) {
    CAPTURE(query);
    request.query = query;
    const std::string expected = passages(once.search(request));
    CHECK_FALSE(expected.empty());
    CHECK(passages(backwards.search(request)) == expected);
    CHECK(passages(built.search(request)) == expected);
    CHECK(passages(grown.search(request)) == expected);
  }
}

TEST_CASE("order: page 2 goes on where page 1 ends") {
  std::vector<Record> records;
  for (int i = 0; i < 230; ++i)
    records.push_back({"r" + std::to_string(i), "",
                       "Kimi number " + std::to_string(i * 7919 % 1000) + (i % 2 == 0 ? " Kimi." : "."), "", ""});
  const SmallIndex index(records);
  for (const ResultUnit by : {ResultUnit::passage, ResultUnit::article}) {
    SearchRequest request;
    request.query = "Kimi";
    request.by = by;
    request.limit = 230;
    const std::string all = passages(index.search(request));
    std::string paged;
    request.limit = 25;
    for (request.offset = 0; request.offset < 230; request.offset += 25) {
      const auto response = index.search(request);
      CHECK(response.hits.front().rank == request.offset + 1);
      paged += (paged.empty() ? "" : " ") + passages(response);
    }
    CHECK(paged == all);
  }
}

TEST_CASE("order: plain BM25 scores the passage by the formula of the books") {
  // All passages have six words, so length divides out and tf counts by tf * (k1 + 1) / (tf + k1), k1 = 1.2:
  // 1 * 2.2 / 2.2 = 1 for one apple, 2 * 2.2 / 3.2 = 1.375 for two. A word asked for twice counts twice.
  const SmallIndex index({{"one", "", "apple of six words in all", "", ""},
                          {"two", "", "apple and apple of six words", "", ""},
                          {"none", "", "no fruit but only six words", "", ""}});
  SearchRequest request;
  request.rank = RankMode::bm25;
  request.query = "apple";
  const SearchResponse once = index.search(request);
  REQUIRE(articles(once) == "two one");
  CHECK(once.hits[0].score / once.hits[1].score == doctest::Approx(1.375));
  request.query = "apple apple";
  CHECK(index.search(request).hits[0].score / once.hits[0].score == doctest::Approx(2).epsilon(1e-4));
}

TEST_CASE("order: where nothing scores, the newest of all matches come first") {
  std::vector<Record> records;
  for (int i = 0; i < 2200; ++i) {
    const std::string month = i < 2190 ? "2024-01-01" : "2025-01-" + std::to_string(2200 - i + 9);
    records.push_back({std::to_string(i), "", "Kimi number" + std::to_string(i) + ".", month, "Wire"});
  }
  const SmallIndex index(records);
  SearchRequest request;
  request.query = "source:Wire";
  request.limit = 3;
  const SearchResponse response = index.search(request);
  CHECK(articles(response) == "2190 2191 2192");
  CHECK(response.total.passages == 2200);
  CHECK(response.total.exact);
}
