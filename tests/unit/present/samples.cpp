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
