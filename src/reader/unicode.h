// The few questions the reader asks about UTF-8 text. Offsets are bytes.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "nutgraf/range.h"
#include "text/ascii.h"
#include "text/utf8.h"

namespace nutgraf::reader {

/// What a byte that is not UTF-8 counts as, too.
inline constexpr char32_t kReplacement = 0xFFFD;

/// The code point that ends at `end`, which is not 0.
[[nodiscard]] CodePoint code_point_before(std::string_view text, std::size_t end);
void append_utf8(std::string& to, char32_t value);

/// Offset of the first byte, from `from` on, that is not valid UTF-8.
[[nodiscard]] std::optional<std::size_t> utf8_error(std::string_view text, std::size_t from = 0);

/// White space of any script, control characters and zero-width characters: what a block never starts or ends with.
[[nodiscard]] constexpr bool is_blank(char32_t c) {
  if (c <= 0x20 || (c >= 0x7F && c <= 0xA0)) return true;
  if (c < 0x1680) return c == 0xAD;
  return c == 0x1680 || (c >= 0x2000 && c <= 0x200F) || (c >= 0x2028 && c <= 0x202F) || (c >= 0x205F && c <= 0x2064) ||
         c == 0x3000 || c == 0xFEFF;
}
[[nodiscard]] bool is_han(char32_t c);
[[nodiscard]] constexpr char lower(char c) { return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; }

[[nodiscard]] ByteRange trimmed(std::string_view text, ByteRange range);
[[nodiscard]] std::string_view trimmed(std::string_view text);
[[nodiscard]] inline std::string_view slice(std::string_view text, ByteRange range) {
  return text.substr(range.begin, range.size());
}
/// Trimmed, every run of white space one space, control characters gone.
[[nodiscard]] std::string one_line(std::string_view text);
[[nodiscard]] std::string lower_ascii(std::string_view text);
/// `prefix` is lower case.
[[nodiscard]] inline bool starts_with_nocase(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() &&
         std::equal(prefix.begin(), prefix.end(), text.begin(), [](char wanted, char c) { return lower(c) == wanted; });
}

/// The bytes with which some texts in lower case begin. Most lines begin with another: one look tells.
class FirstBytes {
 public:
  template <typename Texts>
  constexpr explicit FirstBytes(const Texts& texts) {
    for (const std::string_view text : texts) has_[static_cast<unsigned char>(text.front())] = true;
  }
  /// Whether `text`, in any case, begins with one of them.
  [[nodiscard]] constexpr bool begin(std::string_view text) const {
    return !text.empty() && has_[static_cast<unsigned char>(lower(text.front()))];
  }

 private:
  std::array<bool, 256> has_{};
};

/// Width in terminal columns: wide characters count two.
[[nodiscard]] std::size_t columns(std::string_view text);
/// Ends as a sentence does, closing quotes and brackets passed over.
[[nodiscard]] bool ends_sentence(std::string_view text);
/// Offset just behind the first sentence.
[[nodiscard]] std::size_t first_sentence_end(std::string_view text);

}  // namespace nutgraf::reader
