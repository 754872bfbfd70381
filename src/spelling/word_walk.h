// Word walk: all words of a sorted list within a few edits of a typed one. Sorted words are a trie laid flat: the table
// of distances is kept for the letters that a word shares with the one before it, and words whose beginning is already
// too far are passed over.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string_view>

#include "index/vocabulary.h"
#include "spelling/letters.h"

namespace nutgraf::spelling {

/// Longer words are not corrected, nor corrected to.
inline constexpr std::size_t kLongestLetters = 40;

class WordWalk {
 public:
  /// `typed` has at most kLongestLetters letters. Distances up to `most` count: missing, extra and wrong letters, and
  /// swaps of neighbours (optimal string alignment: no letter is edited twice).
  WordWalk(LettersView typed, unsigned most);

  using Found = std::function<void(const WordCursor& cursor, unsigned distance)>;
  void run(WordCursor words, const Found& found);

 private:
  /// Fills the row of the letter at `depth`, from 1; whether any distance in it still counts.
  bool extend(std::size_t depth, char32_t letter);

  using Row = std::array<std::uint8_t, kLongestLetters + 1>;
  LettersView typed_;
  unsigned most_;
  std::array<Row, kLongestLetters + 1> rows_;
  std::array<char32_t, kLongestLetters + 1> letters_{};
};

}  // namespace nutgraf::spelling
