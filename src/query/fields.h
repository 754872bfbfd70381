// Looking up the fields of the query language by what was typed.
#pragma once

#include <string_view>

#include "nutgraf/query.h"

namespace nutgraf {

/// The field of that name, in any case; nullptr if there is none.
[[nodiscard]] const QueryField* find_field(std::string_view name);

/// The field that was perhaps meant; nullptr if none is near.
[[nodiscard]] const QueryField* nearest_field(std::string_view name);

}  // namespace nutgraf
