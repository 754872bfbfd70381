// Phrases and words against a brute-force scan of the stored text: the sets must be equal.
#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <set>

#include "nutgraf/analyzer.h"
#include "unit/search/support.h"

using namespace nutgraf;
using namespace nutgraf::test;

namespace {

const std::vector<std::string> kVocabulary{"chip",  "chips", "Chip",   "export", "exports", "curb",   "R1",      "DeepSeek-R1", "GPT-4o", "GPT4o",
                                           "the",   "of",    "豆包",   "手机",   "騰訊",    "腾讯",   "état",    "U.S.",        "9.11",   "$512",
                                           "HK$512", "open-source", "e-mail", "email", "Apple's", "Apple", "state", "United", "unit", "小米SU7"};

std::vector<Record> random_records(std::mt19937& random, std::size_t count) {
  std::vector<Record> records;
  for (std::size_t i = 0; i < count; ++i) {
    std::string text;
    for (std::size_t words = 5 + random() % 30; words > 0; --words) {
      text += kVocabulary[random() % kVocabulary.size()];
      text += random() % 9 == 0 ? ". " : random() % 15 == 0 ? "\n" : " ";
    }
    records.push_back({std::to_string(i), "", text + ".", "", "", i % 4 == 0 ? "zh" : i % 7 == 0 ? "de" : "en"});
  }
  return records;
}

std::string random_phrase(std::mt19937& random) {
  std::string phrase;
  for (std::size_t words = 1 + random() % 3; words > 0; --words) phrase += (phrase.empty() ? "" : " ") + kVocabulary[random() % kVocabulary.size()];
  return phrase;
}

std::vector<std::string> surfaces(const std::string& text, const Analyzer& analyzer) {
  TokenStream stream;
  analyzer.tokenize(text, "en", stream);
  std::vector<std::string> pieces;
  for (const auto& token : stream.tokens()) {
    if (token.role == TokenRole::piece) pieces.emplace_back(token.surface);
  }
  return pieces;
}

std::set<std::string> found(const SmallIndex& index, const std::string& query) {
  SearchRequest request;
  request.query = query;
  request.limit = 10'000;
  request.fold_duplicates = false;
  std::set<std::string> ids;
  for (const auto& hit : index.search(request).hits) ids.insert(hit.article.id);
  return ids;
}

}  // namespace

TEST_CASE("oracle: a phrase finds exactly the texts that hold it") {
  std::mt19937 random(20250227);
  const Analyzer analyzer;
  const auto records = random_records(random, 300);
  const SmallIndex index(records);
  std::size_t hits = 0;
  for (int round = 0; round < 400; ++round) {
    const std::string phrase = random_phrase(random);
    CAPTURE(phrase);
    const auto wanted = surfaces(phrase, analyzer);
    std::set<std::string> expected;
    for (const auto& record : records) {
      const auto text = surfaces(record.text, analyzer);
      if (std::search(text.begin(), text.end(), wanted.begin(), wanted.end()) != text.end()) expected.insert(record.id);
    }
    hits += expected.size();
    CHECK(found(index, "\"" + phrase + "\"") == expected);
  }
  CHECK(hits > 1000);  // the phrases were not all absent
}

TEST_CASE("oracle: AND is the intersection, OR the union, NOT the rest, phrases inside them included") {
  std::mt19937 random(7);
  const auto records = random_records(random, 200);
  const SmallIndex index(records);
  std::set<std::string> all;
  for (const auto& record : records) all.insert(record.id);
  for (int round = 0; round < 100; ++round) {
    const auto operand = [&] { return random() % 2 == 0 ? "\"" + random_phrase(random) + "\"" : kVocabulary[random() % 10]; };
    const std::string a = operand(), b = operand();
    CAPTURE(a);
    CAPTURE(b);
    const auto in_a = found(index, a), in_b = found(index, b);
    std::set<std::string> both, either = in_a, only_a, not_a = all;
    std::set_intersection(in_a.begin(), in_a.end(), in_b.begin(), in_b.end(), std::inserter(both, both.end()));
    either.insert(in_b.begin(), in_b.end());
    std::set_difference(in_a.begin(), in_a.end(), in_b.begin(), in_b.end(), std::inserter(only_a, only_a.end()));
    for (const auto& id : in_a) not_a.erase(id);
    CHECK(found(index, a + " AND " + b) == both);
    CHECK(found(index, a + " OR " + b) == either);
    CHECK(found(index, a + " NOT " + b) == only_a);
    CHECK(found(index, "-" + a) == not_a);
  }
}
