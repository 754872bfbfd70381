// Recency: what age takes off a score.
#pragma once

#include "nutgraf/date.h"

namespace nutgraf {

/// 2^(-age / half_life), age in days before `today`: of today and later 1. An exponential in the age of a document as
/// in Li and Croft, "Time-Based Language Models" (CIKM 2003), there a prior. `published` is known, `half_life` > 0.
[[nodiscard]] double recency_factor(Date published, Date today, unsigned half_life);

}  // namespace nutgraf
