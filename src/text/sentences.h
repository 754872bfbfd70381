// Sentences: where they end. The one place that knows, so that passages and snippets agree.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace nutgraf {

/// Offsets just behind each sentence of `text` and the white space after it, ascending; the last one is text.size().
/// Empty for an empty text. A line break alone ends no sentence (text may be wrapped); a blank line and a list item
/// do. Abbreviations ("U.S. officials", "Inc. said", "No. 3") end none. Linear.
void find_sentence_ends(std::string_view text, std::vector<std::size_t>& ends);

}  // namespace nutgraf
