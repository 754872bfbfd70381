#include "nutgraf/date.h"

#include <array>
#include <cstdio>

namespace nutgraf {
namespace {

bool all_digits(std::string_view text) {
  for (const char c : text) {
    if (c < '0' || c > '9') return false;
  }
  return !text.empty();
}

int to_int(std::string_view digits) {
  int value = 0;
  for (const char c : digits) value = value * 10 + (c - '0');
  return value;
}

int days_in_month(int year, int month) {
  constexpr std::array<int, 12> kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[static_cast<std::size_t>(month - 1)];
}

}  // namespace

std::optional<Date> Date::from_ymd(int year, int month, int day) {
  if (year < 1000 || year > 9999 || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month)) return {};
  return from_number(static_cast<std::uint32_t>(year * 10000 + month * 100 + day));
}

std::optional<Date> Date::from_calendar(std::chrono::year_month_day day) {
  return from_ymd(static_cast<int>(day.year()), static_cast<int>(static_cast<unsigned>(day.month())),
                  static_cast<int>(static_cast<unsigned>(day.day())));
}

std::chrono::year_month_day Date::calendar() const {
  return {std::chrono::year{year()}, std::chrono::month{static_cast<unsigned>(month())},
          std::chrono::day{static_cast<unsigned>(day())}};
}

std::optional<Date> Date::from_iso(std::string_view text) {
  if (text.size() < 10 || text[4] != '-' || text[7] != '-') return {};
  if (text.size() > 10 && text[10] >= '0' && text[10] <= '9') return {};
  const auto year = text.substr(0, 4), month = text.substr(5, 2), day = text.substr(8, 2);
  if (!all_digits(year) || !all_digits(month) || !all_digits(day)) return {};
  return from_ymd(to_int(year), to_int(month), to_int(day));
}

std::string Date::iso() const {
  if (!known()) return {};
  std::array<char, 32> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%04d-%02d-%02d", year(), month(), day());
  return buffer.data();
}

std::string_view name_of(DateSource source) {
  switch (source) {
    case DateSource::none: return "none";
    case DateSource::record: return "record";
    case DateSource::front_matter: return "front_matter";
    case DateSource::meta: return "meta";
    case DateSource::text: return "text";
    case DateSource::url: return "url";
    case DateSource::file_name: return "file_name";
  }
  return "none";
}

}  // namespace nutgraf
