// Search run: one request on one view of the index: match, order, fold, cut the page, fetch what the hits show.
#pragma once

#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include "index/live_index.h"
#include "nutgraf/search.h"
#include "search/article_cache.h"
#include "search/compile.h"
#include "search/copies.h"
#include "search/matcher.h"
#include "search/query_parts.h"
#include "search/ranking.h"
#include "search/statistics.h"
#include "search/weights.h"

namespace nutgraf {

/// For one call of one of its functions, which may throw Xapian::Error.
class SearchRun {
 public:
  SearchRun(const SearchRequest& request, LiveIndex& live, const Analyzer& analyzer,
            const CollectionStatistics& statistics, SurfaceWeights& surface_weights, Matching matching)
      : request_(request),
        plan_(weights::plan_of(request.rank)),
        live_(live),
        analyzer_(analyzer),
        statistics_(statistics),
        parts_(live, analyzer, matching, request.rank),
        matcher_(live, matching, request.rank),
        articles_(live),
        judge_(live, articles_, analyzer, surface_weights) {}

  SearchRun(const SearchRun&) = delete;  // its parts refer to each other
  SearchRun& operator=(const SearchRun&) = delete;

  SearchResponse search();
  std::optional<SearchResponse> similar(std::string_view id);

 private:
  [[nodiscard]] std::size_t wanted() const { return request_.offset + request_.limit; }

  void answer();
  // The best matches by the first stage.
  struct Found {
    std::vector<Candidate> candidates;
    bool all = false;  // of the matches
    std::size_t estimated = 0;
    double lowest = 0;  // score
  };
  [[nodiscard]] Found find(std::size_t depth);
  void match_by_score();
  bool rank_tiers(Found found);
  void weigh_age(std::vector<Candidate>& candidates) const;
  void append_tier(std::vector<Candidate> tier, std::vector<Candidate>& ranked);
  void match_by_date();
  const std::vector<Xapian::docid>& matches();

  void count(const Found& found, const std::set<Xapian::docid>& rejected);
  void count_exactly();
  bool fill_page(const std::vector<Candidate>& ranked, const Found& found, bool last);
  using Page = std::vector<FoldedCandidate>;
  [[nodiscard]] Page page_of(const std::vector<Candidate>& candidates);
  std::set<Xapian::docid> unconfirmed(const Page& page);
  void show(const Page& page);
  Hit hit(const FoldedCandidate& folded, std::size_t rank);
  void explain_hits(const Page& page);
  void warn(std::vector<Diagnostic> warnings);

  const SearchRequest& request_;
  const weights::RankPlan plan_;
  LiveIndex& live_;
  const Analyzer& analyzer_;
  const CollectionStatistics& statistics_;
  const QueryParts parts_;
  Matcher matcher_;
  ArticleCache articles_;
  CopyJudge judge_;
  CompiledQuery compiled_;
  std::vector<Xapian::docid> originals_;  // whose copies are no hits
  std::optional<std::vector<Xapian::docid>> matches_;
  std::set<Xapian::docid> confirmed_;
  SearchResponse response_;
  Date oldest_;  // of the matches found last; where age counts
};

}  // namespace nutgraf
