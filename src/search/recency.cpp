#include "search/recency.h"

#include <cmath>

namespace nutgraf {

double recency_factor(Date published, Date today, unsigned half_life) {
  if (published >= today) return 1;
  using std::chrono::sys_days;
  const auto age = static_cast<double>((sys_days(today.calendar()) - sys_days(published.calendar())).count());
  return std::exp2(-age / half_life);
}

}  // namespace nutgraf
