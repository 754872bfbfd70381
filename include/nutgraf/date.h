// A calendar day of publication and where it was found.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace nutgraf {

/// A day of the proleptic Gregorian calendar, years 1000 to 9999; default constructed: no date.
class Date {
 public:
  constexpr Date() = default;

  /// Empty unless the three numbers name a day that exists.
  [[nodiscard]] static std::optional<Date> from_ymd(int year, int month, int day);
  /// Likewise: to count days with.
  [[nodiscard]] static std::optional<Date> from_calendar(std::chrono::year_month_day day);
  /// Reads "2025-02-27" or the first ten characters of an ISO 8601 time ("2025-02-27T08:00:00Z").
  [[nodiscard]] static std::optional<Date> from_iso(std::string_view text);
  /// The inverse of number(); 0 gives no date.
  [[nodiscard]] static constexpr Date from_number(std::uint32_t yyyymmdd) {
    Date date;
    date.yyyymmdd_ = yyyymmdd;
    return date;
  }

  [[nodiscard]] constexpr bool known() const noexcept { return yyyymmdd_ != 0; }
  /// 20250227 for 2025-02-27, 0 for no date: sorts as dates do.
  [[nodiscard]] constexpr std::uint32_t number() const noexcept { return yyyymmdd_; }
  [[nodiscard]] int year() const noexcept { return static_cast<int>(yyyymmdd_ / 10000); }
  [[nodiscard]] int month() const noexcept { return static_cast<int>(yyyymmdd_ / 100 % 100); }
  [[nodiscard]] int day() const noexcept { return static_cast<int>(yyyymmdd_ % 100); }
  /// Of a known date; the inverse of from_calendar().
  [[nodiscard]] std::chrono::year_month_day calendar() const;
  /// "2025-02-27", or "" for no date.
  [[nodiscard]] std::string iso() const;

  friend constexpr auto operator<=>(const Date&, const Date&) = default;

 private:
  std::uint32_t yyyymmdd_ = 0;
};

/// Where a publication date was found, best source first. The values are stored in indexes: do not renumber.
enum class DateSource : std::uint8_t {
  none = 0,
  record = 1,
  front_matter = 2,
  meta = 3,
  text = 4,
  url = 5,
  file_name = 6
};

/// "record", "front_matter", ... as printed in JSON; "none" where there is no date.
[[nodiscard]] std::string_view name_of(DateSource source);

}  // namespace nutgraf
