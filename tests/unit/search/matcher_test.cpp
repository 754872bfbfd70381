// Matching by cases against matching by streams: the same passages, scores, order and counts.
#include "search/matcher.h"

#include <doctest/doctest.h>

#include <cmath>
#include <random>

#include "index/word_pairs.h"
#include "nutgraf/error.h"
#include "nutgraf/query.h"
#include "search/bm25.h"
#include "search/compile.h"
#include "unit/search/both_ways.h"
#include "unit/search/support.h"

using namespace nutgraf;
using namespace nutgraf::test;

namespace {

// Articles of a few words each, most of which are in most of them.
std::vector<Record> many_records(std::size_t count) {
  static const std::vector<std::string> kWords{"chip",  "export", "curb",  "open",   "source", "model", "price",
                                               "cloud", "the",    "phone", "market", "Häuser", "rises", "falls"};
  std::mt19937 random(5);
  const auto words = [&](std::size_t length) {
    std::string text;
    for (; length > 0; --length) text += (text.empty() ? "" : " ") + kWords[random() % kWords.size()];
    return text;
  };
  std::vector<Record> records;
  for (std::size_t i = 0; i < count; ++i) {
    Record record{std::to_string(i), random() % 2 == 0 ? words(3) : "", words(8), "", "", "en"};
    if (random() % 3 == 0) record.text += "\n\n## " + words(2) + "\n\n" + words(6);
    if (random() % 4 != 0)
      record.date = "2025-0" + std::to_string(1 + random() % 9) + "-1" + std::to_string(random() % 9);
    record.source = random() % 2 == 0 ? "Delta Wire" : "North Post";
    records.push_back(std::move(record));
  }
  return records;
}

const std::vector<std::string>& queries() {
  static const std::vector<std::string> queries{
      "chip",
      "chip export price",
      "\"chip export\"",
      "chip \"open source\"",
      "\"chip export\" OR \"open source\" OR \"the market\"",
      "chip -\"export curb\"",
      "+model (\"open source\" OR title:cloud) -heading:phone",
      "title:\"chip export\" market",
      "title:chip OR title:model OR (rises NOT title:falls)",
      "heading:phone OR \"phone market\"",
      "open NEAR/3 source OR rises NEAR/2 falls",
      "-(chip NOT (export NOT \"chip export\"))",
      "title:\"open source model\" OR \"falls rises\" price",
      "ris* OR \"the phone\"",
      "open-source phone",
      "source:delta \"chip price\" OR Häuser",
      "date:2025-03..2025-06 \"price rises\" OR title:price",
      "\"nothing here\" chip",
      "-\"chip export\"",
      "title:absent chip",
  };
  return queries;
}

}  // namespace

TEST_CASE("matcher: by cases as by streams, for every kind of request") {
  const SmallIndex index(many_records(600));
  BothWays searcher(index.path());
  for (const auto& query : queries()) {
    CAPTURE(query);
    SearchRequest plain;
    plain.query = query;
    plain.today = Date::from_number(20251201);
    searcher.search(plain);
    for (const RankMode rank : {RankMode::fast, RankMode::thorough, RankMode::exhaustive, RankMode::bm25}) {
      SearchRequest request = plain;
      request.rank = rank;
      searcher.search(request);
    }
    for (const int variant : {0, 1, 2, 3, 4, 5}) {
      CAPTURE(variant);
      SearchRequest request = plain;
      if (variant == 0) request.offset = 20;
      if (variant == 1) request.by = ResultUnit::article;
      if (variant == 2) request.sort = SortOrder::date;
      if (variant == 3) request.half_life = 30;
      if (variant == 4) request.facets = {"source", "month", "lang"};
      if (variant == 5) request.after = 550;
      searcher.search(request);
    }
  }
  CHECK(searcher.similar("7", {})->hits.size() == 10);
}

TEST_CASE("matcher: by cases, more matches than are counted") {
  const SmallIndex index(many_records(4500));
  BothWays searcher(index.path());
  for (const std::string query : {"chip", "chip \"open source\"", "\"open source\"", "title:chip OR \"chip chip chip\"",
                                  "-\"chip chip chip\"", "\"chip chip chip\" OR \"open open open\" OR the"}) {
    CAPTURE(query);
    SearchRequest request;
    request.query = query;
    const SearchResponse first = searcher.search(request);
    CHECK(first.hits.size() == 10);
    request.offset = 300;
    searcher.search(request);
  }
}

TEST_CASE("matcher: the weights of stock servers are ours") {
  for (const double documents : {1.0, 2.0, 3.0, 1000.0, 1e6}) {
    for (const double frequency : {1.0, documents / 3, documents / 2, documents - 1, documents}) {
      if (frequency < 1) continue;
      const double factor = stock_factor(documents, frequency);
      CHECK(factor > 0);
      CHECK(std::isfinite(factor));
    }
  }
}

TEST_CASE("matcher: cases share no passage, leave none out and are few where conditions must hold") {
  const auto condition = [] { return std::make_shared<const SideCondition>(); };
  const MatchQuery a(condition()), b(condition()), c(condition());
  const MatchQuery word = Xapian::Query("Zword");
  using Op = Xapian::Query;
  const auto count = [](const MatchQuery& query) { return cases_of(query).value().size(); };
  CHECK(count(word) == 1);
  CHECK(count({}) == 0);
  CHECK(count(a) == 1);
  CHECK(count({Op::OP_AND, {a, b, c, word}}) == 1);
  CHECK(count({Op::OP_FILTER, {word, a}}) == 1);
  CHECK(count({Op::OP_OR, {word, a}}) == 2);
  CHECK(count({Op::OP_OR, {a, b}}) == 3);
  CHECK(count({Op::OP_AND_NOT, {word, a}}) == 1);
  CHECK(count({Op::OP_AND_NOT, {a, a}}) == 0);
  CHECK(count({Op::OP_AND_MAYBE, {word, a}}) == 2);
}

TEST_CASE("matcher: many alternatives are searched in those cases that occur, or refused") {
  const SmallIndex index(many_records(200));
  BothWays searcher(index.path());
  SearchRequest request;
  request.query = "chip";
  for (const std::string word : {"export", "curb", "open", "source", "model", "price", "cloud", "phone"})
    request.query += " OR \"" + word + " absent\" OR \"" + word + " falls rises\"";
  CHECK(searcher.search(request).hits.size() == 10);
  for (const std::string word : {"export", "curb", "open", "source", "model", "price", "cloud", "phone"})
    request.query += " OR \"" + word + " the\" OR title:" + word;
  CHECK_THROWS_AS(searcher.search(request), Error);
}

namespace {

// Articles of one passage of 4 to 33 of a few words, one of which is in nearly all of them, in German by another stem.
std::vector<Record> uneven_records(std::size_t first, std::size_t count, std::mt19937& random) {
  static const std::vector<std::string> kWords{"chip", "export", "the", "und", "falls", "rises"};
  std::vector<Record> records;
  for (std::size_t i = first; i < first + count; ++i) {
    std::string text;
    for (std::size_t word = 0, words = 4 + random() % 30; word < words; ++word)
      text += kWords[std::min<std::size_t>(random() % 9, kWords.size() - 1)] + " ";
    if (random() % 50 == 0) text += "quartz";
    records.push_back({std::to_string(i), "", text, "", "", random() % 20 == 0 ? "de" : "en"});
  }
  return records;
}

void check_best(const SmallIndex& index, const std::vector<std::string>& queries) {
  LiveIndex live(index.path());
  const Analyzer analyzer;
  const auto best = [&](const std::string& query, Matching matching, std::size_t depth) {
    SearchRequest request;
    request.query = query;
    const QueryParts parts(live, analyzer, matching, request.rank);
    const auto compiled = compile(parse_query(query, request.syntax), request, live, analyzer, parts);
    return Matcher(live, matching, request.rank).best(compiled.query, depth);
  };
  for (const auto& query : queries) {
    for (const std::size_t depth : {10, 100, 500, 3000}) {
      CAPTURE(query);
      CAPTURE(depth);
      auto streams = best(query, Matching::by_streams, depth);
      auto cases = best(query, Matching::by_cases, depth).matches;
      for (auto* const matches : {&streams.matches, &cases})  // Xapian looks at the last bits, too
        std::sort(matches->begin(), matches->end(), is_better);
      const std::size_t shared = std::min(streams.matches.size(), cases.size());
      REQUIRE((shared >= depth || streams.matches.size() == cases.size()));
      for (std::size_t i = 0; i < shared; ++i) {
        CAPTURE(i);
        REQUIRE(streams.matches[i].score == cases[i].score);
        if (cases[i].score > cases.back().score) REQUIRE(streams.matches[i].docid == cases[i].docid);
      }
      // What is said of the others is so.
      const auto more = best(query, Matching::by_cases, 5000).matches;
      if (streams.all || more.size() <= streams.matches.size()) continue;
      std::vector<double> scores;
      for (const Match& match : more) scores.push_back(match.score);
      std::sort(scores.begin(), scores.end(), std::greater<>());
      REQUIRE(scores[streams.matches.size()] <= streams.most_beyond);
      REQUIRE(streams.matches.back().score >= streams.most_beyond);
    }
  }
}

}  // namespace

// More passages match than are counted, so what weighs too little is passed over.
TEST_CASE("matcher: no passage that counts is skipped") {
  std::mt19937 random(11);
  const SmallIndex index(uneven_records(0, 6000, random));
  check_best(index, {"\"chip export\"",
                     "\"the und und\"",
                     "\"chip export\" rises",
                     "\"falls und\" \"und chip\"",
                     "+\"the chip\" +rises",
                     "chip NEAR/2 the",
                     "falls -\"the chip\"",
                     "chip",
                     "chip export",
                     "chip export chip und",
                     "the falls rises und export",
                     "ex* fa*",
                     "\"und und\" AND \"rises und\"",
                     "chip AND export",
                     "chip AND the AND export",
                     "+rises +und",
                     "rises AND quartz",
                     "(chip OR export) AND the",
                     "(und OR und) AND (quartz OR chip OR falls)",
                     "rises AND rises"});
}

TEST_CASE("matcher: how many passages have all of some words is told nearly") {
  std::mt19937 random(14);
  const SmallIndex index(uneven_records(0, 6000, random));
  LiveIndex live(index.path());
  Matcher matcher(live, Matching::by_streams, RankMode::standard);
  const Xapian::Query all(Xapian::Query::OP_AND, Xapian::Query("Zchip"), Xapian::Query("Zexport"));
  const auto best = matcher.best(all, 500);
  CHECK_FALSE(best.all);
  CHECK(best.estimated != matcher.count(all));
  CHECK(static_cast<double>(best.estimated) == doctest::Approx(static_cast<double>(matcher.count(all))).epsilon(0.05));
}

namespace {

// Before and after batches that have other texts for some of the articles, and new ones; `listed`: whether what helps a
// search is there.
template <typename Listed>
void check_best_through_batches(SmallIndex& index, std::size_t articles, std::mt19937& random,
                                const std::vector<std::string>& queries, Listed&& listed) {
  REQUIRE(listed());
  check_best(index, queries);
  for (int batch = 0; batch < 3; ++batch) {
    CAPTURE(batch);
    auto records = uneven_records(random() % articles, 900, random);
    const auto added = uneven_records(20'000 + 1000 * static_cast<std::size_t>(batch), 200, random);
    records.insert(records.end(), added.begin(), added.end());
    index.add(records);
    REQUIRE(listed());
    check_best(index, queries);
  }
}

}  // namespace

// Of a frequent word the best postings are listed, up to the last large batch.
TEST_CASE("matcher: champions are what a walk finds, whatever came and went since") {
  std::mt19937 random(12);
  SmallIndex index(uneven_records(0, 11'000, random));
  const std::vector<std::string> queries{
      "rises", "the", "rises und", "rises quartz", "quartz", "\"rises rises\" rises", "rises rises"};
  check_best_through_batches(index, 9000, random, queries,
                             [&] { return LiveIndex(index.path()).champions("Zrise").has_value(); });
}

// The passages of two frequent words side by side are listed, up to the last large batch.
TEST_CASE("matcher: listed pairs are what a walk finds, whatever came and went since") {
  std::mt19937 random(13);
  SmallIndex index(uneven_records(0, 6000, random));
  {
    LiveIndex live(index.path());
    const LiveShard& shard = live.shards().front();
    make_word_pairs(shard.paths(), shard.statistics().champions_batch(), std::vector{PartPostings(shard.database())},
                    {1000, 2, 4, 20'000});
  }
  const auto listed = [&](const std::string& first, const std::string& second) {
    return LiveIndex(index.path())
        .word_pair({Analyzer::signature_hash(first), "Z" + first}, {Analyzer::signature_hash(second), "Z" + second})
        .has_value();
  };
  const std::vector<std::string> queries{
      "\"chip export\"",       "\"the und\"",           "\"und rises\" the",
      "+\"the chip\" +quartz", "falls -\"the chip\"",   "\"the chip\" \"chip the\"",
      "\"chip und\" lang:de",  "\"chip chip\"",         "\"the chip export\"",
      "\"chip quartz\"",       "\"und the\" OR quartz", "\"chip export\" AND \"the und\""};
  CHECK_FALSE(listed("chip", "quartz"));
  check_best_through_batches(index, 4000, random, queries, [&] { return listed("chip", "the"); });
}
