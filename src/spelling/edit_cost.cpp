#include "spelling/edit_cost.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <limits>
#include <vector>

namespace nutgraf::spelling {
namespace {

// Fitted, with kCountWeight (speller.cpp), to the even rows of symspell_noisy_query_en_1000.txt over an index of
// Reuters and the Rust blog (likelihood of the right word). Its errors are made by a random process, which knows
// neither keyboards nor habits; people's errors are not random, so the differences between a slip to the next key, a
// vowel for another, a doubled letter, and the rest are set by hand, as far as they cost less than 1 % of the rows, and
// so is kSwapped (the file has hardly a swap). A missing letter is cheap since there is one way to leave it out, but 25
// wrong ones to type.
constexpr double kWrong = 5.2;
constexpr double kWrongKey = 4.5;
constexpr double kWrongVowel = 4.9;
constexpr double kMissing = 1.8;
constexpr double kMissingDouble = 1.4;
constexpr double kMissingLast = 1.4;
constexpr double kExtra = 5.3;
constexpr double kExtraKey = 5.0;
constexpr double kExtraDouble = 4.3;
constexpr double kExtraLast = 4.8;
constexpr double kSwapped = 3.0;
constexpr double kFirstLetter = 0.5;  // added: people get the first letter right

// Rows of a QWERTY keyboard, each moved half a key to the right of the one above.
constexpr std::array<std::u32string_view, 3> kKeys{U"qwertyuiop", U"asdfghjkl", U"zxcvbnm"};

bool is_vowel(char32_t c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y'; }

double wrong(char32_t typed, char32_t meant) {
  if (are_neighbours(typed, meant)) return kWrongKey;
  return is_vowel(typed) && is_vowel(meant) ? kWrongVowel : kWrong;
}

double missing(LettersView meant, std::size_t at) {
  if (at > 0 && meant[at - 1] == meant[at]) return kMissingDouble;
  return at + 1 == meant.size() ? kMissingLast : kMissing;
}

double extra(LettersView typed, std::size_t at) {
  if (at > 0 && typed[at - 1] == typed[at]) return kExtraDouble;
  const bool slipped = (at > 0 && are_neighbours(typed[at - 1], typed[at])) ||
                       (at + 1 < typed.size() && are_neighbours(typed[at + 1], typed[at]));
  if (slipped) return kExtraKey;
  return at + 1 == typed.size() ? kExtraLast : kExtra;
}

double first_letter(std::size_t i, std::size_t j) { return i == 0 || j == 0 ? kFirstLetter : 0; }

}  // namespace

bool are_neighbours(char32_t a, char32_t b) {
  struct Key {
    int row = -1;
    int place = 0;  // in halves of a key
  };
  const auto key = [](char32_t letter) {
    for (int row = 0; row < 3; ++row) {
      const std::size_t column = kKeys[static_cast<std::size_t>(row)].find(letter);
      if (column != std::u32string_view::npos) return Key{row, 2 * static_cast<int>(column) + row};
    }
    return Key{};
  };
  const Key left = key(a), right = key(b);
  if (left.row < 0 || right.row < 0) return false;
  const int apart = std::abs(left.place - right.place);
  return left.row == right.row ? apart == 2 : std::abs(left.row - right.row) == 1 && apart == 1;
}

double edit_cost(LettersView typed, LettersView meant) {
  const std::size_t width = meant.size() + 1;
  std::vector<double> costs((typed.size() + 1) * width, 0);
  const auto at = [&](std::size_t i, std::size_t j) -> double& { return costs[i * width + j]; };
  for (std::size_t i = 0; i <= typed.size(); ++i) {
    for (std::size_t j = 0; j <= meant.size(); ++j) {
      if (i == 0 && j == 0) continue;
      double best = std::numeric_limits<double>::infinity();
      if (j > 0) best = std::min(best, at(i, j - 1) + missing(meant, j - 1) + first_letter(1, j - 1));
      if (i > 0) best = std::min(best, at(i - 1, j) + extra(typed, i - 1) + first_letter(i - 1, 1));
      if (i > 0 && j > 0) {
        const bool equal = typed[i - 1] == meant[j - 1];
        best = std::min(
            best, at(i - 1, j - 1) + (equal ? 0 : wrong(typed[i - 1], meant[j - 1]) + first_letter(i - 1, j - 1)));
      }
      const bool swapped = i > 1 && j > 1 && typed[i - 1] == meant[j - 2] && typed[i - 2] == meant[j - 1];
      if (swapped) best = std::min(best, at(i - 2, j - 2) + kSwapped + first_letter(i - 2, j - 2));
      at(i, j) = best;
    }
  }
  return at(typed.size(), meant.size());
}

}  // namespace nutgraf::spelling
