// Repeats: where a text says again what it said before, and so where it must be cut for both to be cut alike.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace nutgraf {

/// A block as seen by find_repeats.
struct RepeatBlock {
  std::string_view text;
  std::size_t length = 0;   ///< as length_of
  bool cut_before = false;  ///< a passage starts here anyway (heading, boilerplate)
};

/// For each block whether a passage must start there, since a run of blocks that is said twice (or more often) starts
/// or ends there, or since it is cut at the same place in another copy. A run is two or more blocks of together at
/// least `pair_length`, or one of `single_length`; less is a catch phrase and cuts nothing. Copies do not overlap.
/// Near linear in the number of blocks.
[[nodiscard]] std::vector<bool> find_repeats(const std::vector<RepeatBlock>& blocks, std::size_t pair_length,
                                             std::size_t single_length);

}  // namespace nutgraf
