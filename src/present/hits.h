// Hits: what found passages look like as text, wherever they are listed, and the phrases that go with them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "nutgraf/present.h"
#include "present/columns.h"

namespace nutgraf::present {

/// The two with a space between them at which no line is broken.
[[nodiscard]] std::string hard(std::string_view a, std::string_view b);
/// "1 passage", "1,200 passages"; never broken between number and word.
[[nodiscard]] std::string count(std::uint64_t number, std::string_view noun);
/// Puts " · " between items; the dot stays on the line of the item before it.
void add_item(Paragraph& items, std::string_view item, Ink ink, bool whole = false);
/// "lines 14-16", and "of the text" where these are no lines of the file.
[[nodiscard]] std::string lines_of(LineRange lines, BytesOf bytes_of);
[[nodiscard]] std::string title_of(const ArticleRecord& article);

/// Title, origin, snippet and copies under the rank. `note`: a word that goes before the origin.
[[nodiscard]] std::string hit_text(const Hit& hit, const TextStyle& style, std::string_view note = {});

/// "12 passages in 4 articles · showing 1-10"
[[nodiscard]] Paragraph summary_of(const SearchResponse& response);

}  // namespace nutgraf::present
