// Completing: the most frequent words of several lists that begin as typed. The blocks of the largest list are read by
// how often their words occur at most, until no other block can have one as frequent as those that are wanted.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "index/vocabulary.h"
#include "nutgraf/spelling.h"

namespace nutgraf::spelling {

/// Counts of a word add up over the lists; `extra` is like a block. Most frequent first, ties in byte order. None where
/// a block is damaged that is needed.
[[nodiscard]] std::vector<Completion> complete(std::string_view typed, std::span<const Vocabulary> vocabularies,
                                               std::string_view extra, std::size_t limit,
                                               const Speller::Findable& findable);

}  // namespace nutgraf::spelling
