#include "reader/unicode.h"

namespace nutgraf::reader {
namespace {

unsigned byte_at(std::string_view text, std::size_t at) { return static_cast<unsigned char>(text[at]); }

bool closes(char32_t c) {
  switch (c) {
    case '"':
    case '\'':
    case ')':
    case ']':
    case 0x201D:
    case 0x2019:
    case 0x300D:
    case 0x300F:
    case 0x300B:
    case 0xFF09: return true;
    default: return false;
  }
}

bool is_full_stop(char32_t c) {
  switch (c) {
    case '.':
    case '!':
    case '?':
    case 0x2026:
    case 0x3002:
    case 0xFF01:
    case 0xFF1F:
    case 0xFF0E: return true;
    default: return false;
  }
}

}  // namespace

CodePoint code_point_before(std::string_view text, std::size_t end) {
  std::size_t begin = end - 1;
  while (begin > 0 && end - begin < 4 && !starts_code_point(text, begin)) --begin;
  const CodePoint found = code_point_at(text, begin);
  return found.size == end - begin ? found : CodePoint{};
}

void append_utf8(std::string& to, char32_t value) {
  const auto put = [&](char32_t byte) { to += static_cast<char>(byte); };
  if (value < 0x80) {
    put(value);
  } else if (value < 0x800) {
    put(0xC0U | (value >> 6U));
    put(0x80U | (value & 0x3FU));
  } else if (value < 0x10000) {
    put(0xE0U | (value >> 12U));
    put(0x80U | ((value >> 6U) & 0x3FU));
    put(0x80U | (value & 0x3FU));
  } else {
    put(0xF0U | (value >> 18U));
    put(0x80U | ((value >> 12U) & 0x3FU));
    put(0x80U | ((value >> 6U) & 0x3FU));
    put(0x80U | (value & 0x3FU));
  }
}

std::optional<std::size_t> utf8_error(std::string_view text, std::size_t from) {
  std::size_t at = skip_ascii(text, from);
  while (at < text.size()) {
    const CodePoint c = code_point_at(text, at);
    if (!c.valid) return at;
    at += c.size;
    if (at < text.size() && byte_at(text, at) < 0x80) at = skip_ascii(text, at);
  }
  return {};
}

bool is_han(char32_t c) {
  return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0x20000 && c <= 0x3FFFF);
}

ByteRange trimmed(std::string_view text, ByteRange range) {
  while (range.begin < range.end) {
    const CodePoint c = code_point_at(text, range.begin);
    if (!is_blank(c.value)) break;
    range.begin += c.size;
  }
  while (range.end > range.begin) {
    const CodePoint c = code_point_before(text, range.end);
    if (!is_blank(c.value)) break;
    range.end -= c.size;
  }
  return range.begin < range.end ? range : ByteRange{range.begin, range.begin};
}

std::string_view trimmed(std::string_view text) { return slice(text, trimmed(text, ByteRange{0, text.size()})); }

std::string one_line(std::string_view text) {
  std::string line;
  bool gap = false;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = code_point_at(text, at);
    if (is_blank(c.value)) {
      // Zero-width characters part nothing.
      if (c.value < 0x200B || c.value > 0x200F) gap = true;
    } else {
      if (gap && !line.empty()) line += ' ';
      gap = false;
      append_utf8(line, c.value);
    }
    at += c.size;
  }
  return line;
}

std::string lower_ascii(std::string_view text) {
  std::string lowered(text);
  for (char& c : lowered) c = lower(c);
  return lowered;
}

std::size_t columns(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t wide = skip_ascii(text, at);
    width += wide - at;
    at = wide;
    if (at == text.size()) break;
    const CodePoint c = code_point_at(text, at);
    width += c.value >= 0x2E80 && c.value != kReplacement ? 2 : 1;
    at += c.size;
  }
  return width;
}

bool ends_sentence(std::string_view text) {
  std::size_t end = text.size();
  while (end > 0) {
    const CodePoint c = code_point_before(text, end);
    if (is_full_stop(c.value)) return true;
    if (!closes(c.value) && !is_blank(c.value)) return false;
    end -= c.size;
  }
  return false;
}

std::size_t first_sentence_end(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = code_point_at(text, at);
    const std::size_t begin = at;
    at += c.size;
    if (!is_full_stop(c.value)) continue;
    while (at < text.size()) {
      const CodePoint next = code_point_at(text, at);
      if (!closes(next.value) && !is_full_stop(next.value)) break;
      at += next.size;
    }
    if (c.value >= 0x80) return at;
    const bool before_space = at >= text.size() || is_blank(code_point_at(text, at).value);
    // "U.S. firms", "J. Smith", "Mr. Li": a stop after at most three letters that begin with a capital ends nothing.
    std::size_t word = begin;
    while (word > 0 && (is_letter(text[word - 1]) || text[word - 1] == '.')) --word;
    const bool abbreviation = c.value == '.' && begin > word && begin - word <= 3 && is_upper(text[word]);
    if (before_space && !(abbreviation && at < text.size())) return at;
  }
  return text.size();
}

}  // namespace nutgraf::reader
