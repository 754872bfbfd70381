#include "search/date_terms.h"

#include "index/terms.h"

namespace nutgraf {
namespace {

Date day_after(Date date) {
  if (const auto next = Date::from_ymd(date.year(), date.month(), date.day() + 1)) return *next;
  if (const auto next = Date::from_ymd(date.year(), date.month() + 1, 1)) return *next;
  return Date::from_ymd(date.year() + 1, 1, 1).value_or(Date());
}

Date last_of_month(int year, int month) {
  for (int day = 31;; --day) {
    if (const auto date = Date::from_ymd(year, month, day)) return *date;
  }
}

}  // namespace

std::vector<std::string> date_terms(Date since, Date until) {
  std::vector<std::string> terms;
  for (Date day = since; day.known() && day <= until;) {
    const Date year_end = last_of_month(day.year(), 12);
    const Date month_end = last_of_month(day.year(), day.month());
    if (day.day() == 1 && day.month() == 1 && year_end <= until) {
      terms.push_back(year_term(day));
      day = day_after(year_end);
    } else if (day.day() == 1 && month_end <= until) {
      terms.push_back(month_term(day));
      day = day_after(month_end);
    } else {
      terms.push_back(day_term(day));
      day = day_after(day);
    }
  }
  return terms;
}

}  // namespace nutgraf
