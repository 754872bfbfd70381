// The lines around an article's text that are not text: dates, bylines, sources, view counts, sign-offs, copyright.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "nutgraf/article.h"
#include "reader/date_spelling.h"

namespace nutgraf::reader {

/// What a line of metadata says; empty where it says nothing.
struct Byline {
  SpelledDate date;
  std::string date_text;
  std::string source;
  std::string author;
};

/// Reads a line that holds metadata and nothing else ("By Jane Doe | Feb. 27, 2025", "来源：新华社", "331 views").
/// False where it holds anything else.
[[nodiscard]] bool read_byline(std::string_view line, Byline& byline);

/// "331": a line of its own that holds a number only.
[[nodiscard]] bool is_bare_count(std::string_view line);
/// "Read more: ...", "Advertisement", "点击阅读原文": left out wherever it stands.
[[nodiscard]] bool is_pointer_elsewhere(std::string_view line);
/// "Reuter", "(Editing by ...)", "责任编辑：...", "All rights reserved": left out at the end of a text.
[[nodiscard]] bool is_sign_off(std::string_view line);

/// "Related stories", "Comments", "More from <source>": a heading behind which a page goes on with other things.
[[nodiscard]] bool is_after_article(std::string_view heading, std::string_view source);

/// Size of the "NEW YORK, Jan 27 - " that a paragraph of wire copy starts with; 0 where there is none.
[[nodiscard]] std::size_t dateline_size(std::string_view paragraph);
/// "BEIJING, Feb 27 (Xinhua) --" at the start of a paragraph: what it says; the line stays text.
[[nodiscard]] Byline read_dateline(std::string_view paragraph);

/// Goes through an article's units (lines of plain text, blocks of markup) from both ends, takes the metadata that is
/// not known yet and says which units are no text.
[[nodiscard]] std::vector<bool> take_metadata_lines(Article& article, const std::vector<ByteRange>& units);

/// Sets the article's date where none is known.
void offer_date(Article& article, const SpelledDate& date, std::string_view spelling, DateSource source);

}  // namespace nutgraf::reader
