// Generated queries, in both ways of matching, against a brute-force scan of the stored texts: the sets must be equal.
#include "unit/search/oracle.h"

#include <doctest/doctest.h>

#include <map>
#include <random>

#include "unit/search/both_ways.h"
#include "unit/search/support.h"

using namespace nutgraf;
using namespace nutgraf::test;

namespace {

const std::vector<std::string> kVocabulary{
    "chip",       "chips",     "Chip",    "export",      "exports",   "curb",     "R1",       "DeepSeek-R1", "GPT-4o",
    "GPT4o",      "the",       "of",      "豆包",        "手机",      "騰訊",     "腾讯",     "état",        "U.S.",
    "9.11",       "$512",      "HK$512",  "open-source", "e-mail",    "email",    "Apple's",  "Apple",       "state",
    "United",     "unit",      "小米SU7", "open",        "source",    "腾讯控股", "控股",     "Häuser",      "maison",
    "opensource", "companies", "company", "哈哈哈",      "ByteDance", "Ltd",      "字节跳动", "bytedance"};

const CompanyMatcher& companies() {
  static const CompanyMatcher matcher = read_companies(
      R"({"schema": "nutgraf.companies/1", "context": ["export"],
          "companies": [{"id": "bytedance", "name": "ByteDance", "aliases": ["Bytedance Ltd", "字节跳动"],
                         "products": ["豆包"]},
                        {"id": "tencent", "name": "腾讯控股", "aliases": ["腾讯"], "products": ["腾讯手机"]},
                        {"id": "chips", "name": "The Chip", "aliases": ["chip export"]},
                        {"id": "open", "name": "Open", "aliases": ["GPT-4o"], "not": ["open source"]},
                        {"id": "apple", "name": "Apple", "aliases": ["Apple United"], "guarded": ["Apple"]},
                        {"id": "nobody", "name": "curb"}]})",
      "table");
  return matcher;
}

const BatchOptions& tagged() {
  static const BatchOptions options = [] {
    BatchOptions all;
    all.companies = &companies();
    return all;
  }();
  return options;
}

class Generator {
 public:
  explicit Generator(unsigned seed) : random_(seed) {}

  std::size_t below(std::size_t end) { return random_() % end; }

  std::string word() { return kVocabulary[below(kVocabulary.size())]; }

  std::string words(std::size_t count) {
    std::string text;
    for (; count > 0; --count) text += (text.empty() ? "" : " ") + word();
    return text;
  }

  // Chinese also without spaces, sentences and line breaks in between.
  std::string text() {
    static const std::vector<std::string> kBetween{" ", " ", " ", " ", " ", " ", ". ", "\n", "，", "", "、", " the "};
    std::string text;
    for (std::size_t count = 3 + below(25); count > 0; --count) {
      text += word();
      text += kBetween[below(kBetween.size())];
    }
    return text + ".";
  }

  std::string query(unsigned depth) {
    switch (below(depth == 0 ? 5 : 11)) {
      case 0:
      case 1: return word();
      case 2: return in_field('"' + words(1 + below(3)) + '"');
      case 3: return near();
      case 4: return below(3) == 0 ? prefix() : in_field(word());
      case 5: return operands(depth, {"", " AND "});
      case 6: return operands(depth, {"", " OR "});
      case 7: return operands(depth, {"", " NOT "});
      case 8: return operands(depth, {"+", " ", " -"});
      case 9: return operands(depth, {"", " ", " -"});
      default: return operands(depth, {"-"});
    }
  }

 private:
  // One by one: the order in which `+` evaluates its sides differs by build, and so would the queries.
  std::string operands(unsigned depth, std::initializer_list<std::string_view> before) {
    std::string text;
    for (const std::string_view sign : before) {
      const std::string inner = query(depth - 1);
      text += sign;
      text += inner.find(' ') == std::string::npos ? inner : "(" + inner + ")";
    }
    return text;
  }

  std::string in_field(const std::string& text) {
    const std::size_t chance = below(8);
    return (chance == 0 ? "title:" : chance == 1 ? "heading:" : "") + text;
  }

  std::string near() {
    std::string text = word();
    const std::string distance = std::to_string(1 + below(6));
    for (std::size_t more = 1 + below(2); more > 0; --more) text += " NEAR/" + distance + " " + word();
    return text;
  }

  std::string prefix() {
    static const std::vector<std::string> kPrefixes{"chi*",   "exp*",       "dee*", "腾*", "腾讯控*",
                                                    "GPT-4*", "companies*", "ope*", "uni*"};
    return kPrefixes[below(kPrefixes.size())];
  }

  std::mt19937 random_;
};

std::vector<Record> random_records(Generator& generator, std::size_t count) {
  static const std::vector<std::string> kLanguages{"en", "en", "zh", "de", "fr"};
  std::vector<Record> records;
  for (std::size_t i = 0; i < count; ++i) {
    std::string text = generator.text();
    // Articles of several passages, with headings between them.
    for (std::size_t sections = generator.below(3); sections > 0; --sections) {
      text += "\n\n## " + generator.words(1 + generator.below(3));
      text += "\n\n" + generator.text();
    }
    const std::string title = generator.below(2) == 0 ? generator.words(1 + generator.below(4)) : "";
    records.push_back({std::to_string(i), title, text, "", "", kLanguages[generator.below(kLanguages.size())]});
  }
  return records;
}

template <typename AnySearcher>
std::set<std::string> found(AnySearcher& searcher, const std::string& query) {
  SearchRequest request;
  request.query = query;
  request.limit = 10'000;
  request.fold_duplicates = false;
  std::set<std::string> ids;
  for (const auto& hit : searcher.search(request).hits) ids.insert(hit.passage.id);
  return ids;
}

}  // namespace

TEST_CASE("oracle: generated queries find exactly the passages that a scan finds") {
  std::size_t hits = 0, some = 0, queries = 0;
  for (const unsigned seed : {1U, 2U, 3U}) {
    Generator generator(seed);
    const bool with_companies = seed != 1;
    const SmallIndex index(random_records(generator, 120), with_companies ? tagged() : BatchOptions());
    const Oracle oracle(index.path(), {}, with_companies ? &companies() : nullptr);
    BothWays searcher(index.path());
    for (int round = 0; round < 1200; ++round, ++queries) {
      const std::string query = generator.query(static_cast<unsigned>(round % 4));
      CAPTURE(query);
      const auto expected = oracle.find(query);
      hits += expected.size();
      some += expected.empty() ? 0 : 1;
      CHECK(found(searcher, query) == expected);
    }
  }
  CHECK(some > queries / 2);  // the queries were not all absurd
  CHECK(hits < queries * 150);
}

TEST_CASE("oracle: after removals and updates, and with passages from several batches") {
  Generator generator(11);
  auto records = random_records(generator, 80);
  SmallIndex index(records, tagged());
  std::vector<std::string> removed;
  for (std::size_t i = 0; i < 80; i += 5) removed.push_back(records[i].id);
  CHECK(remove_articles(index.path(), removed).empty());
  auto updated = random_records(generator, 30);
  index.add({updated.begin() + 10, updated.end()}, tagged());
  const Oracle oracle(index.path(), {}, &companies());
  BothWays searcher(index.path());
  for (int round = 0; round < 600; ++round) {
    const std::string query = generator.query(static_cast<unsigned>(round % 4));
    CAPTURE(query);
    CHECK(found(searcher, query) == oracle.find(query));
  }
}

TEST_CASE("oracle: in shards, some of them empty, and with passages from several batches") {
  for (const std::size_t shards : {2, 5, 64}) {
    Generator generator(static_cast<unsigned>(20 + shards));
    BatchOptions options = tagged();
    options.shards = shards;
    auto records = random_records(generator, 90);
    SmallIndex index(records, options);
    auto updated = random_records(generator, 30);
    index.add({updated.begin() + 10, updated.end()}, tagged());
    CHECK(remove_articles(index.path(), {"3", "50", "89"}).empty());
    const Oracle oracle(index.path(), {}, &companies());
    Searcher searcher(index.path());
    for (int round = 0; round < 300; ++round) {
      const std::string query = generator.query(static_cast<unsigned>(round % 4));
      CAPTURE(query);
      CHECK(found(searcher, query) == oracle.find(query));
    }
  }
}

namespace {

// Two words with one hash.
std::pair<std::string, std::string> colliding_words() {
  std::map<std::uint16_t, std::string> by_hash;
  for (int i = 0;; ++i) {
    std::string word = "x";
    for (int rest = i; rest > 0; rest /= 20) word += "bcdfghjklmnpqrtvwxyz"[rest % 20];
    const auto [entry, added] = by_hash.emplace(Analyzer::signature_hash(word), word);
    if (!added) return {entry->second, word};
  }
}

}  // namespace

TEST_CASE("oracle: words with the same hash are told apart in quotes, NEAR and NOT") {
  const auto [a, b] = colliding_words();
  REQUIRE(a != b);
  const SmallIndex index({{"right", "", "Kimi " + a + " stands here, not " + b + ".", "", ""},
                          {"wrong", "", "Kimi " + b + " stands here, far away is the word " + a + ".", "", ""},
                          {"none", "", "Kimi alone.", "", ""}});
  const Oracle oracle(index.path(), {"right", "wrong", "none"});
  BothWays searcher(index.path());
  for (const std::string& query : {"\"Kimi " + a + "\"", "Kimi NEAR/1 " + a, "Kimi NOT \"Kimi " + a + "\"",
                                   "-\"Kimi " + a + "\"", "\"Kimi " + a + "\" OR \"Kimi alone\"",
                                   "Kimi NOT (Kimi NOT \"Kimi " + a + "\")", "+Kimi (\"Kimi " + a + "\" OR alone)"}) {
    CAPTURE(query);
    CHECK(found(searcher, query) == oracle.find(query));
  }
  CHECK(found(searcher, "\"Kimi " + a + "\"") == std::set<std::string>{"right#1"});
  SearchRequest request;
  request.query = "\"Kimi " + a + "\"";
  CHECK(Searcher(index.path()).search(request).total.passages == 1);
}

TEST_CASE("oracle: words that only rank exclude nothing less") {
  for (const unsigned seed : {6U, 7U, 9U}) {
    Generator generator(seed);
    const SmallIndex index(random_records(generator, 120));
    const Oracle oracle(index.path());
    BothWays searcher(index.path());
    for (const std::string query :
         {"-((+opensource curb -unit) AND Apple)", "-((+opensource \"company\" -unit) AND Apple)",
          "-((+opensource \"company HK$512\" -unit) AND Apple)"}) {
      CAPTURE(query);
      CHECK(found(searcher, query) == oracle.find(query));
    }
  }
}
