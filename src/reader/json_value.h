// The JSON text of a record as a value.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string_view>

namespace nutgraf::reader {

/// The value that `text` spells; where it is an object, without some of the members that name no field. A surrogate
/// without its other half is read as U+FFFD. Throws Unreadable; `line` and `column` say where the text starts in its
/// file.
[[nodiscard]] nlohmann::json parse_json(std::string_view text, std::size_t line, std::size_t column);

}  // namespace nutgraf::reader
