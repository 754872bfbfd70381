#include "spelling/word_walk.h"

#include <algorithm>

namespace nutgraf::spelling {

WordWalk::WordWalk(LettersView typed, unsigned most) : typed_(typed), most_(most) {
  for (std::size_t i = 0; i <= kLongestLetters; ++i) rows_[0][i] = static_cast<std::uint8_t>(i);
}

bool WordWalk::extend(std::size_t depth, char32_t letter) {
  letters_[depth] = letter;
  const Row& above = rows_[depth - 1];
  Row& row = rows_[depth];
  // Only the band around the diagonal can count; its borders are read by the next row and must be too far.
  const auto far = static_cast<std::uint8_t>(most_ + 1);
  const std::size_t first = depth > most_ ? depth - most_ : 0;
  const std::size_t last = std::min(typed_.size(), depth + most_);
  if (first > typed_.size()) return false;
  if (first > 0) row[first - 1] = far;
  if (last < typed_.size()) row[last + 1] = far;
  std::uint8_t nearest = far;
  for (std::size_t i = first; i <= last; ++i) {
    unsigned distance = above[i] + 1U;
    if (i > 0) {
      distance = std::min({distance, row[i - 1] + 1U, above[i - 1] + (typed_[i - 1] == letter ? 0U : 1U)});
      const bool swapped = i > 1 && depth > 1 && typed_[i - 1] == letters_[depth - 1] && typed_[i - 2] == letter;
      if (swapped) distance = std::min(distance, rows_[depth - 2][i - 2] + 1U);
    }
    row[i] = static_cast<std::uint8_t>(std::min<unsigned>(distance, far));
    nearest = std::min(nearest, row[i]);
  }
  return nearest <= most_;
}

void WordWalk::run(WordCursor words, const Found& found) {
  // Of the last word that was looked at: how many letters stand before each byte, and where its too far beginning ends.
  std::array<std::uint8_t, 4 * kLongestLetters + 1> letters_before{};
  constexpr std::size_t kNotTooFar = static_cast<std::size_t>(-1);
  std::size_t too_far = kNotTooFar;
  while (words.next()) {
    if (words.shared() >= too_far) continue;
    const std::string_view word = words.word();
    std::size_t at = words.shared();
    std::size_t depth = letters_before[at];
    too_far = kNotTooFar;
    while (at < word.size() && too_far == kNotTooFar) {
      const CodePoint c = code_point_at(word, at);
      at += c.size;
      if (++depth > kLongestLetters || !extend(depth, c.value)) too_far = at;
      if (depth <= kLongestLetters) letters_before[at] = static_cast<std::uint8_t>(depth);
    }
    if (too_far != kNotTooFar) continue;
    const std::size_t longer = std::max(depth, typed_.size()) - std::min(depth, typed_.size());
    if (longer <= most_ && rows_[depth][typed_.size()] <= most_) found(words, rows_[depth][typed_.size()]);
  }
}

}  // namespace nutgraf::spelling
