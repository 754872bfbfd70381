// Kind: what a folded character can do in a token; the only thing the token rules look at.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace nutgraf::analysis {

enum class Kind : std::uint8_t {
  separator,
  space,  // U+0020 alone: what may stand in "GPT 4o"
  letter,
  digit,
  cjk,   // first byte of a Han, Hiragana, Katakana, Bopomofo or Hangul character
  tail,  // further bytes of a CJK character or currency sign
  dot,
  comma,
  hyphen,
  underscore,
  apostrophe,
  ampersand,
  plus,
  hash,
  percent,
  currency,
  at,
};

constexpr std::array<Kind, 128> make_ascii_kinds() {
  std::array<Kind, 128> kinds{};
  for (std::size_t c = 'a'; c <= 'z'; ++c) kinds[c] = kinds[c - 'a' + 'A'] = Kind::letter;
  for (std::size_t c = '0'; c <= '9'; ++c) kinds[c] = Kind::digit;
  kinds[' '] = Kind::space;
  kinds['.'] = Kind::dot;
  kinds[','] = Kind::comma;
  kinds['-'] = Kind::hyphen;
  kinds['_'] = Kind::underscore;
  kinds['\''] = Kind::apostrophe;
  kinds['&'] = Kind::ampersand;
  kinds['+'] = Kind::plus;
  kinds['#'] = Kind::hash;
  kinds['%'] = Kind::percent;
  kinds['$'] = Kind::currency;
  kinds['@'] = Kind::at;
  return kinds;
}

inline constexpr std::array<Kind, 128> kAsciiKinds = make_ascii_kinds();

}  // namespace nutgraf::analysis
