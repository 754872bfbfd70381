#include "spelling/word_walk.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <random>
#include <vector>

using namespace nutgraf;
using namespace nutgraf::spelling;

namespace {

// Optimal string alignment as the books define it, on whole tables.
unsigned distance_by_definition(LettersView a, LettersView b) {
  std::vector<std::vector<unsigned>> table(a.size() + 1, std::vector<unsigned>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        table[i][j] = static_cast<unsigned>(i + j);
        continue;
      }
      table[i][j] =
          std::min({table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        table[i][j] = std::min(table[i][j], table[i - 2][j - 2] + 1);
    }
  }
  return table[a.size()][b.size()];
}

using Distances = std::map<std::string, unsigned>;

Distances walk(std::string_view typed, unsigned most, const WordCounts& words) {
  const std::string list = encode_words(words);
  const Letters letters = letters_of(typed);
  Distances found;
  WordWalk(letters, most).run(WordCursor(list), [&](const WordCursor& cursor, unsigned distance) {
    CHECK(found.emplace(cursor.word(), distance).second);
  });
  return found;
}

std::string random_word(std::mt19937& random, std::size_t longest) {
  static const char* const kLetters[] = {"a", "b", "c", "é", "д"};  // few: near words are frequent
  std::string word;
  const std::size_t length = 1 + random() % longest;
  for (std::size_t i = 0; i < length; ++i) word += kLetters[random() % 5];
  return word;
}

}  // namespace

TEST_CASE("word walk: finds what brute force finds") {
  std::mt19937 random(20250227);
  WordCounts words;
  for (int i = 0; i < 3000; ++i) words.add(random_word(random, i % 10 == 0 ? 30 : 7));
  for (int i = 0; i < 300; ++i) {
    const std::string typed = random_word(random, 9);
    const unsigned most = 1 + i % 2;
    CAPTURE(typed);
    Distances expected;
    for (const auto& [word, count] : words.sorted()) {
      const unsigned distance = distance_by_definition(letters_of(typed), letters_of(word));
      if (distance <= most) expected.emplace(word, distance);
    }
    REQUIRE(walk(typed, most, words) == expected);
  }
}

TEST_CASE("word walk: edits") {
  WordCounts words;
  for (const auto* word : {"the", "then", "they", "hte", "market", "markets", "a"}) words.add(word);
  CHECK(walk("teh", 1, words) == Distances{{"the", 1}});
  CHECK(walk("makret", 2, words) == Distances{{"market", 1}, {"markets", 2}});
  CHECK(walk("market", 0, words) == Distances{{"market", 0}});
}

TEST_CASE("word walk: long words") {
  WordCounts words;
  words.add(std::string(40, 'x'));
  words.add(std::string(41, 'x'));
  words.add(std::string(200, 'x'));
  CHECK(walk(std::string(39, 'x'), 2, words) == Distances{{std::string(40, 'x'), 1}});
}
