#include <chrono>
#include <optional>

#include "nutgraf/query.h"
#include "text/excerpt.h"

namespace nutgraf {
namespace {

constexpr std::string_view kForms = "write 2025, 2025-02, 2025-02-27, 7d.. or a range such as 2025-01..2025-02";

Date from_days(std::chrono::sys_days days) { return Date::from_calendar(days).value_or(Date{}); }

// `number` months before `date`; the last day of the month where the day does not exist there.
Date months_before(Date date, int number) {
  const std::chrono::year_month_day day = date.calendar();
  const std::chrono::year_month_day moved = day - std::chrono::months{number};
  return from_days(moved.ok() ? std::chrono::sys_days{moved}
                              : std::chrono::sys_days{moved.year() / moved.month() / std::chrono::last});
}

// The number that `digits` write; empty unless they are one to four digits.
std::optional<int> number_of(std::string_view digits) {
  if (digits.empty() || digits.size() > 4) return {};
  int value = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return {};
    value = value * 10 + (c - '0');
  }
  return value;
}

// One side of a range: the days that it stands for.
struct Side {
  Date first;
  Date last;
  bool relative = false;
};

std::optional<Side> read_relative(std::string_view text, Date today) {
  if (!today.known()) return {};
  const auto days_ago = [&](int days) {
    const Date date = from_days(std::chrono::sys_days{today.calendar()} - std::chrono::days{days});
    return Side{date, date, days > 1};
  };
  if (text == "today") return days_ago(0);
  if (text == "yesterday") return days_ago(1);
  if (text.size() < 2) return {};
  const auto number = number_of(text.substr(0, text.size() - 1));
  if (!number) return {};
  Date date;
  switch (text.back()) {
    case 'd': date = days_ago(*number).first; break;
    case 'w': date = days_ago(*number * 7).first; break;
    case 'm': date = months_before(today, *number); break;
    case 'y': date = months_before(today, *number * 12); break;
    default: return {};
  }
  return Side{date, date, true};
}

std::optional<Side> read_calendar(std::string_view text) {
  const bool has_month = text.size() >= 7 && text[4] == '-';
  const auto year = number_of(text.substr(0, 4));
  if (!year || (text.size() != 4 && text.size() != 7 && text.size() != 10)) return {};
  if (text.size() == 4) {
    const auto first = Date::from_ymd(*year, 1, 1);
    return first ? std::optional<Side>({*first, *Date::from_ymd(*year, 12, 31), false}) : std::nullopt;
  }
  if (text.size() == 10) {
    const auto day = Date::from_iso(text);
    return day ? std::optional<Side>({*day, *day, false}) : std::nullopt;
  }
  const auto month = has_month ? number_of(text.substr(5, 2)) : std::nullopt;
  const auto first = month ? Date::from_ymd(*year, *month, 1) : std::nullopt;
  if (!first) return {};
  int days = 31;
  while (!Date::from_ymd(*year, *month, days)) --days;
  return Side{*first, *Date::from_ymd(*year, *month, days), false};
}

std::optional<Side> read_side(std::string_view text, Date today) {
  const auto side = read_relative(text, today);
  return side ? side : read_calendar(text);
}

ParsedDateRange problem(std::string message) { return {std::nullopt, std::move(message)}; }

ParsedDateRange unreadable(std::string_view text) {
  return problem(std::string("'").append(excerpt(text)).append("' is no date; ").append(kForms));
}

}  // namespace

ParsedDateRange parse_date_range(std::string_view text, Date today) {
  const std::size_t dots = text.find("..");
  if (dots == text.npos) {
    const auto side = read_side(text, today);
    if (!side || !side->first.known()) return unreadable(text);
    return {DateRange{side->first, side->relative ? Date{} : side->last}, {}};
  }
  const std::string_view left = text.substr(0, dots), right = text.substr(dots + 2);
  if (left.empty() && right.empty()) return problem(std::string("'..' has no date on either side; ").append(kForms));
  DateRange range;
  if (!left.empty()) {
    const auto side = read_side(left, today);
    if (!side || !side->first.known()) return unreadable(left);
    range.since = side->first;
  }
  if (!right.empty()) {
    const auto side = read_side(right, today);
    if (!side || !side->last.known()) return unreadable(right);
    range.until = side->last;
  }
  if (range.since.known() && range.until.known() && range.until < range.since) {
    return problem(std::string("the range '").append(excerpt(text)).append("' ends before it starts"));
  }
  return {range, {}};
}

}  // namespace nutgraf
