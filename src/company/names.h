// Names as lines of text, sorted by bytes: folded pieces with a space between, the company's id, what kind of name it
// is, and, of guarded names with letters of two cases, how the table writes them. An id has a line of its own: '#' and
// the id in place of the pieces.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "nutgraf/analyzer.h"

namespace nutgraf {

inline constexpr char kNameFieldEnd = '\x1f';  // below all that a piece may hold: lines sort as their pieces do

// Kinds of lines.
inline constexpr std::string_view kNameLine = "name";
inline constexpr std::string_view kShortLine = "short";
inline constexpr std::string_view kTickerLine = "ticker";
inline constexpr std::string_view kProductLine = "product";
inline constexpr std::string_view kExcludedLine = "not";
inline constexpr std::string_view kIdLine = "id";

/// The pieces among `tokens`, which are what names are made of.
[[nodiscard]] std::vector<const Token*> name_pieces(std::span<const Token> tokens);

/// Surfaces with a space between.
[[nodiscard]] std::string folded(std::span<const Token* const> pieces);

/// Whether two neighbouring pieces of a name are written as neighbours, `gap` being what stands between them: "Hugging
/// Face", "Moon's Dark Side", "DALL·E", but not "X - AI".
[[nodiscard]] bool is_joint(std::string_view gap);

}  // namespace nutgraf
