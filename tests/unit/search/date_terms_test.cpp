#include "search/date_terms.h"

#include <doctest/doctest.h>

using namespace nutgraf;

namespace {

std::string terms(const char* since, const char* until) {
  std::string text;
  for (const auto& term : date_terms(*Date::from_iso(since), *Date::from_iso(until)))
    text += (text.empty() ? "" : " ") + term;
  return text;
}

}  // namespace

TEST_CASE("date terms: the fewest that cover a range") {
  CHECK(terms("2025-01-01", "2025-12-31") == "Y2025");
  CHECK(terms("2025-02-01", "2025-02-28") == "M202502");
  CHECK(terms("2024-02-01", "2024-02-28").find("M") == std::string::npos);  // the 29th is missing
  CHECK(terms("2025-02-27", "2025-02-27") == "D20250227");
  CHECK(terms("2024-12-31", "2026-02-01") == "D20241231 Y2025 M202601 D20260201");
  CHECK(terms("2025-02-27", "2025-03-02") == "D20250227 D20250228 D20250301 D20250302");
}

TEST_CASE("date terms: an empty range") { CHECK(terms("2025-02-27", "2025-02-26").empty()); }

TEST_CASE("date terms: a range at the end of time ends") {
  CHECK(terms("9999-12-30", "9999-12-31") == "D99991230 D99991231");
}
