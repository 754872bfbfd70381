// What a shell needs to complete our command lines.
#pragma once

#include <string>

#include "cli/reference.h"

namespace nutgraf::cli {

/// Scripts for each shell's folder of completions. They hold all names, so that completing starts no program; only
/// words of a query are asked for, where there is a command `suggest`.
[[nodiscard]] std::string bash_completion(const Reference& reference);
[[nodiscard]] std::string zsh_completion(const Reference& reference);
[[nodiscard]] std::string fish_completion(const Reference& reference);

}  // namespace nutgraf::cli
