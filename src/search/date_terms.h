// A range of days as the fewest year, month and day terms that cover it.
#pragma once

#include <string>
#include <vector>

#include "nutgraf/date.h"

namespace nutgraf {

/// Terms of since..until, both included and known; empty where the range is empty.
[[nodiscard]] std::vector<std::string> date_terms(Date since, Date until);

}  // namespace nutgraf
