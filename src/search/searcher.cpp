// Searcher: runs each request on a fresh view of the index.
#include <chrono>
#include <optional>
#include <utility>

#include "index/live_index.h"
#include "nutgraf/search.h"
#include "search/analyze.h"
#include "search/correct.h"
#include "search/facets.h"
#include "search/search_run.h"
#include "search/timeline.h"

namespace nutgraf {
namespace {

using Clock = std::chrono::steady_clock;

double milliseconds_since(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

}  // namespace

struct Searcher::Impl {
  explicit Impl(const std::filesystem::path& index) : live(index, MissingShards::left_out) {}

  SearchRun run(const SearchRequest& request, LiveIndex& view) {
    count();
    return {request, view, analyzer, counted_, *weights_, matching_of(view)};
  }

  SearchResponse search(const SearchRequest& request, LiveIndex& view) {
    if (request.strict) view.require_all_shards();
    SearchResponse response = run(request, view).search();
    response.missing_shards = view.missing_shards();
    return response;
  }

  // One view for both: what is suggested is there for what was searched.
  SearchResponse search_or_correct(const SearchRequest& request, LiveIndex& view) {
    SearchResponse response = search(request, view);
    if (request.after > 0) return response;  // that there is no news says nothing of the query
    const auto corrected = suggest_corrections(response, view, analyzer);
    if (!corrected || !response.hits.empty() || request.offset > 0) return response;
    SearchRequest again = request;
    again.query = *corrected;
    SearchResponse instead = search(again, view);
    if (instead.hits.empty()) return response;
    instead.query = request.query;
    instead.corrected = *corrected;
    instead.warnings = std::move(response.warnings);
    return instead;
  }

  LiveIndex live;
  Analyzer analyzer;

 private:
  // Once for each state of the index.
  void count() {
    const auto state = live.state();
    if (weights_ && state == counted_state_) return;
    counted_ = collect_statistics(live);
    weights_.emplace(live, counted_);
    counted_state_ = state;
  }

  CollectionStatistics counted_;
  std::optional<SurfaceWeights> weights_;
  std::uint64_t counted_state_ = 0;
};

Searcher::Searcher(const std::filesystem::path& index) : impl_(std::make_unique<Impl>(index)) {}
Searcher::~Searcher() = default;
Searcher::Searcher(Searcher&&) noexcept = default;
Searcher& Searcher::operator=(Searcher&&) noexcept = default;

SearchResponse Searcher::search(const SearchRequest& request) {
  const auto start = Clock::now();
  check_facet_names(request.facets);
  SearchResponse response = impl_->live.read([&](LiveIndex& live) { return impl_->search_or_correct(request, live); });
  if (request.timing) response.milliseconds = milliseconds_since(start);
  return response;
}

std::optional<SearchResponse> Searcher::similar(std::string_view id, const SearchRequest& request) {
  const auto start = Clock::now();
  check_facet_names(request.facets);
  auto response = impl_->live.read([&](LiveIndex& live) {
    if (request.strict) live.require_all_shards();
    auto similar = impl_->run(request, live).similar(id);
    if (similar) similar->missing_shards = live.missing_shards();
    return similar;
  });
  if (response && request.timing) response->milliseconds = milliseconds_since(start);
  return response;
}

Timeline Searcher::timeline(const TimelineRequest& request) {
  return impl_->live.read([&](LiveIndex& live) {
    live.require_all_shards();
    return make_timeline(request, live, impl_->analyzer,
                         [&](const SearchRequest& search) { return impl_->search(search, live); });
  });
}

std::uint64_t Searcher::companies_version() {
  return impl_->live.read([](LiveIndex& live) { return live.manifest().companies_version; });
}

QueryAnalysis Searcher::analyze(const SearchRequest& request) {
  return impl_->live.read([&](LiveIndex& live) { return nutgraf::analyze(request, live, impl_->analyzer); });
}

}  // namespace nutgraf
