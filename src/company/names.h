// Names as lines of text, sorted by bytes: folded pieces with a space between, the company's id, "name" or "other",
// and, of guarded names, how the table writes them. An id has a line of its own: '#' and the id in place of the pieces.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "nutgraf/analyzer.h"

namespace nutgraf {

inline constexpr char kNameFieldEnd = '\x1f';  // below all that a piece may hold: lines sort as their pieces do

/// The pieces among `tokens`, which are what names are made of.
[[nodiscard]] std::vector<const Token*> name_pieces(std::span<const Token> tokens);

/// Surfaces with a space between.
[[nodiscard]] std::string folded(std::span<const Token* const> pieces);

}  // namespace nutgraf
