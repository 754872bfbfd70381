#include "present/columns.h"

#include <unicode/brkiter.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "text/utf8.h"

namespace nutgraf::present {
namespace {

constexpr std::string_view kReplacement = "\uFFFD";

int property(char32_t c, UProperty which) { return u_getIntPropertyValue(static_cast<UChar32>(c), which); }

bool is_wide(char32_t c) {
  const int width = property(c, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH;
}

/// CJK as far as white space goes: Korean is wide too, but puts spaces between words.
bool is_spaceless(char32_t c) { return is_wide(c) && property(c, UCHAR_HANGUL_SYLLABLE_TYPE) == U_HST_NOT_APPLICABLE; }

std::size_t width_of(char32_t c) {
  const auto category = u_charType(static_cast<UChar32>(c));
  if (category == U_NON_SPACING_MARK || category == U_ENCLOSING_MARK || category == U_FORMAT_CHAR) return 0;
  const int hangul = property(c, UCHAR_HANGUL_SYLLABLE_TYPE);
  if (hangul == U_HST_VOWEL_JAMO || hangul == U_HST_TRAILING_JAMO) return 0;
  return is_wide(c) ? 2 : 1;
}

/// Characters that would change how a terminal shows its neighbours, or that show nothing: soft hyphen, zero width
/// space, byte order mark, bidirectional embeddings, overrides and isolates.
bool is_dropped(char32_t c) {
  return c == 0xAD || c == 0x200B || c == 0xFEFF || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

bool is_hard_space(char32_t c) { return c == 0xA0 || c == 0x2007 || c == 0x202F; }

bool is_line_end(char32_t c) { return c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029; }

bool is_control(char32_t c) { return c < 0x20 || (c >= 0x7F && c < 0xA0); }

/// ICU's rules (UAX #14), which also know that no line begins with a closing quote or a CJK full stop. Made once a
/// thread, since making one loads tables.
icu::BreakIterator* line_breaker() {
  thread_local const std::unique_ptr<icu::BreakIterator> kBreaker = [] {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::BreakIterator> made(icu::BreakIterator::createLineInstance(icu::Locale::getRoot(), status));
    if (U_FAILURE(status) != 0) made.reset();
    return made;
  }();
  return kBreaker.get();
}

std::string_view ansi(Ink ink) {
  switch (ink) {
    case Ink::plain: return "\x1b[0m";
    case Ink::title: return "\x1b[1m";
    case Ink::dim: return "\x1b[2m";
    case Ink::mark: return "\x1b[1;31m";  // as grep shows its matches
  }
  return "";
}

}  // namespace

std::size_t columns_of(std::string_view text) {
  std::size_t columns = 0;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = code_point_at(text, at);
    columns += width_of(c.value);
    at += c.size;
  }
  return columns;
}

/// A character with the marks that combine with it.
struct Paragraph::Cell {
  std::string bytes;
  std::size_t width = 0;
  Ink ink = Ink::plain;
  bool breaks_before = false;
  bool space = false;
};

// ---- building ----

Paragraph& Paragraph::add(std::string_view text, Ink ink) {
  append(text, ink, false);
  return *this;
}

Paragraph& Paragraph::add_whole(std::string_view text, Ink ink) {
  append(text, ink, true);
  return *this;
}

void Paragraph::append(std::string_view text, Ink ink, bool whole) {
  bool inside = false;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = code_point_at(text, at);
    const std::string_view bytes = text.substr(at, c.size);
    at += c.size;
    if (is_dropped(c.value)) continue;
    if (is_space(c.value)) {
      const Gap seen = is_hard_space(c.value) ? Gap::hard : is_line_end(c.value) ? Gap::line : Gap::soft;
      // A hard space that stands with other white space is only white space.
      gap_ = gap_ == Gap::none ? seen : std::max({gap_, seen, Gap::soft});
      continue;
    }
    const bool bad = !c.valid || is_control(c.value);
    const bool spaceless = !bad && is_spaceless(c.value);
    if (gap_ != Gap::none && !text_.empty() && !(gap_ == Gap::line && after_wide_ && spaceless)) {
      put_space(ink, whole && inside);
    }
    gap_ = Gap::none;
    put(bad ? kReplacement : bytes, ink, whole && inside);
    after_wide_ = spaceless;
    inside = true;
  }
}

void Paragraph::put(std::string_view bytes, Ink ink, bool glued) {
  text_ += bytes;
  inks_.resize(text_.size(), ink);
  glued_.resize(text_.size() - bytes.size() + 1, glued);
  glued_.resize(text_.size(), true);
}

void Paragraph::put_space(Ink ink, bool glued) {
  // Between two matches the space is part of one longer match: "*DeepSeek R1*", not "*DeepSeek* *R1*".
  const Ink shared = inks_.back() == ink ? ink : Ink::plain;
  put(gap_ == Gap::hard || glued ? kHardSpace : " ", shared, glued);
}

std::string Paragraph::line() const {
  std::string result;
  for (const Cell& cell : cells(false)) result += cell.bytes;
  return result;
}

// ---- wrapping ----

/// By byte of text_: whether a line may begin there.
std::vector<bool> Paragraph::breaks() const {
  std::vector<bool> result(text_.size() + 1, false);
  UErrorCode status = U_ZERO_ERROR;
  UText* const utext = utext_openUTF8(nullptr, text_.data(), static_cast<std::int64_t>(text_.size()), &status);
  if (icu::BreakIterator* const breaker = line_breaker(); breaker != nullptr && U_SUCCESS(status) != 0) {
    breaker->setText(utext, status);
    for (auto at = breaker->first(); at != icu::BreakIterator::DONE; at = breaker->next()) {
      result[static_cast<std::size_t>(at)] = true;
    }
  } else {
    for (std::size_t at = 1; at < text_.size(); ++at) result[at] = text_[at - 1] == ' ';
  }
  utext_close(utext);
  for (std::size_t at = 0; at < text_.size(); ++at) result[at] = result[at] && !glued_[at];
  return result;
}

std::vector<Paragraph::Cell> Paragraph::cells(bool stars) const {
  const std::vector<bool> breakable = breaks();
  std::vector<Cell> result;
  for (std::size_t at = 0; at < text_.size();) {
    const std::size_t begin = at;
    const CodePoint c = code_point_at(text_, at);
    const std::string_view bytes = std::string_view(text_).substr(at, c.size);
    const std::size_t width = width_of(c.value);
    at += c.size;
    const bool hard = bytes == kHardSpace;
    if (width == 0 && !result.empty()) {
      result.back().bytes += bytes;
      continue;
    }
    result.push_back({hard ? " " : std::string(bytes), width, inks_[begin], breakable[begin], bytes == " "});
  }
  if (!stars) return result;
  // The asterisks join the characters they stand at, after breaks were found: none is left alone at a line's end.
  for (std::size_t i = 0; i < result.size(); ++i) {
    if (result[i].ink != Ink::mark) continue;
    if (i == 0 || result[i - 1].ink != Ink::mark) result[i].bytes.insert(0, 1, '*'), ++result[i].width;
    if (i + 1 == result.size() || result[i + 1].ink != Ink::mark) result[i].bytes += "*", ++result[i].width;
  }
  return result;
}

/// Lines being written: knows the column, and which ink the terminal is in.
struct Paragraph::Canvas {
  std::string out;
  bool colour;
  std::size_t column;
  Ink ink = Ink::plain;

  void write(const Cell& cell) {
    if (colour && cell.ink != ink) {
      if (ink != Ink::plain) out += ansi(Ink::plain);
      if (cell.ink != Ink::plain) out += ansi(cell.ink);
    }
    ink = cell.ink;
    out += cell.bytes;
    column += cell.width;
  }
  /// No colour runs over a line's end: pagers and `head` show lines alone.
  void end_line() {
    if (colour && ink != Ink::plain) out += ansi(Ink::plain);
    ink = Ink::plain;
    out += '\n';
  }
};

std::string Paragraph::wrapped(const TextStyle& style, std::string_view lead, std::size_t indent) const {
  if (empty()) return {};
  const std::vector<Cell> all = cells(!style.colour);
  Canvas canvas{std::string(lead), style.colour, columns_of(lead)};
  bool line_has_text = false;
  for (std::size_t begin = 0; begin < all.size();) {
    // A chunk has no break inside; the spaces at its end do not count where a line ends.
    std::size_t end = begin + 1;
    while (end < all.size() && !all[end].breaks_before) ++end;
    std::size_t text_end = end;
    while (text_end > begin && all[text_end - 1].space) --text_end;
    std::size_t width = 0;
    for (std::size_t i = begin; i < text_end; ++i) width += all[i].width;
    // Spaces of the chunk before this one, held back until it is known that the line goes on.
    std::size_t held = begin;
    while (held > 0 && all[held - 1].space) --held;
    if (line_has_text && canvas.column + (begin - held) + width > style.width) {
      canvas.end_line();
      canvas.out.append(indent, ' ');
      canvas.column = indent;
      line_has_text = false;
    }
    if (line_has_text) {
      for (std::size_t i = held; i < begin; ++i) canvas.write(all[i]);
    }
    for (std::size_t i = begin; i < text_end; ++i) canvas.write(all[i]);
    line_has_text = line_has_text || text_end > begin;
    begin = end;
  }
  canvas.end_line();
  return std::move(canvas.out);
}

}  // namespace nutgraf::present

namespace nutgraf {

std::string printable(std::string_view text) { return present::Paragraph().add(text).line(); }

}  // namespace nutgraf
