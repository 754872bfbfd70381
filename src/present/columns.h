// Columns: text from anywhere in, lines for a terminal of a given width out: cleaned, measured, wrapped, coloured.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "nutgraf/present.h"

namespace nutgraf::present {

/// What a stretch of text is; its colour follows from that.
enum class Ink : std::uint8_t { plain, title, dim, mark };

/// In text, a space that does not break; printed as a plain one.
inline constexpr std::string_view kHardSpace = "\u00A0";

/// Columns that `text` takes at a terminal: two for wide East Asian characters and emoji, none for combining marks.
[[nodiscard]] std::size_t columns_of(std::string_view text);

/// A paragraph under construction. Everything added is cleaned: white space runs become one space (none between two
/// CJK characters where a line ended), invisible formatting is dropped, control characters become U+FFFD.
class Paragraph {
 public:
  Paragraph& add(std::string_view text, Ink ink = Ink::plain);
  /// Never broken inside, so that ids can be copied.
  Paragraph& add_whole(std::string_view text, Ink ink = Ink::plain);

  [[nodiscard]] bool empty() const noexcept { return text_.empty(); }
  /// All on one line, without colour or marks.
  [[nodiscard]] std::string line() const;
  /// Lines, each ended, at most style.width wide where the text allows it: the first begins with `lead`, the others
  /// with `indent` spaces. Empty for an empty paragraph.
  [[nodiscard]] std::string wrapped(const TextStyle& style, std::string_view lead, std::size_t indent) const;

 private:
  struct Cell;
  struct Canvas;
  void append(std::string_view text, Ink ink, bool whole);
  void put(std::string_view bytes, Ink ink, bool glued);
  void put_space(Ink ink, bool glued);
  [[nodiscard]] std::vector<bool> breaks() const;
  [[nodiscard]] std::vector<Cell> cells(bool stars) const;

  std::string text_;
  std::vector<Ink> inks_;    // by byte of text_
  std::vector<bool> glued_;  // by byte of text_: no line break just before it
  enum class Gap : std::uint8_t { none, hard, soft, line } gap_ = Gap::none;  // white space seen, not yet written
  bool after_wide_ = false;                                                   // the last character written is CJK
};

}  // namespace nutgraf::present
