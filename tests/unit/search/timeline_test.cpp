// Timelines: buckets without gaps, peaks by their definition, the best passage of each.
#include "nutgraf/timeline.h"

#include <doctest/doctest.h>

#include "nutgraf/error.h"
#include "unit/search/support.h"

using namespace nutgraf;
using namespace nutgraf::test;

namespace {

const CompanyMatcher& companies() {
  static const CompanyMatcher matcher = read_companies(R"({"schema": "nutgraf.companies/1",
          "companies": [{"id": "tencent", "name": "Tencent Holdings", "aliases": ["腾讯"], "products": ["Yuanbao"]},
                        {"id": "nobody", "name": "Nobody Inc"}]})",
                                                       "table");
  return matcher;
}

BatchOptions tagged() {
  BatchOptions options;
  options.companies = &companies();
  return options;
}

const SmallIndex& small_index() {
  static const SmallIndex index(
      {{"list", "", "Shares of Alpha, Beta, Gamma, Delta and Tencent Holdings rose.", "2025-02-03", "Wire"},
       {"subject", "Tencent Holdings pays", "Tencent Holdings said that Tencent Holdings pays more.", "2025-02-20",
        "Ledger"},
       {"early", "", "Yuanbao is new.", "2024-11-30", "Ledger"},
       {"late", "", "腾讯发布新模型。", "2025-03-01", "Wire", "zh"},
       {"undated", "", "Tencent Holdings has a past.", "", "Wire"},
       {"other", "", "A chatbot of another.", "2025-02-04", "Wire"}},
      tagged());
  return index;
}

TimelineRequest request_of(const std::string& company, Period by = Period::month) {
  TimelineRequest request;
  request.company = company;
  request.by = by;
  return request;
}

Timeline timeline_of(const TimelineRequest& request) { return Searcher(small_index().path()).timeline(request); }

// "2024-11:1 2024-12:0": articles by bucket.
std::string counts(const Timeline& timeline) {
  std::string text;
  for (const auto& bucket : timeline.buckets)
    text += (text.empty() ? "" : " ") + bucket.label + ":" + std::to_string(bucket.articles);
  return text;
}

std::vector<std::size_t> peaks_of(const std::vector<std::size_t>& heights, std::size_t most = 10) {
  std::vector<TimelineBucket> buckets;
  for (const std::size_t height : heights) buckets.push_back({{}, {}, height, height});
  return find_peaks(buckets, most);
}

using Places = std::vector<std::size_t>;

}  // namespace

TEST_CASE("timeline: counts by month from the first article to the last, gaps included") {
  for (const char* name : {"tencent", "Tencent Holdings", "騰訊", "yuanbao"}) {
    INFO(name);
    const Timeline timeline = timeline_of(request_of(name));
    CHECK(timeline.company == "tencent");
    CHECK(timeline.name == "Tencent Holdings");
    CHECK(counts(timeline) == "2024-11:1 2024-12:0 2025-01:0 2025-02:2 2025-03:1");
    CHECK(timeline.undated.articles == 1);
    CHECK(timeline.undated.passages == 1);
    CHECK(timeline.total.articles == 5);
    CHECK(timeline.warnings.empty());
  }
}

TEST_CASE("timeline: by day and by week") {
  const Timeline days = timeline_of(request_of("tencent", Period::day));
  CHECK(days.buckets.size() == 92);
  CHECK(days.buckets.front().label == "2024-11-30");
  CHECK(days.buckets.back().label == "2025-03-01");
  CHECK(days.buckets.back().articles == 1);
  const Timeline weeks = timeline_of(request_of("tencent", Period::week));
  CHECK(weeks.buckets.size() == 14);
  CHECK(weeks.buckets.front().label == "2024-W48");
  CHECK(weeks.buckets.front().days.until.iso() == "2024-12-01");
  CHECK(weeks.buckets.back().label == "2025-W09");
}

TEST_CASE("timeline: of a peak the passage is shown that is most about the company") {
  const Timeline timeline = timeline_of(request_of("tencent"));
  REQUIRE(timeline.peaks.size() == 1);
  CHECK(timeline.buckets[timeline.peaks[0].bucket].label == "2025-02");
  CHECK(timeline.peaks[0].best.article.id == "subject");
  TimelineRequest with_query = request_of("tencent");
  with_query.search.query = "shares";
  const Timeline narrowed = timeline_of(with_query);
  CHECK(counts(narrowed) == "2025-02:1");
  REQUIRE(narrowed.peaks.size() == 1);
  CHECK(narrowed.peaks[0].best.article.id == "list");
}

TEST_CASE("timeline: conditions narrow it, also within a bucket") {
  TimelineRequest request = request_of("tencent");
  request.search.since = *Date::from_iso("2024-12-01");
  request.search.until = *Date::from_iso("2025-02-10");
  const Timeline some = timeline_of(request);
  CHECK(counts(some) == "2025-02:1");
  CHECK(some.undated.articles == 0);
  REQUIRE(some.peaks.size() == 1);
  CHECK(some.peaks[0].best.article.id == "list");  // not one of the 20th
  request = request_of("tencent");
  request.search.source = "Wire";
  CHECK(counts(timeline_of(request)) == "2025-02:1 2025-03:1");
  request.search.source = "Nowhere";
  const Timeline none = timeline_of(request);
  CHECK(none.buckets.empty());
  CHECK(none.total.articles == 0);
  REQUIRE_FALSE(none.warnings.empty());
  CHECK(none.warnings[0].message.find("Nowhere") != std::string::npos);
}

TEST_CASE("timeline: a company without articles has no buckets, one that does not exist is an error") {
  const Timeline none = timeline_of(request_of("nobody"));
  CHECK(none.name == "Nobody Inc");
  CHECK(none.buckets.empty());
  CHECK(none.peaks.empty());
  CHECK(none.total.articles == 0);
  CHECK(none.warnings.empty());  // of a query that was not typed
  try {
    (void)timeline_of(request_of("Tencnet Holdings"));
    FAIL("no error");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::usage);
    CHECK(error.hint().starts_with("Did you mean tencent"));
  }
}

TEST_CASE("timeline: where only undated articles speak of it, there is no bucket") {
  const SmallIndex index({{"undated", "", "Tencent Holdings has a past.", "", ""}}, tagged());
  const Timeline timeline = Searcher(index.path()).timeline(request_of("tencent"));
  CHECK(timeline.buckets.empty());
  CHECK(timeline.undated.articles == 1);
}

TEST_CASE("timeline: more buckets than anyone can look at are an error that says what to do") {
  const SmallIndex index(
      {{"old", "", "Tencent Holdings.", "1800-01-01", ""}, {"new", "", "Tencent Holdings.", "2025-12-31", ""}},
      tagged());
  Searcher searcher(index.path());
  CHECK_THROWS_AS((void)searcher.timeline(request_of("tencent", Period::day)), Error);
  CHECK(searcher.timeline(request_of("tencent", Period::year)).buckets.size() == 226);
}

TEST_CASE("peaks: higher than both sides, by a standard deviation above the mean") {
  CHECK(peaks_of({}) == Places{});
  CHECK(peaks_of({0, 0}) == Places{});
  CHECK(peaks_of({1}) == Places{0});
  CHECK(peaks_of({0, 0, 9, 0, 0}) == Places{2});
  CHECK(peaks_of({9, 1, 1, 1}) == Places{0});
  CHECK(peaks_of({1, 1, 1, 9}) == Places{3});
  // Mean 3, deviation 2.45: 5 is below the sum, 6 above.
  CHECK(peaks_of({0, 5, 0, 6, 3, 4}) == Places{3});
  // Exactly the sum: mean 2, deviation 2.
  CHECK(peaks_of({0, 4}) == Places{1});
  CHECK(peaks_of({0, 4, 0, 4}) == Places{1, 3});
}

TEST_CASE("peaks: of a plateau the first, of a staircase none but the top") {
  CHECK(peaks_of({3, 3, 3}) == Places{0});
  CHECK(peaks_of({0, 0, 0, 8, 8, 0, 0}) == Places{3});
  CHECK(peaks_of({0, 0, 0, 0, 8, 8, 9, 0, 0, 0, 0}) == Places{6});
}

TEST_CASE("peaks: the highest of many, of equal ones the latest, in the order of time") {
  const std::vector<std::size_t> heights{0, 0, 7, 0, 9, 0, 7, 0, 0, 0, 0, 0, 0};
  CHECK(peaks_of(heights) == Places{2, 4, 6});
  CHECK(peaks_of(heights, 2) == Places{4, 6});
  CHECK(peaks_of(heights, 0) == Places{});
}
