// Dump: JSON values as bytes, always the same ones, and safe to look at in a terminal.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "nutgraf/range.h"

namespace nutgraf::present {

using Json = nlohmann::ordered_json;

/// One line. File names need not be UTF-8: what is not becomes U+FFFD, and nothing throws.
[[nodiscard]] std::string compact(const Json& value);
/// Indented by `indent` spaces a level, lists of numbers on one line; 0: one line.
[[nodiscard]] std::string dump(const Json& value, int indent);

[[nodiscard]] inline Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }
[[nodiscard]] inline Json range(ByteRange bytes) { return Json::array({bytes.begin, bytes.end}); }

}  // namespace nutgraf::present
