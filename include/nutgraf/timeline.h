// Timeline: how many articles speak of a company day by day, week by week or month by month, and what its peaks are
// about.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "nutgraf/date.h"
#include "nutgraf/query.h"
#include "nutgraf/search.h"

namespace nutgraf {

enum class Period : std::uint8_t { day, week, month, year };
/// "day", "week", "month", "year"
[[nodiscard]] constexpr std::string_view name_of(Period period) {
  constexpr std::string_view kNames[]{"day", "week", "month", "year"};
  return kNames[static_cast<std::size_t>(period)];
}

/// The period of this name; nothing for another.
[[nodiscard]] std::optional<Period> period_called(std::string_view name);

/// A timeline has at most so many buckets: eleven years of days.
inline constexpr std::size_t kMaxBuckets = 4'096;

struct TimelineRequest {
  std::string company;   ///< an id, a name, an alias or a product
  SearchRequest search;  ///< narrows it: query (may be empty), dates, source, language; snippets' fragments
  Period by = Period::month;
  std::size_t peaks = 3;  ///< at most so many
};

/// What was published in one period.
struct TimelineBucket {
  std::string label;  ///< "2025-02-27", "2025-W09", "2025-02", "2025"
  DateRange days;     ///< both included
  std::size_t articles = 0;
  std::size_t passages = 0;
};

/// A bucket that stands out. A peak has more articles than the bucket before it and than the next one of another height
/// (beyond both ends there are none), and at least as many as the mean of all buckets and one standard deviation more.
/// That is the threshold of Palshikar, "Simple Algorithms for Peak Detection in Time-Series" (2009), with h = 1, on the
/// counts themselves. Of several of one height side by side the first is the peak.
struct TimelinePeak {
  std::size_t bucket = 0;  ///< its place in Timeline::buckets
  Hit best;                ///< of its passages the one that is most about the company; with a query: that fits it best
};

struct Timeline {
  std::string company;  ///< id
  std::string name;     ///< as shown
  std::string query;    ///< as typed; empty: all that speaks of the company
  Period by = Period::month;
  Totals total;                         ///< all that speak of the company, undated ones too; exact
  TimelineBucket undated;               ///< without a date: in no bucket; no label, no days
  std::vector<TimelineBucket> buckets;  ///< from the first article to the last, those without any included
  std::vector<TimelinePeak> peaks;      ///< in the order of time; the highest ones, of equal ones the latest
  std::vector<Diagnostic> warnings;     ///< of the query and the conditions
};

/// Places of the peaks among counts in order of time, ascending: the `most` highest, of equal ones the latest.
[[nodiscard]] std::vector<std::size_t> find_peaks(const std::vector<TimelineBucket>& buckets, std::size_t most);

}  // namespace nutgraf
