#include "search/timeline.h"

#include <algorithm>
#include <utility>

#include "nutgraf/error.h"
#include "search/periods.h"

namespace nutgraf {
namespace {

using Search = std::function<SearchResponse(const SearchRequest&)>;

// Alone, the company is the query: then passages are ranked by how much they are about it.
SearchRequest search_of(const TimelineRequest& request, const std::string& company) {
  SearchRequest search = request.search;
  if (search.query.empty()) {
    search.query = "company:" + company;
  } else {
    search.company = company;
  }
  search.offset = 0;
  search.limit = 1;
  search.sort = SortOrder::relevance;
  return search;
}

TimelineBucket bucket_of(Date day, Period period) { return {label_of(day, period), days_of(day, period), 0, 0}; }

/// Every period from that of the first day to that of the last one, empty.
std::vector<TimelineBucket> buckets_between(Date first, Date last, Period period) {
  std::vector<TimelineBucket> buckets;
  for (Date day = first; day.known() && day <= last; day = next_day(buckets.back().days.until)) {
    if (buckets.size() == kMaxBuckets) {
      throw Error(ErrorCode::usage,
                  "from " + first.iso() + " to " + last.iso() + " there are more than " + std::to_string(kMaxBuckets) +
                      " " + std::string(name_of(period)) + "s",
                  "Count by larger ones (--by month), or less of them (--since, --until).");
    }
    buckets.push_back(bucket_of(day, period));
  }
  return buckets;
}

Date day_of(const FacetValue& value) { return Date::from_iso(value.value).value_or(Date()); }

/// Adds what was published on each day to its bucket; gives the sum of all.
std::size_t count_into(std::vector<TimelineBucket>& buckets, const Facet& days, std::size_t TimelineBucket::*counter) {
  std::size_t sum = 0;
  auto bucket = buckets.begin();
  for (const FacetValue& day : days.values) {
    while (bucket->days.until < day_of(day)) ++bucket;
    (*bucket).*counter += day.count;
    sum += day.count;
  }
  return sum;
}

/// At least the mean and a standard deviation more: n * count - sum >= sqrt(n * squares - sum * sum), in whole numbers.
class Threshold {
 public:
  explicit Threshold(const std::vector<TimelineBucket>& buckets) : n_(buckets.size()) {
    for (const auto& bucket : buckets) {
      sum_ += bucket.articles;
      squares_ += bucket.articles * bucket.articles;
    }
  }

  [[nodiscard]] bool reached_by(std::size_t count) const {
    if (n_ * count < sum_) return false;
    const std::size_t above = n_ * count - sum_;
    return above * above >= n_ * squares_ - sum_ * sum_;
  }

 private:
  std::size_t n_;
  std::size_t sum_ = 0;
  std::size_t squares_ = 0;
};

}  // namespace

std::vector<std::size_t> find_peaks(const std::vector<TimelineBucket>& buckets, std::size_t most) {
  const Threshold threshold(buckets);
  const auto height = [&](std::size_t place) { return place < buckets.size() ? buckets[place].articles : 0; };
  std::vector<std::size_t> peaks;
  std::size_t before = 0;
  for (std::size_t begin = 0, end = 0; begin < buckets.size(); before = height(begin), begin = end) {
    while (end < buckets.size() && height(end) == height(begin)) ++end;
    if (height(begin) > before && height(begin) > height(end) && threshold.reached_by(height(begin)))
      peaks.push_back(begin);
  }
  std::sort(peaks.begin(), peaks.end(),
            [&](std::size_t a, std::size_t b) { return std::pair(height(a), a) > std::pair(height(b), b); });
  peaks.resize(std::min(peaks.size(), most));
  std::sort(peaks.begin(), peaks.end());
  return peaks;
}

Timeline make_timeline(const TimelineRequest& request, LiveIndex& live, const Analyzer& analyzer,
                       const Search& search) {
  Timeline timeline;
  timeline.company = live.company_called(request.company, analyzer);
  const CompanyTable table = live.company_table();
  const Company* company = table.find(timeline.company);
  timeline.name = company == nullptr ? timeline.company : company->name;
  timeline.query = request.search.query;
  timeline.by = request.by;

  SearchRequest counting = search_of(request, timeline.company);
  counting.facets = {std::string(name_of(Period::day))};
  const SearchResponse passages = search(counting);
  counting.by = ResultUnit::article;
  const SearchResponse articles = search(counting);
  timeline.warnings = passages.warnings;
  // Of a query that nobody typed there is nothing to say; options are named as "--source ...".
  if (timeline.query.empty())
    std::erase_if(timeline.warnings, [](const Diagnostic& warning) { return !warning.subject.starts_with("--"); });
  timeline.total = passages.total;
  timeline.undated.articles = passages.total.articles;
  timeline.undated.passages = passages.total.passages;
  const Facet& days = passages.facets.front();
  if (days.values.empty()) return timeline;

  timeline.buckets = buckets_between(day_of(days.values.front()), day_of(days.values.back()), request.by);
  timeline.undated.passages -= count_into(timeline.buckets, days, &TimelineBucket::passages);
  timeline.undated.articles -= count_into(timeline.buckets, articles.facets.front(), &TimelineBucket::articles);
  for (const std::size_t place : find_peaks(timeline.buckets, request.peaks)) {
    SearchRequest inside = search_of(request, timeline.company);
    const DateRange& range = timeline.buckets[place].days;
    inside.since = std::max(inside.since, range.since);
    inside.until = inside.until.known() ? std::min(inside.until, range.until) : range.until;
    SearchResponse best = search(inside);
    if (!best.hits.empty()) timeline.peaks.push_back({place, std::move(best.hits.front())});
  }
  return timeline;
}

}  // namespace nutgraf
