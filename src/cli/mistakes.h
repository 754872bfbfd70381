// What is wrong with a command line that could not be parsed, in the words of whoever typed it.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "cli/reference.h"

namespace nutgraf::cli {

struct Mistake {
  std::string message;
  std::string hint;
};

/// The first mistake in `arguments` (without the program's name); nothing where only the parser knows, as of a value
/// that has a check of its own. `reference` should be of Scope::all.
[[nodiscard]] std::optional<Mistake> find_mistake(const Reference& reference, std::span<const std::string> arguments);

}  // namespace nutgraf::cli
