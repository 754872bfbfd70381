// The many ways in which newspapers, feeds and file names spell a day.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "nutgraf/date.h"
#include "nutgraf/range.h"

namespace nutgraf::reader {

struct SpelledDate {
  Date date;
  ByteRange at;            ///< the spelling, with the time of day that follows it
  bool ambiguous = false;  ///< "02/03/2025": read month first, but day first is possible as well
};

/// A date with a year whose spelling begins at `at`.
[[nodiscard]] std::optional<SpelledDate> date_at(std::string_view text, std::size_t at);
/// The first date in a short text.
[[nodiscard]] std::optional<SpelledDate> first_date(std::string_view text);
/// A date field's string: any spelling at its start, ISO 8601, RFC 2822, "20250227", Unix seconds or milliseconds.
[[nodiscard]] std::optional<SpelledDate> date_of_value(std::string_view value);
/// Unix seconds or milliseconds, or yyyymmdd.
[[nodiscard]] std::optional<Date> date_of_number(std::int64_t number);
/// The last date in a url or path: "/2025/02/27/", "2025-02-27", "20250227".
[[nodiscard]] std::optional<Date> date_in_path(std::string_view path);
/// Offset behind a weekday's name and the comma or space after it; `at` where there is none.
[[nodiscard]] std::size_t skip_weekday(std::string_view text, std::size_t at);
/// Offset behind a month's name and its full stop; sets `month`.
[[nodiscard]] std::size_t skip_month(std::string_view text, std::size_t at, int& month);

}  // namespace nutgraf::reader
