// The manual page, nutgraf(1).
#pragma once

#include <string>
#include <string_view>

#include "cli/reference.h"

namespace nutgraf::cli {

/// In roff with the macros of man(7); groff and mandoc have no complaint about it.
[[nodiscard]] std::string man_page(const Reference& reference);

/// Plain text as roff: shown as it is and copied out of a terminal unchanged, wherever on a line it stands.
[[nodiscard]] std::string roff(std::string_view text);

}  // namespace nutgraf::cli
