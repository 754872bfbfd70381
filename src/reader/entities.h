// Character references of HTML, as Markdown and loose markup use them.
#pragma once

#include <string>
#include <string_view>

namespace nutgraf::reader {

/// What "&amp;", "&#8217;" or "&#x2019;" means; empty where it is unknown.
[[nodiscard]] std::string decoded_entity(std::string_view entity);

}  // namespace nutgraf::reader
