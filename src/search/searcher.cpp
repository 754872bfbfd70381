// Searcher: runs each request on a fresh view of the index.
#include <utility>

#include "index/live_index.h"
#include "nutgraf/search.h"
#include "search/analyze.h"
#include "search/correct.h"
#include "search/facets.h"
#include "search/search_run.h"

namespace nutgraf {

struct Searcher::Impl {
  explicit Impl(const std::filesystem::path& index) : live(index) {}

  SearchResponse search(const SearchRequest& request) {
    return live.read([&](LiveIndex& view) { return SearchRun(request, view, analyzer, statistics()).search(); });
  }

  std::optional<std::string> suggest(SearchResponse& response) {
    return live.read([&](LiveIndex& view) { return suggest_corrections(response, view, analyzer); });
  }

  // Counted once for each state of the index.
  const CollectionStatistics& statistics() {
    const auto state = std::pair(live.generation(), live.manifest().batches);
    if (state != counted_state_) {
      counted_ = collect_statistics(live);
      counted_state_ = state;
    }
    return counted_;
  }

  LiveIndex live;
  Analyzer analyzer;

 private:
  CollectionStatistics counted_;
  std::pair<std::uint64_t, std::uint64_t> counted_state_{0, 0};
};

Searcher::Searcher(const std::filesystem::path& index) : impl_(std::make_unique<Impl>(index)) {}
Searcher::~Searcher() = default;
Searcher::Searcher(Searcher&&) noexcept = default;
Searcher& Searcher::operator=(Searcher&&) noexcept = default;

SearchResponse Searcher::search(const SearchRequest& request) {
  check_facet_names(request.facets);
  SearchResponse response = impl_->search(request);
  const auto corrected = impl_->suggest(response);
  if (!corrected || !response.hits.empty() || request.offset > 0) return response;
  SearchRequest again = request;
  again.query = *corrected;
  SearchResponse instead = impl_->search(again);
  if (instead.hits.empty()) return response;
  instead.query = request.query;
  instead.corrected = *corrected;
  instead.warnings = std::move(response.warnings);
  return instead;
}

std::optional<SearchResponse> Searcher::similar(std::string_view id, const SearchRequest& request) {
  check_facet_names(request.facets);
  return impl_->live.read(
      [&](LiveIndex& live) { return SearchRun(request, live, impl_->analyzer, impl_->statistics()).similar(id); });
}

QueryAnalysis Searcher::analyze(const SearchRequest& request) {
  return impl_->live.read([&](LiveIndex& live) { return nutgraf::analyze(request, live, impl_->analyzer); });
}

}  // namespace nutgraf
