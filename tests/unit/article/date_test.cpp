#include "nutgraf/date.h"

#include <doctest/doctest.h>

using nutgraf::Date;

TEST_CASE("date: a day that exists") {
  CHECK(Date::from_ymd(2025, 2, 27)->iso() == "2025-02-27");
  CHECK(Date::from_ymd(2024, 2, 29)->number() == 20240229);
  CHECK(Date::from_ymd(2000, 2, 29));
}

TEST_CASE("date: a day that does not exist") {
  CHECK_FALSE(Date::from_ymd(2025, 2, 29));
  CHECK_FALSE(Date::from_ymd(1900, 2, 29));
  CHECK_FALSE(Date::from_ymd(2025, 13, 1));
  CHECK_FALSE(Date::from_ymd(2025, 0, 1));
  CHECK_FALSE(Date::from_ymd(2025, 4, 31));
  CHECK_FALSE(Date::from_ymd(25, 4, 3));
}

TEST_CASE("date: ISO 8601") {
  CHECK(Date::from_iso("2025-02-27")->iso() == "2025-02-27");
  CHECK(Date::from_iso("2025-02-27T08:00:00+08:00")->iso() == "2025-02-27");
  for (const char* bad : {"", "2025", "2025-2-7", "2025-02-271", "2025/02/27", "abcd-02-27", "2025-02-30"}) {
    CAPTURE(bad);
    CHECK_FALSE(Date::from_iso(bad));
  }
}

TEST_CASE("date: no date") {
  CHECK_FALSE(Date().known());
  CHECK(Date().iso().empty());
  CHECK(Date() < *Date::from_ymd(1987, 2, 26));
}
