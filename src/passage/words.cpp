#include "passage/words.h"

#include <array>
#include <cstdint>

#include "text/utf8.h"

namespace nutgraf {
namespace {

constexpr std::size_t kLongestRun = 32;

enum class Kind : std::uint8_t { gap, letter, cjk, dense };

constexpr Kind kind_of(char32_t c) {
  if (c < 0x80)
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ? Kind::letter : Kind::gap;
  if (c < 0xC0) return c == 0xAA || c == 0xB5 || c == 0xBA ? Kind::letter : Kind::gap;
  if (is_cjk(c)) return Kind::cjk;
  if ((c >= 0x0E00 && c <= 0x0EFF) || (c >= 0x1000 && c <= 0x109F) || (c >= 0x1780 && c <= 0x17FF)) return Kind::dense;
  if ((c >= 0x2000 && c <= 0x206F) || (c >= 0x2190 && c <= 0x2BFF)) return Kind::gap;  // punctuation and symbols
  if ((c >= 0x3000 && c <= 0x303F) || (c >= 0xFE30 && c <= 0xFE4F)) return Kind::gap;  // CJK punctuation
  if ((c >= 0xFF00 && c <= 0xFF0F) || (c >= 0xFF1A && c <= 0xFF20)) return Kind::gap;  // full-width punctuation
  if ((c >= 0x1F000 && c <= 0x1FAFF) || c == 0xFEFF || c == 0xFFFD || is_space(c)) return Kind::gap;
  return Kind::letter;
}

// All bits set for letters and digits.
constexpr std::array<std::size_t, 128> masks_of_ascii() {
  std::array<std::size_t, 128> masks{};
  for (std::size_t c = 0; c < masks.size(); ++c) {
    if (kind_of(static_cast<char32_t>(c)) == Kind::letter) masks[c] = ~std::size_t{0};
  }
  return masks;
}
constexpr std::array<std::size_t, 128> kLetterMasks = masks_of_ascii();

// Walks a text code point by code point and keeps its length so far.
class Counter {
 public:
  [[nodiscard]] std::size_t length() const { return length_; }

  // Whether a word (or a CJK character) starts with `kind`.
  [[nodiscard]] bool starts(Kind kind) const {
    return kind == Kind::cjk || kind == Kind::dense || (kind == Kind::letter && run_ == 0);
  }

  void add(Kind kind, std::size_t bytes) {
    switch (kind) {
      case Kind::gap: run_ = 0; return;
      case Kind::cjk:
        run_ = 0;
        length_ += kCjkCharacter;
        return;
      case Kind::dense:
        run_ = 0;
        length_ += 1;
        return;
      case Kind::letter:
        if (run_ == 0 || run_ >= kLongestRun) {
          length_ += kWord;
          run_ = 0;
        }
        run_ += bytes;
        return;
    }
  }

 private:
  std::size_t length_ = 0;
  std::size_t run_ = 0;  // bytes of the run of letters so far
};

// The same for ASCII, without branches: a word begins with the first letter of a run, and with the 33rd.
std::size_t length_of_ascii(std::string_view text) {
  std::size_t words = 0, run = 0;
  for (const char c : text) {
    run = (run + 1) & kLetterMasks[static_cast<unsigned char>(c)];
    words += run % kLongestRun == 1 ? 1 : 0;
  }
  return words * kWord;
}

}  // namespace

std::size_t length_of(std::string_view text) {
  if (skip_ascii(text, 0) == text.size()) return length_of_ascii(text);
  Counter counter;
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x80) {
      counter.add(kLetterMasks[byte] != 0 ? Kind::letter : Kind::gap, 1);
      ++i;
      continue;
    }
    const CodePoint c = code_point_at(text, i);
    counter.add(kind_of(c.value), c.size);
    i += c.size;
  }
  return counter.length();
}

std::size_t cut_after(std::string_view text, std::size_t begin, std::size_t length) {
  constexpr std::size_t kPatience = 8 * kWord;  // how much longer to wait for the end of a run of letters
  constexpr std::size_t kOpening = 8;           // bytes of brackets and quotes that go with the word behind them
  Counter counter;
  std::size_t after_space = begin;
  for (std::size_t i = begin; i < text.size();) {
    const CodePoint c = code_point_at(text, i);
    const Kind kind = kind_of(c.value);
    const std::size_t so_far = counter.length();
    if (i > begin && ((so_far >= length && counter.starts(kind)) || so_far >= length + kPatience)) {
      return after_space > begin && i - after_space <= kOpening ? after_space : i;
    }
    counter.add(kind, c.size);
    i += c.size;
    if (is_space(c.value)) after_space = i;
  }
  return text.size();
}

}  // namespace nutgraf
