#include "search/recency.h"

#include <chrono>
#include <cmath>

namespace nutgraf {
namespace {

std::chrono::sys_days day_of(Date date) {
  return std::chrono::year_month_day(std::chrono::year(date.year()),
                                     std::chrono::month(static_cast<unsigned>(date.month())),
                                     std::chrono::day(static_cast<unsigned>(date.day())));
}

}  // namespace

double recency_factor(Date published, Date today, unsigned half_life) {
  if (published >= today) return 1;
  const auto age = static_cast<double>((day_of(today) - day_of(published)).count());
  return std::exp2(-age / half_life);
}

}  // namespace nutgraf
