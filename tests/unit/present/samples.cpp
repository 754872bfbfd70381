#include "samples.h"

namespace samples {

using namespace nutgraf;

namespace {

ArticleRecord article() {
  ArticleRecord article;
  article.id = "collection/2025/deepseek.txt";
  article.id_from_path = true;
  article.root = "/data/collection";
  article.path = "/data/collection/2025/deepseek.txt";
  article.title = "DeepSeek's price cut reaches the cloud";
  article.source = "Harbour Ledger";
  article.language = "en";
  article.date = *Date::from_ymd(2025, 2, 27);
  article.date_source = DateSource::text;
  article.bytes_of = BytesOf::file;
  article.passages = 3;
  article.batch = 1;
  return article;
}

PassageRecord passage() {
  PassageRecord passage;
  passage.id = "collection/2025/deepseek.txt#2";
  passage.ordinal = 2;
  passage.heading = "Prices";
  passage.text = "A discount applies at night. DeepSeek R1 costs 75% less. Others will follow.";
  passage.bytes = {1203, 1203 + passage.text.size()};
  passage.lines = {14, 16};
  return passage;
}

}  // namespace

SearchResponse response() {
  SearchResponse response;
  response.query = "deepseek titel:price";
  response.parsed = "(deepseek OR price)";
  response.warnings = {{9, "unknown field", "title:"}};
  response.total = {12, 4, true};
  response.limit = 2;

  Hit first;
  first.rank = 1;
  first.score = 11.23456749;
  first.article = article();
  first.passage = passage();
  first.snippet = {{"DeepSeek R1 costs 75% less.", {29, 56}, {{0, 8}, {12, 17}}}};
  first.duplicates = {{"wire/a", "wire/a#8", "Wire", *Date::from_ymd(2025, 2, 28)}, {"wire/b", "wire/b#1", "", {}}};

  Hit second;
  second.rank = 2;
  second.score = 2;
  second.article.id = "k2";
  second.article.path = "/data/feed.jsonl";
  second.article.record = 7;
  second.article.title = "月之暗面发布新模型";
  second.article.language = "zh";
  second.article.url = "https://example.org/k2";
  second.article.author = "林";
  second.article.bytes_of = BytesOf::field;
  second.article.passages = 1;
  second.passage = {"k2#1", 1, "", {0, 18}, {1, 1}, "深度求索降价"};
  second.snippet = {{"深度求索降价", {0, 18}, {{0, 12}}}};
  response.hits = {first, second};
  return response;
}

SearchResponse bare_response() {
  SearchResponse response;
  response.query = "nothing";
  response.parsed = "nothing";
  response.limit = 10;
  return response;
}

SearchResponse detailed_response() {
  SearchResponse response = samples::response();
  response.facets = {{"source", {{"Harbour Ledger", 1200}, {"新浪", 7}}},
                     {"company", {{"deepseek", 5}}},
                     {"month", {{"2025-01", 3}, {"2025-02", 9}}},
                     {"lang", {}}};
  Explanation explanation;
  explanation.of = "collection/2025/deepseek.txt#2";
  explanation.words = {{"deepseek", false, 1, {2, 3, 1.5, 3.3333333}, {1.5, 4, 1.2, 2.5384615}},
                       {"价格", true, 0.5, {4, 0, 1.5, 0}, {3, 1, 1.2, 1.5}}};
  explanation.passage = 3.3333333;
  explanation.article = 4.0384615;
  explanation.article_share = 1.5;
  explanation.neighbours = 1.25;
  explanation.recency = 0.5;
  explanation.total = 5.320512775;
  response.hits[0].explanation = explanation;
  response.missing_shards = {{2, "10.0.0.2:17002", "Connection refused"}};
  return response;
}

QueryAnalysis analysis() {
  QueryAnalysis analysis;
  analysis.query = "+title:GPT-4o -\"价\x1b格\"";
  analysis.parsed = "title:GPT-4o AND NOT \"价 格\"";
  analysis.tokens = {
      {"gpt", {"gpt"}, "piece", {7, 10}}, {"gpt4o", {"gpt4o"}, "whole", {7, 13}}, {"价格", {"价格"}, "gram", {16, 23}}};
  analysis.companies = {{"acme", {16, 23}}};
  analysis.tree.kind = QueryKind::group;
  analysis.tree.bytes = {0, 24};
  analysis.tree.children = {{QueryKind::word, Occur::must, "title", "GPT-4o", 0, {1, 13}, {}},
                            {QueryKind::near, Occur::must_not, "", "", 5, {15, 24}, {}}};
  analysis.compiled = "Query((Sgpt4o AND_NOT Z价格))";
  analysis.warnings = {{15, "no passage has \"价格\"", "价"}};
  return analysis;
}

Timeline timeline() {
  Timeline timeline;
  timeline.company = "deepseek";
  timeline.name = "DeepSeek <深度求索>";
  timeline.query = "price";
  timeline.by = Period::week;
  timeline.total = {1'210, 1'004, true};
  timeline.undated.articles = 1;
  timeline.undated.passages = 2;
  const auto bucket = [](const char* label, const char* first, const char* last, std::size_t articles,
                         std::size_t passages) {
    return TimelineBucket{label, {*Date::from_iso(first), *Date::from_iso(last)}, articles, passages};
  };
  timeline.buckets = {
      bucket("2025-W05", "2025-01-27", "2025-02-02", 1, 1), bucket("2025-W06", "2025-02-03", "2025-02-09", 0, 0),
      bucket("2025-W07", "2025-02-10", "2025-02-16", 2, 7), bucket("2025-W08", "2025-02-17", "2025-02-23", 0, 0),
      bucket("2025-W09", "2025-02-24", "2025-03-02", 1'000, 1'200)};
  timeline.peaks = {{4, response().hits[0]}};
  timeline.warnings = {{3, "no passage has \"pricy\"", "price"}};
  return timeline;
}

std::vector<Watch> watches() {
  Watch phone;
  phone.name = "phone";
  phone.query = "deepseek titel:price";
  phone.mark = 1'200;
  Watch tencent;
  tencent.name = "腾讯";
  tencent.query = "a \"b\"";
  tencent.syntax = QuerySyntax::words;
  tencent.by = ResultUnit::passage;
  tencent.source = "Wire";
  tencent.company = "tencent";
  tencent.language = "zh";
  return {phone, tencent};
}

WatchNews news() {
  WatchNews news{watches()[0], response()};
  news.response.sequence = 1'240;
  news.response.hits[0].article.first_sequence = 7;
  news.response.hits[1].article.first_sequence = 1'201;
  return news;
}

StoredArticle stored() {
  StoredArticle stored;
  stored.article = article();
  stored.article.author = "Ada Wong";
  stored.article.url = "https://example.org/2025/deepseek";
  stored.article.tags = {"prices", "cloud"};
  PassageRecord first;
  first.id = "collection/2025/deepseek.txt#1";
  first.ordinal = 1;
  first.text = "The company cut prices on Thursday.\n\nRivals answered\nwithin the day.";
  first.bytes = {40, 40 + first.text.size()};
  first.lines = {3, 6};
  PassageRecord third;
  third.id = "collection/2025/deepseek.txt#3";
  third.ordinal = 3;
  third.text = "Shares rose.";
  third.bytes = {1300, 1312};
  third.lines = {18, 18};
  stored.passages = {first, passage(), third};
  return stored;
}

EvaluationReport evaluation() {
  EvaluationReport report;
  report.name = "nutgraf";
  report.evaluation = {
      {{"q1", {1, 1, 1, 1, 0.1}}, {"q2", {0.5, 0.25, 0.25, 1, 0.1}}}, {0.75, 0.625, 0.625, 1, 0.1}, 0, 3, 9};
  Evaluation baseline = {{{"q1", {1, 1, 1, 1, 0.1}}, {"q2", {0, 0, 0, 0, 0}}}, {0.5, 0.5, 0.5, 0.5, 0.05}, 1, 3, 4};
  report.baseline = {"bm25", std::move(baseline), {0.5, 0.5, 0.5, 0.5, 1}};
  return report;
}

IndexInfo info() {
  IndexInfo info;
  info.articles = 1234;
  info.passages = 56789;
  info.terms = 123456;
  info.tokens = 9876543;
  info.text_bytes = 53'120'000;
  info.bytes = 98'249'999;
  info.batches = 12;
  info.sequence = 1240;
  info.generation = 3;
  info.languages = {{"de", 789}, {"en", 40000}, {"zh", 16000}};
  info.first = *Date::from_ymd(2023, 8, 15);
  info.last = *Date::from_ymd(2025, 12, 1);
  return info;
}

DocumentReport report() {
  return {"/data/collection/a.txt", "collection/a.txt", DocumentStatus::added, 3, "converted from GB18030"};
}

}  // namespace samples
