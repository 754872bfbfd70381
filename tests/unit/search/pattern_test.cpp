#include "search/pattern.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <random>

using namespace nutgraf;

namespace {

using Words = std::vector<std::vector<std::uint16_t>>;

bool near(const std::vector<std::uint16_t>& text, const Words& words, std::size_t distance) {
  Pattern<std::uint16_t> pattern{{}, distance};
  for (const auto& word : words) {
    bool again = false;
    for (auto& other : pattern.words) {
      if (other.pieces != word) continue;
      ++other.times;
      again = true;
    }
    if (!again) pattern.words.push_back({word});
  }
  return holds(std::span<const std::uint16_t>(text), pattern);
}

bool phrase(const std::vector<std::uint16_t>& text, const std::vector<std::uint16_t>& pieces) {
  return near(text, {pieces}, 1);
}

}  // namespace

// Of texts shorter and longer than what is compared at once, at every place.
TEST_CASE("pattern: hashes of a phrase are found as anything else is") {
  std::mt19937 random(3);
  for (std::size_t size = 0; size < 40; ++size) {
    for (int round = 0; round < 50; ++round) {
      std::vector<std::uint16_t> text(size);
      for (auto& hash : text) hash = static_cast<std::uint16_t>(random() % 4);
      const std::vector<std::uint16_t> sought{0, 1, 2};
      for (const std::size_t pieces : {1U, 2U, 3U}) {
        const std::vector<std::uint16_t> words(sought.begin(), sought.begin() + static_cast<std::ptrdiff_t>(pieces));
        const bool there = std::search(text.begin(), text.end(), words.begin(), words.end()) != text.end();
        REQUIRE(phrase(text, words) == there);
      }
    }
  }
}

TEST_CASE("pattern: a phrase is side by side and in order") {
  CHECK(phrase({1, 2, 3, 4}, {2, 3}));
  CHECK(phrase({1, 2, 2, 3}, {2, 3}));
  CHECK_FALSE(phrase({1, 3, 2}, {2, 3}));
  CHECK_FALSE(phrase({2, 9, 3}, {2, 3}));
  CHECK(phrase({7}, {7}));
  CHECK_FALSE(phrase({}, {7}));
  CHECK_FALSE(near({7}, {}, 1));
}

TEST_CASE("pattern: near is within a window, in any order") {
  CHECK(near({2, 9, 3}, {{3}, {2}}, 2));
  CHECK_FALSE(near({2, 9, 3}, {{3}, {2}}, 1));
  CHECK(near({1, 8, 2, 8, 3}, {{3}, {1}, {2}}, 4));
  CHECK_FALSE(near({1, 8, 2, 8, 3}, {{3}, {1}, {2}}, 3));
  CHECK(near({2, 9, 9, 2, 3}, {{2}, {3}}, 1));  // the later 2 counts
}

TEST_CASE("pattern: the same word twice needs two places") {
  CHECK_FALSE(near({1, 5}, {{1}, {1}}, 3));
  CHECK(near({1, 5, 1}, {{1}, {1}}, 2));
  CHECK_FALSE(near({1, 5, 5, 5, 1}, {{1}, {1}}, 2));
  CHECK(near({1, 5, 5, 5, 1, 1}, {{1}, {1}}, 2));
}

TEST_CASE("pattern: a word of several pieces is side by side, and distance is from its end") {
  CHECK(near({1, 2, 9, 3, 4}, {{1, 2}, {3, 4}}, 2));
  CHECK(near({3, 4, 9, 1, 2}, {{1, 2}, {3, 4}}, 2));
  CHECK_FALSE(near({1, 2, 9, 3, 4}, {{1, 2}, {3, 4}}, 1));
  CHECK_FALSE(near({1, 9, 2, 3, 4}, {{1, 2}, {3, 4}}, 9));
  CHECK(near({1, 2, 3}, {{1, 2}, {2, 3}}, 1));  // different words may share a piece
}
