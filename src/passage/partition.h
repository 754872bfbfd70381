// Partition: which cuts to use, of those that a stretch of text offers. Numbers only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "nutgraf/passage.h"
#include "nutgraf/range.h"

namespace nutgraf {

/// What a cut in front of an atom would cut, dearer ones later.
enum class CutKind : std::uint8_t {
  paragraph,       ///< nothing: a paragraph starts here
  long_paragraph,  ///< a paragraph that is longer than a passage may be, at the end of a sentence
  sentence,        ///< a sentence that is longer than a passage may be
  paragraph_kept,  ///< a paragraph that would fit into a passage
};

/// A stretch of text that is never cut.
struct Atom {
  ByteRange text;
  std::size_t length = 0;  ///< as length_of
  CutKind cut = CutKind::paragraph;
};

/// Where the parts end, as counts of atoms; the last one is atoms.size(). Of all partitions the one whose parts are
/// nearest to the target (by squares) with the fewest dear cuts; a part beyond the limits only where there is no
/// other way. Cost: the number of atoms times the number that fit into a part.
[[nodiscard]] std::vector<std::size_t> partition(const std::vector<Atom>& atoms, const PassageOptions& options);

}  // namespace nutgraf
