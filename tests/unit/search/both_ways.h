// Both ways: a searcher that asks by streams and by cases, and checks that the answers are equal.
#pragma once

#include <doctest/doctest.h>

#include <filesystem>
#include <optional>
#include <string_view>

#include "search/search_run.h"

namespace nutgraf::test {

inline void check_equal(const SearchResponse& a, const SearchResponse& b) {
  CHECK(a.parsed == b.parsed);
  CHECK(a.total.exact == b.total.exact);
  if (a.total.exact) {
    CHECK(a.total.passages == b.total.passages);
    CHECK(a.total.articles == b.total.articles);
  }
  REQUIRE(a.hits.size() == b.hits.size());
  for (std::size_t i = 0; i < a.hits.size(); ++i) {
    CAPTURE(i);
    REQUIRE(a.hits[i].passage.id == b.hits[i].passage.id);
    CHECK(a.hits[i].score == doctest::Approx(b.hits[i].score).epsilon(1e-9));
    REQUIRE(a.hits[i].duplicates.size() == b.hits[i].duplicates.size());
    for (std::size_t j = 0; j < a.hits[i].duplicates.size(); ++j)
      CHECK(a.hits[i].duplicates[j].passage == b.hits[i].duplicates[j].passage);
  }
  REQUIRE(a.facets.size() == b.facets.size());
  for (std::size_t i = 0; i < a.facets.size(); ++i) {
    REQUIRE(a.facets[i].values.size() == b.facets[i].values.size());
    for (std::size_t j = 0; j < a.facets[i].values.size(); ++j) {
      CHECK(a.facets[i].values[j].value == b.facets[i].values[j].value);
      CHECK(a.facets[i].values[j].count == b.facets[i].values[j].count);
    }
  }
  REQUIRE(a.warnings.size() == b.warnings.size());
  for (std::size_t i = 0; i < a.warnings.size(); ++i) CHECK(a.warnings[i].message == b.warnings[i].message);
}

class BothWays {
 public:
  explicit BothWays(const std::filesystem::path& index) : live_(index) {}

  SearchResponse search(const SearchRequest& request) {
    return run([&](SearchRun& run) { return run.search(); }, request);
  }

  std::optional<SearchResponse> similar(std::string_view id, const SearchRequest& request) {
    return run([&](SearchRun& run) { return *run.similar(id); }, request);
  }

 private:
  template <typename Ask>
  SearchResponse run(const Ask& ask, const SearchRequest& request) {
    return live_.read([&](LiveIndex& live) {
      const CollectionStatistics statistics = collect_statistics(live);
      SurfaceWeights weights(live, statistics);
      SearchRun by_streams(request, live, analyzer_, statistics, weights, Matching::by_streams);
      SearchRun by_cases(request, live, analyzer_, statistics, weights, Matching::by_cases);
      const SearchResponse response = ask(by_streams);
      check_equal(response, ask(by_cases));
      return response;
    });
  }

  LiveIndex live_;
  Analyzer analyzer_;
};

}  // namespace nutgraf::test
