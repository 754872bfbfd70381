// UTF-8 by the code point, for the modules that look at text without analysing it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace nutgraf {

struct CodePoint {
  char32_t value = 0xFFFD;
  std::size_t size = 1;  ///< bytes
  bool valid = false;    ///< false: one byte that is no UTF-8
};

/// The first offset at or after `at` that is no ASCII; text.size() where all is.
[[nodiscard]] inline std::size_t skip_ascii(std::string_view text, std::size_t at) {
  for (std::uint64_t eight = 0; at + sizeof eight <= text.size(); at += sizeof eight) {
    std::memcpy(&eight, text.data() + at, sizeof eight);
    if ((eight & 0x8080808080808080U) != 0) break;
  }
  while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80) ++at;
  return at;
}

/// The code point at `at`, which is below text.size(). Surrogates, overlong forms and cut sequences are invalid.
[[nodiscard]] inline CodePoint code_point_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned lead = byte(at);
  if (lead < 0x80) return {lead, 1, true};
  const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() - at < size) return {};
  char32_t value = lead & (0x7FU >> size);
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(at + i) & 0xC0U) != 0x80) return {};
    value = value << 6 | (byte(at + i) & 0x3FU);
  }
  const bool overlong = (size == 3 && value < 0x800) || (size == 4 && value < 0x10000);
  if (overlong || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000)) return {};
  return {value, size, true};
}

/// Whether a code point starts at `at` (or the text ends there).
[[nodiscard]] inline bool starts_code_point(std::string_view text, std::size_t at) {
  return at >= text.size() || (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80;
}

/// Where the code point starts that `at` lies in.
[[nodiscard]] inline std::size_t code_point_start(std::string_view text, std::size_t at) {
  while (at > 0 && !starts_code_point(text, at)) --at;
  return at;
}

/// White space as Unicode defines it, and the byte order mark.
[[nodiscard]] constexpr bool is_space(char32_t c) {
  if (c < 0x80) return c == ' ' || (c >= '\t' && c <= '\r');
  return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 ||
         c == 0x202F || c == 0x205F || c == 0x3000 || c == 0xFEFF;
}

/// Han, kana, Hangul and bopomofo: characters of scripts in which a character is about a word.
[[nodiscard]] constexpr bool is_cjk(char32_t c) {
  if (c < 0x1100) return false;
  return c <= 0x11FF || (c >= 0x2E80 && c <= 0x2FDF) || (c >= 0x3005 && c <= 0x3007) || (c >= 0x3021 && c <= 0x3029) ||
         (c >= 0x3031 && c <= 0x318F) || (c >= 0x31A0 && c <= 0x31FF) || (c >= 0x3400 && c <= 0x4DBF) ||
         (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0xA960 && c <= 0xA97F) || (c >= 0xAC00 && c <= 0xD7FF) ||
         (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFF66 && c <= 0xFFDC) || (c >= 0x1B000 && c <= 0x1B16F) ||
         (c >= 0x20000 && c <= 0x323AF);
}

/// The first offset at or after `at` that is no white space; text.size() where all is.
[[nodiscard]] inline std::size_t skip_space(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    const CodePoint c = code_point_at(text, at);
    if (!is_space(c.value)) break;
    at += c.size;
  }
  return at;
}

/// The end of what precedes the white space before `end`, not below `begin`.
[[nodiscard]] inline std::size_t skip_space_back(std::string_view text, std::size_t begin, std::size_t end) {
  while (end > begin) {
    const std::size_t at = code_point_start(text, end - 1);
    if (at < begin || !is_space(code_point_at(text, at).value)) break;
    end = at;
  }
  return end;
}

}  // namespace nutgraf
