#include "spelling/complete.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <random>
#include <string>

#include "unit/index/support.h"

using namespace nutgraf;
using namespace nutgraf::test;
using spelling::complete;

namespace {

using Counts = std::map<std::string, std::uint64_t>;
using Listed = std::vector<std::pair<std::string, std::uint64_t>>;

Listed listed(const std::vector<Completion>& completions) {
  Listed listed;
  for (const auto& [word, count] : completions) listed.emplace_back(word, count);
  return listed;
}

Listed expected_of(const Counts& counts, std::string_view typed, std::size_t limit, const Speller::Findable& findable) {
  Listed expected;
  for (const auto& [word, count] : counts) {
    if (word.starts_with(typed) && (!findable || findable(word))) expected.emplace_back(word, count);
  }
  std::stable_sort(expected.begin(), expected.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  expected.resize(std::min(expected.size(), limit));
  return expected;
}

WordCounts counts_of(const Counts& counts) {
  WordCounts words;
  for (const auto& [word, count] : counts) words.add(word, count);
  return words;
}

}  // namespace

TEST_CASE("complete: what a walk of all words of all lists gives") {
  const TempFolder folder;
  std::mt19937 random(7);  // NOLINT(cert-msc51-cpp): the same words each time
  const auto below = [&](std::uint32_t end) { return static_cast<std::uint32_t>(random() % end); };
  Counts all;
  const auto draw = [&](std::size_t words) {
    Counts drawn;
    while (drawn.size() < words) {
      std::string word;
      for (std::uint32_t size = 1 + below(6); size > 0; --size) word += static_cast<char>('a' + below(8));
      const std::uint64_t count = below(20) == 0 ? below(100'000) : 1 + below(5);  // few are frequent, many tie
      drawn[word] = count;
    }
    for (const auto& [word, count] : drawn) all[word] += count;
    return drawn;
  };
  const auto lists = [&](std::initializer_list<std::size_t> sections, const std::string& name) {
    std::uint64_t batch = 0;
    for (const std::size_t words : sections)
      append_vocabulary(folder / name, ++batch, counts_of(draw(words)), [] { return WordCounts(); });
    return Vocabulary(folder / name);
  };
  std::vector<Vocabulary> vocabularies;
  std::string extra;
  SUBCASE("of one section") { vocabularies.push_back(lists({30'000}, "words")); }
  SUBCASE("of several sections") { vocabularies.push_back(lists({200, 30'000, 40, 3'000}, "words")); }
  SUBCASE("of two shards, with more words") {
    vocabularies.push_back(lists({20'000, 500}, "one"));
    vocabularies.push_back(lists({15'000}, "two"));
    extra = encode_words(counts_of(draw(300)));
  }
  SUBCASE("of no section") { extra = encode_words(counts_of(draw(300))); }
  for (const std::string_view typed : {"", "a", "c", "h", "ba", "hhh", "abcd", "x", "gabcdef"}) {
    for (const std::size_t limit : {1U, 10U, 200U, 100'000U}) {
      CAPTURE(typed);
      CAPTURE(limit);
      CHECK(listed(complete(typed, vocabularies, extra, limit, {})) == expected_of(all, typed, limit, {}));
      const Speller::Findable some = [](std::string_view word) { return word.back() < 'd'; };
      CHECK(listed(complete(typed, vocabularies, extra, limit, some)) == expected_of(all, typed, limit, some));
    }
  }
}

TEST_CASE("complete: a damaged block is noticed where it is needed") {
  const TempFolder folder;
  Counts counts;
  for (int i = 10'000; i < 20'000; ++i) counts["w" + std::to_string(i)] = i % 100 == 0 ? 50 : 1;
  write_vocabulary(folder / "words", 1, counts_of(counts));
  std::string bytes = read_file(folder / "words");
  bytes[bytes.size() - 10] ^= 1;  // in the last block
  write_file(folder / "words", bytes);
  std::vector<Vocabulary> vocabularies;
  vocabularies.emplace_back(folder / "words");
  CHECK(listed(complete("w11", vocabularies, {}, 2, {})) == Listed{{"w11000", 50}, {"w11100", 50}});
  CHECK(complete("w1999", vocabularies, {}, 2, {}).empty());
  CHECK(complete("w", vocabularies, {}, 200, {}).empty());
}
