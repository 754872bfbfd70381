// Letters: a word as code points, for code that counts and compares characters.
#pragma once

#include <string>
#include <string_view>

#include "text/utf8.h"

namespace nutgraf::spelling {

using Letters = std::u32string;
using LettersView = std::u32string_view;

[[nodiscard]] inline Letters letters_of(std::string_view word) {
  Letters letters;
  for (std::size_t at = 0; at < word.size();) {
    const CodePoint c = code_point_at(word, at);
    letters += c.value;
    at += c.size;
  }
  return letters;
}

/// Letters and apostrophes only ("don't"): what is corrected, and to what. Not "u.s", "at&t", "gpt4o".
[[nodiscard]] inline bool is_plain_word(std::string_view word) {
  bool letter = false;
  for (const char c : word) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80 && c != '\'' && (c < 'a' || c > 'z')) return false;
    letter = letter || c != '\'';
  }
  return letter;
}

}  // namespace nutgraf::spelling
