// Takes metadata from the lines around an article's text, and says which of them are no text.
#pragma once

#include <string_view>
#include <vector>

#include "nutgraf/article.h"
#include "reader/byline.h"

namespace nutgraf::reader {

/// Goes through an article's units (lines of plain text, blocks of markup) from both ends, takes the metadata that is
/// not known yet and says which units are no text.
[[nodiscard]] std::vector<bool> take_metadata_lines(Article& article, const std::vector<ByteRange>& units);

/// Where a text begins anew (it was pasted twice), its head stands in the middle, and so may its foot: says which of
/// the units that are kept are lines of them. `left_out`: the lines around the text.
[[nodiscard]] std::vector<bool> repeated_surroundings(const Article& article, const std::vector<ByteRange>& kept,
                                                      const std::vector<std::string_view>& left_out);

/// Size of the "NEW YORK, Jan 27 - " that a paragraph of wire copy starts with; 0 where there is none. It stays text.
[[nodiscard]] std::size_t dateline_size(std::string_view paragraph);

/// Sets the article's date where none is known.
void offer_date(Article& article, const SpelledDate& date, std::string_view spelling, DateSource source);

}  // namespace nutgraf::reader
