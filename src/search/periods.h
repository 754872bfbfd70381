// Periods: the days, weeks, months and years that days are counted by.
#pragma once

#include <string>

#include "nutgraf/timeline.h"

namespace nutgraf {

/// What a day is counted under: "2025-02-27", "2025-W09" (ISO 8601: the week of a day is that of its Thursday),
/// "2025-02", "2025".
[[nodiscard]] std::string label_of(Date day, Period period);

/// The first and the last day of the period that `day` is of, as far as a Date can say them.
[[nodiscard]] DateRange days_of(Date day, Period period);

/// The day after; unknown where a Date cannot say it.
[[nodiscard]] Date next_day(Date day);

}  // namespace nutgraf
