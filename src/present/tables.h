// Tables: rows of cells as aligned lines. Cells are cleaned; the width of CJK characters counts.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "nutgraf/search.h"

namespace nutgraf::present {

/// Each line ended and begun with `indent` spaces. The first column is aligned left, the others right.
[[nodiscard]] std::string aligned(const std::vector<std::vector<std::string>>& rows, std::size_t indent);

/// What made a score, one word a line.
[[nodiscard]] std::string explanation_text(const Explanation& explanation, std::size_t indent);
/// A table for each facet; none where there are no values.
[[nodiscard]] std::string facets_text(const std::vector<Facet>& facets);

}  // namespace nutgraf::present
