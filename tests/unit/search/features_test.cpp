// Order by date, facets, explanations, similar articles, analysis.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "nutgraf/error.h"
#include "unit/search/support.h"

using namespace nutgraf;
using namespace nutgraf::test;

namespace {

// 300 articles on three months, every seventh without a date, of three sources and two languages.
std::vector<Record> dated_records() {
  std::vector<Record> records;
  for (int i = 0; i < 300; ++i) {
    const int day = i * 37 % 90;
    const std::string date =
        "2025-0" + std::to_string(1 + day / 28 % 3) + "-" + (day % 28 < 9 ? "0" : "") + std::to_string(day % 28 + 1);
    const std::string text = "Kimi number" + std::to_string(i) + (i % 3 == 0 ? " Kimi and Doubao" : " alone") + ".";
    records.push_back({"r" + std::to_string(i), "", text, i % 7 == 0 ? "" : date,
                       i % 3 == 0   ? "Delta Wire"
                       : i % 3 == 1 ? "Bohu Finance (bohuFN)"
                                    : "",
                       i % 5 == 0 ? "zh" : "en"});
  }
  return records;
}

std::string values(const Facet& facet) {
  std::string text;
  for (const auto& value : facet.values)
    text += (text.empty() ? "" : ", ") + value.value + " " + std::to_string(value.count);
  return text;
}

}  // namespace

TEST_CASE("date order: newest first among all matches, undated last, pages fit together") {
  const SmallIndex index(dated_records());
  Searcher searcher(index.path());
  SearchRequest request;
  request.query = "Kimi";
  request.sort = SortOrder::date;
  request.limit = 300;
  request.fold_duplicates = false;
  const auto all = searcher.search(request);
  REQUIRE(all.hits.size() == 300);
  CHECK(all.total.exact);
  CHECK(all.total.passages == 300);
  for (std::size_t i = 1; i < all.hits.size(); ++i) {
    const auto &before = all.hits[i - 1], &after = all.hits[i];
    CHECK(before.article.date >= after.article.date);  // an unknown date is the smallest
    if (before.article.date == after.article.date) CHECK(before.score >= after.score);
    if (before.article.date == after.article.date && before.score == after.score)
      CHECK(before.passage.id < after.passage.id);
  }
  request.limit = 7;
  for (request.offset = 0; request.offset < 300; request.offset += 7) {
    const auto page = searcher.search(request);
    for (std::size_t i = 0; i < page.hits.size(); ++i) {
      CHECK(page.hits[i].passage.id == all.hits[request.offset + i].passage.id);
      CHECK(page.hits[i].rank == request.offset + i + 1);
    }
  }
}

TEST_CASE("date order: of copies the newest is shown") {
  const SmallIndex index({{"old", "", "The very same sentence on Kimi and on its price.", "2025-01-01", ""},
                          {"mid", "", "Something else on Kimi.", "2025-01-15", ""},
                          {"new", "", "The very same sentence on Kimi and on its price.", "2025-02-01", ""}});
  SearchRequest request;
  request.query = "Kimi";
  request.sort = SortOrder::date;
  const auto response = index.search(request);
  CHECK(articles(response) == "new mid");
  REQUIRE(response.hits[0].duplicates.size() == 1);
  CHECK(response.hits[0].duplicates[0].article == "old");
}

TEST_CASE("facets: the counts are those of a scan of all hits") {
  const SmallIndex index(dated_records());
  SearchRequest request;
  for (const char* query : {"Kimi", "Doubao", "Kimi NOT Doubao", "\"Kimi and Doubao\"", "Kimi lang:zh"}) {
    CAPTURE(query);
    request.query = query;
    request.limit = 1000;
    request.fold_duplicates = false;
    request.facets = {"source", "lang", "month", "day", "year"};
    const auto response = index.search(request);
    REQUIRE(response.facets.size() == 5);
    std::map<std::string, std::size_t> sources, months;
    for (const auto& hit : response.hits) {
      if (!hit.article.source.empty()) ++sources[hit.article.source];
      if (hit.article.date.known()) ++months[hit.article.date.iso().substr(0, 7)];
    }
    std::map<std::string, std::size_t> counted;
    for (const auto& value : response.facets[0].values) counted[value.value] = value.count;
    CHECK(counted == sources);
    counted.clear();
    for (const auto& value : response.facets[2].values) counted[value.value] = value.count;
    CHECK(counted == months);
    CHECK(std::is_sorted(response.facets[0].values.begin(), response.facets[0].values.end(),
                         [](const auto& a, const auto& b) { return a.count > b.count; }));
    CHECK(std::is_sorted(response.facets[3].values.begin(), response.facets[3].values.end(),
                         [](const auto& a, const auto& b) { return a.value < b.value; }));
  }
}

TEST_CASE("facets: articles or passages, copies counted, whatever the page") {
  std::string sections;
  for (int i = 0; i < 5; ++i) {
    sections += "Kimi section " + std::to_string(i);
    for (int word = 0; word < 100; ++word) sections += " filler" + std::to_string(i * 1000 + word);
    sections += ".\n\n";
  }
  const SmallIndex index({{"long", "", sections, "2025-02-27", "Delta Wire"},
                          {"copy", "", sections, "2024-12-30", "Other"},
                          {"x", "", "Other words.", "2025-01-01", "Third"}});
  SearchRequest request;
  request.query = "Kimi";
  request.limit = 1;
  request.facets = {"source", "week"};
  auto response = index.search(request);
  const std::string each = std::to_string(response.total.passages / 2);
  CHECK(values(response.facets[0]) == "Delta Wire " + each + ", Other " + each);
  CHECK(values(response.facets[1]) == "2025-W01 " + each + ", 2025-W09 " + each);
  request.by = ResultUnit::article;
  response = index.search(request);
  CHECK(values(response.facets[0]) == "Delta Wire 1, Other 1");
  request.query = "nothing";
  CHECK(values(index.search(request).facets[0]).empty());
}

TEST_CASE("facets: weeks are those of ISO 8601") {
  const std::vector<std::pair<const char*, const char*>> weeks{
      {"2024-12-29", "2024-W52"}, {"2024-12-30", "2025-W01"}, {"2025-01-05", "2025-W01"}, {"2025-01-06", "2025-W02"},
      {"2021-01-03", "2020-W53"}, {"2026-12-31", "2026-W53"}, {"2027-01-01", "2026-W53"}, {"1969-12-31", "1970-W01"}};
  for (const auto& [day, week] : weeks) {
    CAPTURE(day);
    SearchRequest request;
    request.query = "Kimi";
    request.facets = {"week"};
    const auto response = SmallIndex({{"a", "", "Kimi.", day, ""}}).search(request);
    CHECK(values(response.facets[0]) == std::string(week) + " 1");
  }
}

TEST_CASE("facets: an unknown name is an error that lists the known ones") {
  SearchRequest request;
  request.facets = {"colour"};
  try {
    (void)SmallIndex({{"a", "", "Kimi.", "", ""}}).search(request);
    FAIL("accepted");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::usage);
    CHECK(error.hint() == "There are: company, source, lang, day, week, month, year.");
  }
}

TEST_CASE("explain: the parts add up to the score") {
  auto records = dated_records();
  records.push_back(
      {"title", "Doubao and Kimi", "A text on Doubao, open-source models and the GPT-4o of others.", "2025-02-01", ""});
  const SmallIndex index(records);
  for (const char* query : {"Kimi Doubao", "\"Kimi and Doubao\" alone", "open-source GPT-4o Kimi", "Kimi NEAR/3 Doubao",
                            "num* Doubao", "Doubao NOT alone", "lang:zh"}) {
    CAPTURE(query);
    SearchRequest request;
    request.query = query;
    request.explain = true;
    request.rank = RankMode::thorough;  // has all the parts there are
    const auto response = index.search(request);
    REQUIRE_FALSE(response.hits.empty());
    for (const auto& hit : response.hits) {
      REQUIRE(hit.explanation);
      const Explanation& e = *hit.explanation;
      double passage = 0, article = 0;
      for (const auto& word : e.words) {
        passage += word.passage.score;
        article += word.article.score;
        CHECK_FALSE(word.word.empty());
        const double k1 = 1.5;
        if (word.passage.tf > 0)
          CHECK(word.passage.score == doctest::Approx(word.weight * word.passage.idf * word.passage.tf * (k1 + 1) /
                                                      (word.passage.tf + word.passage.saturation))
                                          .epsilon(1e-12));
      }
      CHECK(std::abs(passage - e.passage) < 1e-9);
      CHECK(std::abs(article - e.article) < 1e-9);
      CHECK(std::abs(e.passage + e.article_share * e.article + e.neighbours - e.behind - e.total) < 1e-9);
      CHECK(e.neighbours >= 0);
      CHECK(std::abs(e.total - hit.score) < 1e-9);
    }
  }
}

TEST_CASE("explain: of folded copies, the one that scored") {
  const std::string text = "The very same sentence on Kimi and on its price, told in a number of words.";
  const SmallIndex index({{"plain", "", text, "2025-01-01", ""}, {"titled", "Kimi price", text, "2025-02-01", ""}});
  SearchRequest request;
  request.query = "Kimi price";
  request.explain = true;
  const auto response = index.search(request);
  REQUIRE(response.hits.size() == 1);
  CHECK(response.hits[0].passage.id == "plain#1");
  CHECK(response.hits[0].explanation->of == "titled#1");
  CHECK(response.hits[0].explanation->total == response.hits[0].score);
}

TEST_CASE("similar: the articles on the same thing, not itself and not its copies") {
  std::vector<Record> records;
  for (int i = 0; i < 50; ++i)
    records.push_back(
        {"noise" + std::to_string(i), "",
         "The market number" + std::to_string(i) + " was quiet and the weather of day" + std::to_string(i) + " fine.",
         "", ""});
  const std::string story =
      "Moonshot released Kimi, a model for long texts, and cut the price of its tokens by half on Monday.";
  records.push_back({"story", "Kimi gets cheaper", story, "2025-02-01", "Wire"});
  records.push_back({"copy", "Kimi gets cheaper", story, "2025-02-02", "Paper"});
  records.push_back(
      {"near", "", "Rivals of Moonshot answered: the price of tokens falls, also for Kimi.", "2025-02-03", "Wire"});
  records.push_back({"far", "", "An airline cut the price of flights.", "2025-02-04", ""});
  const SmallIndex index(records);
  Searcher searcher(index.path());
  SearchRequest request;
  request.by = ResultUnit::article;
  const auto response = searcher.similar("story", request);
  REQUIRE(response);
  CHECK(articles(*response).starts_with("near far"));
  CHECK(articles(*response).find("story") == std::string::npos);
  CHECK(articles(*response).find("copy") == std::string::npos);
  CHECK(response->parsed.find("kimi") != std::string::npos);
  CHECK_FALSE(response->hits[0].snippet[0].marks.empty());
  CHECK(searcher.similar("story#1", request)->hits[0].article.id == "near");
  CHECK_FALSE(searcher.similar("story#2", request));
  CHECK_FALSE(searcher.similar("story#x", request));
  CHECK_FALSE(searcher.similar("nowhere", request));
  request.source = "Wire";
  CHECK(articles(*searcher.similar("story", request)) == "near");
}

TEST_CASE("analyze: tokens with their places, tree, query and warnings") {
  const SmallIndex index({{"a", "", "Kimi and the models of GPT-4o.", "", ""}});
  SearchRequest request;
  request.query = "+models -\"GPT-4o Kimi\"";
  const auto analysis = Searcher(index.path()).analyze(request);
  CHECK(analysis.parsed == "models AND NOT \"GPT-4o Kimi\"");
  REQUIRE(analysis.tokens.size() == 5);
  CHECK(analysis.tokens[0].surface == "models");
  CHECK(analysis.tokens[0].terms == std::vector<std::string>{"model"});
  for (const auto& token : analysis.tokens) CHECK(token.bytes.end <= request.query.size());
  CHECK(request.query.substr(analysis.tokens[4].bytes.begin, analysis.tokens[4].bytes.size()) == "Kimi");
  CHECK(analysis.tree.children.size() == 2);
  CHECK(analysis.compiled.find("Zmodel") != std::string::npos);
  CHECK(analysis.compiled.find("Pattern(gpt 4o kimi)") != std::string::npos);
  CHECK(analysis.warnings.empty());
  request.query = "Kimi xyzzy";
  CHECK(Searcher(index.path()).analyze(request).warnings.size() == 1);
}

namespace {

SearchRequest recent(unsigned half_life) {
  SearchRequest request;
  request.query = "Kimi";
  request.today = *Date::from_iso("2025-03-31");
  request.half_life = half_life;
  request.explain = true;
  return request;
}

std::vector<std::string> articles_of(const SearchResponse& response) {
  std::vector<std::string> ids;
  for (const auto& hit : response.hits) ids.push_back(hit.article.id);
  return ids;
}

}  // namespace

TEST_CASE("recency: the same words rank by age, and what has no date as the oldest of them") {
  const SmallIndex index({{"old", "", "Kimi has a price.", "2024-03-31", "", "en"},
                          {"undated", "", "Kimi has a plan.", "", "", "en"},
                          {"now", "", "Kimi has a rival.", "2025-03-31", "", "en"},
                          {"later", "", "Kimi has a date.", "2025-04-05", "", "en"},
                          {"month", "", "Kimi has a logo.", "2025-03-01", "", "en"}});
  Searcher searcher(index.path());
  const auto response = searcher.search(recent(30));
  CHECK(articles_of(response) == std::vector<std::string>{"later", "now", "month", "old", "undated"});
  const auto factor = [&](std::size_t place) { return response.hits[place].explanation->recency; };
  CHECK(factor(0) == 1);
  CHECK(factor(1) == 1);
  CHECK(factor(2) == 0.5);  // 30 days
  CHECK(factor(3) == doctest::Approx(std::exp2(-365.0 / 30)));
  CHECK(factor(4) == factor(3));
  CHECK(response.hits[3].score == doctest::Approx(response.hits[1].score * factor(3)));
  for (const auto& hit : searcher.search(recent(0)).hits) CHECK(hit.explanation->recency == 1);
}

TEST_CASE("recency: better words outweigh some age, not all") {
  const SmallIndex index({{"better", "", "Kimi and Kimi and Kimi again.", "2025-01-30", "", "en"},
                          {"newer", "", "Kimi and others again, too, by name.", "2025-03-31", "", "en"}});
  Searcher searcher(index.path());
  CHECK(articles_of(searcher.search(recent(3650))).front() == "better");
  CHECK(articles_of(searcher.search(recent(30))).front() == "newer");
}

TEST_CASE("recency: news far below the first tier comes up, and the parts of every score add up") {
  std::vector<Record> records;
  for (int i = 0; i < 400; ++i)
    records.push_back(
        {"old" + std::to_string(i), "", "Kimi Kimi Kimi word" + std::to_string(i) + ".", "2020-01-01", "", "en"});
  records.push_back(
      {"news", "", "Of Kimi there is this to say today, and of a number of others as well.", "2025-03-30", "", "en"});
  const SmallIndex index(records);
  Searcher searcher(index.path());
  auto request = recent(30);
  CHECK(articles_of(searcher.search(recent(0))).front() != "news");
  CHECK(articles_of(searcher.search(request)).front() == "news");
  for (const RankMode mode : {RankMode::fast, RankMode::standard, RankMode::thorough}) {
    request.rank = mode;
    request.limit = 300;
    for (const auto& hit : searcher.search(request).hits) {
      const Explanation& e = *hit.explanation;
      const double all = (e.passage + e.article_share * e.article + e.neighbours) * e.recency - e.behind;
      CHECK(std::abs(all - hit.score) < 1e-9);
      CHECK(std::abs(e.total - hit.score) < 1e-9);
    }
  }
  request.rank = RankMode::bm25;
  request.explain = false;
  CHECK(articles_of(searcher.search(request)).front() == "news");
}

TEST_CASE("facets: a source is written as in the match that arrived first, also in shards") {
  std::vector<Record> records;
  for (int i = 0; i < 12; ++i)
    records.push_back(
        {std::to_string(i), "", "Kimi number" + std::to_string(i) + ".", "", i % 3 == 1 ? "The Wire" : "the wire"});
  SearchRequest request;
  request.query = "Kimi NOT number0";
  request.facets = {"source"};
  for (const std::size_t shards : {1, 2, 3, 5, 9}) {
    BatchOptions options;
    options.shards = shards;
    const auto response = SmallIndex(records, options).search(request);
    REQUIRE(response.facets.front().values.size() == 1);
    CHECK(response.facets.front().values.front().value == "The Wire");
    CHECK(response.facets.front().values.front().count == 11);
  }
}

TEST_CASE("a source that was perhaps meant is written as in the article that arrived first, also in shards") {
  std::vector<Record> records;
  for (int i = 0; i < 12; ++i)
    records.push_back(
        {std::to_string(i), "", "Kimi number" + std::to_string(i) + ".", "", i == 0 ? "The WIRE" : "the wire"});
  SearchRequest request;
  request.query = "Kimi source:wyre";
  for (const std::size_t shards : {1, 2, 3, 5, 9}) {
    BatchOptions options;
    options.shards = shards;
    const auto response = SmallIndex(records, options).search(request);
    REQUIRE_FALSE(response.warnings.empty());  // the second one says what there would be without it
    CHECK(response.warnings.front().suggestion == "source:\"The WIRE\"");
  }
}
