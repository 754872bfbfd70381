// Words: how long a text is, counted cheaply. Not what the analyzer would say, only near enough to cut by.
#pragma once

#include <cstddef>
#include <string_view>

namespace nutgraf {

/// Lengths are in quarters of a word.
inline constexpr std::size_t kWord = 4;
inline constexpr std::size_t kCjkCharacter = 3;

/// The length of `text`: runs of letters and digits are words (a run begins another word every 32 bytes, so that no
/// text is endless), a CJK character is three quarters of one, a character of Thai, Lao, Khmer or Burmese a quarter.
[[nodiscard]] std::size_t length_of(std::string_view text);

/// The first offset after `begin` at which a part of about `length` can end: before a word or a CJK character, or,
/// where a run of letters goes on for long, before a code point. text.size() where the rest is not longer.
[[nodiscard]] std::size_t cut_after(std::string_view text, std::size_t begin, std::size_t length);

}  // namespace nutgraf
