// Xapian's exceptions as ours: one table of what a user can do about each.
#pragma once

#include <xapian.h>

#include <utility>

#include "nutgraf/error.h"

namespace nutgraf {

[[nodiscard]] Error to_error(const Xapian::Error& error);

/// Runs `action`; a Xapian::Error leaves it as an Error.
template <typename Action>
decltype(auto) translating(Action&& action) {
  try {
    return std::forward<Action>(action)();
  } catch (const Xapian::Error& error) {
    throw to_error(error);
  }
}

}  // namespace nutgraf
