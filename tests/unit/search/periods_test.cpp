// Periods: what day is of which week, month and year.
#include "search/periods.h"

#include <doctest/doctest.h>

using namespace nutgraf;

namespace {

Date day(const char* iso) { return *Date::from_iso(iso); }

std::string span(const char* iso, Period period) {
  const DateRange days = days_of(day(iso), period);
  return days.since.iso() + ".." + days.until.iso();
}

}  // namespace

TEST_CASE("periods: a day has the label of its period") {
  CHECK(label_of(day("2025-02-27"), Period::day) == "2025-02-27");
  CHECK(label_of(day("2025-02-27"), Period::week) == "2025-W09");
  CHECK(label_of(day("2025-02-27"), Period::month) == "2025-02");
  CHECK(label_of(day("2025-02-27"), Period::year) == "2025");
  // ISO 8601: the first and the last days of a year may be of a week of another year.
  CHECK(label_of(day("2024-12-30"), Period::week) == "2025-W01");
  CHECK(label_of(day("2021-01-03"), Period::week) == "2020-W53");
  CHECK(label_of(day("1000-01-01"), Period::week) == "1000-W01");
}

TEST_CASE("periods: the days of a period are told, as far as there are dates") {
  CHECK(span("2024-02-29", Period::day) == "2024-02-29..2024-02-29");
  CHECK(span("2025-02-27", Period::week) == "2025-02-24..2025-03-02");
  CHECK(span("2025-03-02", Period::week) == "2025-02-24..2025-03-02");
  CHECK(span("2024-02-29", Period::month) == "2024-02-01..2024-02-29");
  CHECK(span("1900-02-01", Period::month) == "1900-02-01..1900-02-28");
  CHECK(span("2025-02-27", Period::year) == "2025-01-01..2025-12-31");
  CHECK(span("1000-01-01", Period::week) == "1000-01-01..1000-01-05");
  CHECK(span("9999-12-31", Period::week) == "9999-12-27..9999-12-31");
  CHECK(span("9999-12-31", Period::month) == "9999-12-01..9999-12-31");
}

TEST_CASE("periods: after the last day there is none") {
  CHECK(next_day(day("2024-02-28")) == day("2024-02-29"));
  CHECK(next_day(day("2024-12-31")) == day("2025-01-01"));
  CHECK_FALSE(next_day(day("9999-12-31")).known());
}

TEST_CASE("periods: each has a name") {
  for (const Period period : {Period::day, Period::week, Period::month, Period::year})
    CHECK(period_called(name_of(period)) == period);
  CHECK_FALSE(period_called("decade"));
}
