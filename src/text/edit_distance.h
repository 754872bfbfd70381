// How far two short names are apart, for "did you mean".
#pragma once

#include <cstddef>
#include <string_view>

namespace nutgraf {

/// Insertions, deletions and replacements of bytes that lead from `a` to `b`; a swap of neighbours counts as one, too.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);

}  // namespace nutgraf
