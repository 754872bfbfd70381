// The metadata that stands before a Markdown article, in YAML ("---") or TOML ("+++").
#pragma once

#include <cstddef>
#include <string_view>

#include "nutgraf/article.h"

namespace nutgraf::reader {

/// Reads it into the article and returns its size with both fences; 0 where there is none. What a parser does not take
/// is read line by line, and a notice says so.
[[nodiscard]] std::size_t take_front_matter(Article& article, std::string_view text);

}  // namespace nutgraf::reader
