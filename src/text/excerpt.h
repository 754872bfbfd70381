// Excerpt: what somebody typed, short enough for a message that quotes it.
#pragma once

#include <string>

#include "text/utf8.h"

namespace nutgraf {

/// `text`, or where it has more than `longest` bytes its beginning (whole characters) and "…".
[[nodiscard]] inline std::string excerpt(std::string_view text, std::size_t longest = 60) {
  if (text.size() <= longest) return std::string(text);
  return std::string(text.substr(0, code_point_start(text, longest))).append("…");
}

/// The same in double quotes.
[[nodiscard]] inline std::string quoted_excerpt(std::string_view text, std::size_t longest = 60) {
  return "\"" + excerpt(text, longest) + "\"";
}

}  // namespace nutgraf
