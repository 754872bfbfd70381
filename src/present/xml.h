// XML: text from anywhere as what may stand in an element or an attribute.
#pragma once

#include <string>
#include <string_view>

namespace nutgraf::present {

/// `text` on one line, cleaned as for a terminal, with & < > " escaped and what XML cannot hold replaced.
[[nodiscard]] std::string xml_escaped(std::string_view text);

}  // namespace nutgraf::present
