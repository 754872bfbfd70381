#include <doctest/doctest.h>

#include <string>

#include "nutgraf/query.h"

using namespace nutgraf;

namespace {

const Date kToday = Date::from_number(2025'03'31);

std::string read(const char* text, Date today = kToday) {
  const ParsedDateRange parsed = parse_date_range(text, today);
  CHECK(parsed.range.has_value() == parsed.problem.empty());
  if (!parsed.range) return "bad";
  return parsed.range->since.iso() + ".." + parsed.range->until.iso();
}

}  // namespace

TEST_CASE("query dates: what is readable") {
  const struct {
    const char* text;
    const char* expected;
  } rows[] = {
      {"2025", "2025-01-01..2025-12-31"},
      {"2025-02", "2025-02-01..2025-02-28"},
      {"2024-02", "2024-02-01..2024-02-29"},
      {"2025-02-27", "2025-02-27..2025-02-27"},
      {"2025-02-01..2025-02-28", "2025-02-01..2025-02-28"},
      {"2025-01..2025-02", "2025-01-01..2025-02-28"},
      {"2024..2025-01-15", "2024-01-01..2025-01-15"},
      {"..2025-01", "..2025-01-31"},
      {"2025-01..", "2025-01-01.."},
      {"today", "2025-03-31..2025-03-31"},
      {"yesterday", "2025-03-30..2025-03-30"},
      {"yesterday..today", "2025-03-30..2025-03-31"},
      {"7d..", "2025-03-24.."},
      {"7d", "2025-03-24.."},
      {"0d", "2025-03-31.."},
      {"1d", "2025-03-30.."},
      {"2w..1w", "2025-03-17..2025-03-24"},
      {"1m..", "2025-02-28.."},
      {"1y..", "2024-03-31.."},
      {"..31d", "..2025-02-28"},
      {"2025..2025", "2025-01-01..2025-12-31"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.text);
    CHECK(read(row.text) == row.expected);
  }
}

TEST_CASE("query dates: what is not") {
  for (const char* text : {"",
                           "..",
                           "foo",
                           "25",
                           "2025-13",
                           "2025-00",
                           "2025-02-30",
                           "2025-2-7",
                           "20250227",
                           "2025/02/27",
                           "0999",
                           "2025-02-27x",
                           "2025-",
                           "2025-01-",
                           "d",
                           "d..",
                           "-7d",
                           "7x",
                           "99999d",
                           "9999y",
                           "7D",
                           "2025-02..2025-01",
                           "today..yesterday",
                           "2025...2026",
                           "a..b",
                           "2025..foo",
                           "1..2",
                           "2025 -02",
                           "\xFF"}) {
    CAPTURE(text);
    CHECK(read(text) == "bad");
  }
  CHECK(parse_date_range("2025-02..2025-01", kToday).problem == "the range '2025-02..2025-01' ends before it starts");
  CHECK(parse_date_range("2025..foo", kToday).problem.starts_with("'foo' is no date; write "));
}

TEST_CASE("query dates: relative ones need to know the day") {
  CHECK(read("7d", Date()) == "bad");
  CHECK(read("2025", Date()) == "2025-01-01..2025-12-31");
}
