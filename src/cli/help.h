// The help page of the program or of a command.
#pragma once

#include <cstddef>
#include <string>

#include "cli/reference.h"

namespace nutgraf::cli {

/// Lines hold at most `width` columns, unless a single word is longer.
[[nodiscard]] std::string help_page(const Reference& reference, std::size_t width);
[[nodiscard]] std::string help_page(const CommandReference& command, std::size_t width);
/// The query language.
[[nodiscard]] std::string language_page(std::size_t width);

}  // namespace nutgraf::cli
