#include "reader/encoding.h"

#include <unicode/ucnv.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <optional>

#include "reader/charset_detector.h"
#include "reader/unicode.h"
#include "reader/unreadable.h"

namespace nutgraf::reader {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";
constexpr std::size_t kSample = 64 * 1024;

struct ConverterCloser {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, ConverterCloser>;

unsigned byte_of(char c) { return static_cast<unsigned char>(c); }

// Bytes that no reading of the encoding allows become U+FFFD; empty where the encoding is unknown to ICU.
std::optional<std::string> convert(std::string_view bytes, const char* charset) {
  UErrorCode status = U_ZERO_ERROR;
  const Converter from(ucnv_open(charset, &status));
  const Converter to(ucnv_open("UTF-8", &status));
  if (U_FAILURE(status) != 0) return {};
  std::string text;
  std::array<char, 16384> buffer{};
  std::array<UChar, 4096> pivot{};
  UChar *pivot_source = pivot.data(), *pivot_target = pivot.data();
  const char* source = bytes.data();
  bool reset = true;
  do {
    status = U_ZERO_ERROR;
    char* target = buffer.data();
    ucnv_convertEx(to.get(), from.get(), &target, buffer.data() + buffer.size(), &source, bytes.data() + bytes.size(),
                   pivot.data(), &pivot_source, &pivot_target, pivot.data() + pivot.size(), static_cast<UBool>(reset),
                   1, &status);
    reset = false;
    text.append(buffer.data(), static_cast<std::size_t>(target - buffer.data()));
  } while (status == U_BUFFER_OVERFLOW_ERROR);
  if (U_FAILURE(status) != 0) return {};
  return text;
}

std::size_t count_replacements(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = text.find("\uFFFD"); at != text.npos; at = text.find("\uFFFD", at + 3)) ++count;
  return count;
}

// Share of a UTF-16 reading's units that are ASCII, Latin, Chinese or common punctuation.
double plausible_utf16(std::string_view bytes, bool big_endian) {
  const std::size_t units = std::min(bytes.size(), kSample) / 2;
  std::size_t good = 0;
  for (std::size_t i = 0; i < units; ++i) {
    const unsigned first = byte_of(bytes[2 * i]), second = byte_of(bytes[2 * i + 1]);
    const unsigned unit = big_endian ? first << 8U | second : second << 8U | first;
    const bool text = (unit >= 0x20 && unit < 0x250) || unit == '\n' || unit == '\r' || unit == '\t';
    const bool wide = (unit >= 0x4E00 && unit < 0xA000) || (unit >= 0x3000 && unit < 0x3100) ||
                      (unit >= 0x2010 && unit < 0x2030) || (unit >= 0xFF00 && unit < 0xFF60);
    if (text || wide) ++good;
  }
  return units == 0 ? 0 : static_cast<double>(good) / static_cast<double>(units);
}

// UTF-16 shows in its NUL bytes: without any, a text that short of line ends is taken for an 8-bit one.
const char* utf16_without_mark(std::string_view bytes) {
  const auto sample = bytes.substr(0, kSample);
  if (bytes.size() % 2 != 0 || sample.find('\0') == sample.npos) return nullptr;
  const double little = plausible_utf16(bytes, false), big = plausible_utf16(bytes, true);
  if (std::max(little, big) < 0.95) return nullptr;
  return little >= big ? "UTF-16LE" : "UTF-16BE";
}

// Share of the two-byte characters that are of the frequent part of the set: level 1 Chinese characters and
// punctuation. The other set's text, read so, falls outside of it for a good half.
template <typename Frequent>
double share_of_frequent(std::string_view bytes, Frequent frequent) {
  std::size_t pairs = 0, good = 0;
  for (std::size_t i = 0; i < bytes.size();) {
    if (byte_of(bytes[i]) < 0x80) {
      ++i;
      continue;
    }
    ++pairs;
    if (i + 1 < bytes.size() && frequent(byte_of(bytes[i]), byte_of(bytes[i + 1]))) ++good;
    i += 2;
  }
  return pairs == 0 ? 0 : static_cast<double>(good) / static_cast<double>(pairs);
}

double plausible_gb18030(std::string_view bytes) {
  return share_of_frequent(bytes, [](unsigned lead, unsigned trail) {
    const bool level_1 = lead >= 0xB0 && lead <= 0xD7;
    const bool symbol = lead == 0xA1 || lead == 0xA3;
    return trail >= 0xA1 && (level_1 || symbol);
  });
}

double plausible_big5(std::string_view bytes) {
  return share_of_frequent(bytes, [](unsigned lead, unsigned trail) {
    const bool level_1 = lead >= 0xA4 && lead <= 0xC6;
    const bool symbol = lead == 0xA1;
    return (level_1 || symbol) && ((trail >= 0x40 && trail <= 0x7E) || trail >= 0xA1);
  });
}

// Western text has its few high bytes among ASCII letters, and most of them are letters with accents or typographic
// signs.
double plausible_windows_1252(std::string_view bytes) {
  std::size_t high = 0, good = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const unsigned c = byte_of(bytes[i]);
    if (c < 0x80) continue;
    ++high;
    if (c == 0x81 || c == 0x8D || c == 0x8F || c == 0x90 || c == 0x9D) continue;
    const bool alone =
        (i == 0 || byte_of(bytes[i - 1]) < 0x80) && (i + 1 == bytes.size() || byte_of(bytes[i + 1]) < 0x80);
    const bool sign = (c >= 0x91 && c <= 0x97) || c == 0x80 || c == 0x85 || c == 0x99 || c == 0xA0 || c == 0xA3 ||
                      c == 0xA9 || c == 0xAE || c == 0xB0 || c == 0xB7;
    if (alone || sign) ++good;
  }
  if (high == 0) return 0;
  const double share = static_cast<double>(good) / static_cast<double>(high);
  const double density = static_cast<double>(high) / static_cast<double>(bytes.size());
  return density > 0.25 ? 0 : share;
}

// Other encodings than those the news of our languages comes in: ICU's guess, where it is sure.
std::string guess_other(std::string_view sample) {
  const std::string name = detect_charset(sample);
  constexpr std::array kAllowed{"Shift_JIS"sv,    "EUC-JP"sv,     "EUC-KR"sv,     "windows-1251"sv,
                                "KOI8-R"sv,       "ISO-8859-1"sv, "ISO-8859-2"sv, "windows-1252"sv,
                                "windows-1250"sv, "GB18030"sv,    "Big5"sv};
  return std::find(kAllowed.begin(), kAllowed.end(), name) == kAllowed.end() ? std::string() : name;
}

std::string guess_charset(std::string_view bytes) {
  // From the first high byte on: a long English start says nothing.
  const auto first_high = std::find_if(bytes.begin(), bytes.end(), [](char c) { return byte_of(c) >= 0x80; });
  const auto from = static_cast<std::size_t>(first_high - bytes.begin());
  const auto sample = bytes.substr(from, kSample);
  struct Guess {
    double share;
    const char* name;
  };
  std::array guesses{Guess{plausible_windows_1252(bytes.substr(from > 200 ? from - 200 : 0, kSample)), "windows-1252"},
                     Guess{plausible_gb18030(sample), "GB18030"}, Guess{plausible_big5(sample), "Big5"}};
  const auto best = std::max_element(guesses.begin(), guesses.end(),
                                     [](const Guess& a, const Guess& b) { return a.share < b.share; });
  if (best->share >= 0.75) return best->name;
  return guess_other(sample);
}

struct Utf8Errors {
  std::size_t bad = 0;   // bytes
  std::size_t good = 0;  // sequences of several bytes
  std::size_t first = 0;
};

Utf8Errors count_utf8_errors(std::string_view bytes) {
  Utf8Errors errors;
  for (std::size_t at = 0; at < bytes.size();) {
    if (byte_of(bytes[at]) < 0x80) {
      ++at;
      continue;
    }
    const CodePoint c = code_point_at(bytes, at);
    if (c.size > 1) {
      ++errors.good;
    } else {
      if (errors.bad == 0) errors.first = at;
      ++errors.bad;
    }
    at += c.size;
  }
  return errors;
}

std::string repaired(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size() + 16);
  for (std::size_t at = 0; at < bytes.size();) {
    const CodePoint c = code_point_at(bytes, at);
    if (c.size == 1 && c.value == kReplacement) {
      text += "\uFFFD";
    } else {
      text.append(bytes, at, c.size);
    }
    at += c.size;
  }
  return text;
}

void refuse_binary(std::string_view bytes) {
  const std::string_view kind = binary_kind(bytes);
  if (!kind.empty()) throw Unreadable("binary file (" + std::string(kind) + ")");
  const auto nul = bytes.find('\0');
  if (nul != bytes.npos) throw Unreadable("binary file (NUL at byte " + std::to_string(nul) + ")");
  const auto sample = bytes.substr(0, kSample);
  const auto controls = static_cast<std::size_t>(std::count_if(sample.begin(), sample.end(), [](char c) {
    return byte_of(c) < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != '\v';
  }));
  if (controls * 10 > sample.size()) {
    throw Unreadable("binary file (" + std::to_string(controls) + " control characters in the first " +
                     std::to_string(sample.size()) + " bytes)");
  }
}

Decoded converted(std::string_view bytes, const std::string& charset) {
  auto text = convert(bytes, charset.c_str());
  if (!text) throw Unreadable("cannot convert from " + charset);
  std::replace(text->begin(), text->end(), '\0', ' ');
  Decoded decoded;
  decoded.as_is = false;
  decoded.notices.push_back("converted from " + charset);
  if (const auto lost = count_replacements(*text); lost > 0) {
    decoded.notices.push_back(std::to_string(lost) + " characters could not be converted");
  }
  decoded.text = std::move(*text);
  return decoded;
}

// Bytes that are not UTF-8, without a byte order mark.
Decoded decode_other(std::string_view bytes) {
  const Utf8Errors errors = count_utf8_errors(bytes);
  // A few stray bytes among many good sequences: UTF-8 that was cut or patched.
  if (errors.good > 0 && errors.bad * 10 <= errors.good + 5) {
    Decoded decoded;
    decoded.as_is = false;
    decoded.text = repaired(bytes);
    decoded.notices.push_back("byte " + std::to_string(errors.first) + ": " + std::to_string(errors.bad) +
                              " bytes that are not UTF-8 replaced by U+FFFD");
    return decoded;
  }
  if (std::string declared = declared_charset(bytes); !declared.empty() && declared.rfind("utf", 0) != 0) {
    // Pages that say gb2312 use characters of its supersets, as "iso-8859-1" ones use those of Windows.
    if (declared == "gb2312" || declared == "gbk" || declared == "gb18030") declared = "GB18030";
    if (declared == "big5" || declared == "big5-hkscs") declared = "Big5";
    if (declared == "iso-8859-1" || declared == "latin1" || declared == "windows-1252") declared = "windows-1252";
    const auto text = convert(bytes, declared.c_str());
    if (text && count_replacements(*text) * 50 <= text->size()) return converted(bytes, declared);
  }
  const std::string charset = guess_charset(bytes);
  if (charset.empty())
    throw Unreadable("byte " + std::to_string(errors.first) + ": not UTF-8, and no other encoding fits");
  return converted(bytes, charset);
}

}  // namespace

std::vector<std::size_t> Decoded::file_line_starts() const {
  auto starts = line_starts_of(text);
  for (std::size_t i = 1; i < starts.size(); ++i) starts[i] += skipped;
  return starts;
}

std::optional<std::string> decoded_name(std::string_view bytes) {
  if (!utf8_error(bytes)) return std::string(bytes);
  const double gb18030 = plausible_gb18030(bytes), big5 = plausible_big5(bytes);
  if (std::max(gb18030, big5) < 0.75) return {};
  auto name = convert(bytes, gb18030 >= big5 ? "GB18030" : "Big5");
  if (!name || count_replacements(*name) > 0) return {};
  return name;
}

std::string_view binary_kind(std::string_view bytes) {
  struct Magic {
    std::string_view bytes, kind;
  };
  constexpr std::array kMagics{Magic{"%PDF-", "PDF"},
                               Magic{"\xFF\xD8\xFF", "JPEG image"},
                               Magic{"\x89PNG\r\n", "PNG image"},
                               Magic{"GIF87a", "GIF image"},
                               Magic{"GIF89a", "GIF image"},
                               Magic{"\x7F"
                                     "ELF",
                                     "ELF program"},
                               Magic{"MZ\x90", "Windows program"},
                               Magic{"PK\x03\x04", "zip archive or Office document"},
                               Magic{"\x1F\x8B", "gzip"},
                               Magic{"\x28\xB5\x2F\xFD", "zstd"},
                               Magic{"\xFD"
                                     "7zXZ",
                                     "xz"},
                               Magic{"BZh9", "bzip2"},
                               Magic{"7z\xBC\xAF", "7-Zip archive"},
                               Magic{"Rar!", "RAR archive"},
                               Magic{"\xD0\xCF\x11\xE0", "old Office document"},
                               Magic{"SQLite format 3", "SQLite database"},
                               Magic{"ID3", "MP3 audio"},
                               Magic{"OggS", "Ogg media"},
                               Magic{"{\\rtf", "RTF document"}};
  for (const Magic& magic : kMagics) {
    if (bytes.substr(0, magic.bytes.size()) == magic.bytes) return magic.kind;
  }
  return {};
}

std::string declared_charset(std::string_view bytes) {
  const std::string head = lower_ascii(bytes.substr(0, 4096));
  for (const std::string_view key : {"charset="sv, "encoding="sv}) {
    auto at = head.find(key);
    if (at == head.npos) continue;
    at += key.size();
    while (at < head.size() && (head[at] == '"' || head[at] == '\'' || head[at] == ' ')) ++at;
    auto end = at;
    while (end < head.size() && (is_letter(head[end]) || is_digit(head[end]) || head[end] == '-' || head[end] == '_'))
      ++end;
    if (end > at) return head.substr(at, end - at);
  }
  return {};
}

Decoded decode(std::string bytes) {
  if (bytes.compare(0, 3, kUtf8Mark) == 0) {
    bytes.erase(0, 3);
    refuse_binary(bytes);
    Decoded decoded = utf8_error(bytes) ? decode_other(bytes) : Decoded{std::move(bytes), true, 3, {}};
    return decoded;
  }
  if (bytes.compare(0, 4, "\xFF\xFE\0\0"sv) == 0) return converted(std::string_view(bytes).substr(4), "UTF-32LE");
  if (bytes.compare(0, 2, "\xFF\xFE") == 0) return converted(std::string_view(bytes).substr(2), "UTF-16LE");
  if (bytes.compare(0, 2, "\xFE\xFF") == 0) return converted(std::string_view(bytes).substr(2), "UTF-16BE");
  if (binary_kind(bytes).empty()) {
    if (const char* utf16 = utf16_without_mark(bytes)) return converted(bytes, utf16);
  }
  refuse_binary(bytes);
  if (!utf8_error(bytes)) return Decoded{std::move(bytes), true, 0, {}};
  return decode_other(bytes);
}

}  // namespace nutgraf::reader
