#include "search/periods.h"

#include <algorithm>
#include <array>
#include <chrono>

namespace nutgraf {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr std::array kPeriods{Period::day, Period::week, Period::month, Period::year};

// The nearest day that a Date can say: weeks at both ends of its years begin or end outside of them.
Date nearest_date(sys_days when) {
  static const sys_days kFirst = Date::from_ymd(1000, 1, 1)->calendar();
  static const sys_days kLast = Date::from_ymd(9999, 12, 31)->calendar();
  return *Date::from_calendar(std::clamp(when, kFirst, kLast));
}

sys_days monday_of(Date day) {
  const sys_days when = day.calendar();
  return when - days(std::chrono::weekday(when).iso_encoding() - 1);
}

std::string week_of(Date day) {
  const sys_days thursday = monday_of(day) + days(3);
  const std::chrono::year year = year_month_day(thursday).year();
  const auto week = (thursday - sys_days(year / std::chrono::January / 1)).count() / 7 + 1;
  // The year as dates write it, with four digits.
  return std::to_string(10000 + static_cast<int>(year)).substr(1) + (week < 10 ? "-W0" : "-W") + std::to_string(week);
}

}  // namespace

std::string label_of(Date day, Period period) {
  switch (period) {
    case Period::day: return day.iso();
    case Period::week: return week_of(day);
    case Period::month: return day.iso().substr(0, 7);
    case Period::year: return day.iso().substr(0, 4);
  }
  return {};
}

DateRange days_of(Date day, Period period) {
  const std::chrono::year_month month(std::chrono::year(day.year()),
                                      std::chrono::month(static_cast<unsigned>(day.month())));
  switch (period) {
    case Period::day: break;
    case Period::week: return {nearest_date(monday_of(day)), nearest_date(monday_of(day) + days(6))};
    case Period::month: return {nearest_date(month / 1), nearest_date(month / std::chrono::last)};
    case Period::year: return {*Date::from_ymd(day.year(), 1, 1), *Date::from_ymd(day.year(), 12, 31)};
  }
  return {day, day};
}

Date next_day(Date day) {
  const Date next = nearest_date(sys_days(day.calendar()) + days(1));
  return next == day ? Date() : next;
}

std::optional<Period> period_called(std::string_view name) {
  for (const Period period : kPeriods) {
    if (name_of(period) == name) return period;
  }
  return {};
}

}  // namespace nutgraf
