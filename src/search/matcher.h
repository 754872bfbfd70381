// Matcher: which passages a query matches on one view of the index, and the best of them by the first stage.
//
// Conditions that no posting list holds (the order of words, words of titles, arrival) are checked by the searcher. In
// one database that is done while Xapian matches, by posting sources: streams of docids that its operators combine.
// These cannot run where the database is several, or in another process. There a query is matched by cases: each
// assignment of true and false to its conditions makes a query of plain terms, and of its matches those count for which
// it is so. The weights are then such as a stock server knows. Both ways find the same with the same scores.
#pragma once

#include <xapian.h>

#include <cstddef>
#include <vector>

#include "index/live_index.h"
#include "nutgraf/search.h"
#include "search/best_matches.h"
#include "search/match_query.h"

namespace nutgraf {

enum class Matching : std::uint8_t { by_streams, by_cases };

/// What fits an index: streams, where it is one database.
[[nodiscard]] inline Matching matching_of(const LiveIndex& live) {
  return live.shards().size() == 1 && !live.is_remote() ? Matching::by_streams : Matching::by_cases;
}

/// All functions may throw Xapian::Error: call them inside LiveIndex::read(). By cases, Error(usage) for a query of too
/// many alternatives.
class Matcher {
 public:
  /// For queries that were made by QueryParts of the same three.
  Matcher(LiveIndex& live, Matching matching, RankMode rank) : live_(live), matching_(matching), rank_(rank) {}

  struct Best {
    std::vector<Match> matches = {};  ///< in no order
    bool all = false;                 ///< these are all
    std::size_t estimated = 0;        ///< how many there are
    double most_beyond = 0;           ///< what is not among them scores at most so much
  };

  /// The `depth` best matches, and such that tie with the last; where there are no more than kCountedMatches, all.
  [[nodiscard]] Best best(const MatchQuery& query, std::size_t depth);
  /// All matches, ascending.
  [[nodiscard]] std::vector<Xapian::docid> all(const MatchQuery& query);
  /// Those of `docids` that match, ascending.
  [[nodiscard]] std::vector<Xapian::docid> among(const MatchQuery& query, std::vector<Xapian::docid> docids);
  [[nodiscard]] std::size_t count(const MatchQuery& query);

 private:
  [[nodiscard]] Xapian::Enquire ranking(const Xapian::Query& query);
  [[nodiscard]] Xapian::MSet unranked(const Xapian::Query& query, std::size_t wanted);
  /// Of any of some terms.
  [[nodiscard]] Best best_of(const std::vector<std::vector<std::string>>& words, std::size_t depth);
  [[nodiscard]] Best best_of(const Xapian::Query& query, std::size_t depth);
  [[nodiscard]] Best best_of(const MatchCase& match_case, std::size_t depth);
  [[nodiscard]] Best best_of(const std::vector<MatchCase>& cases, std::size_t depth);
  [[nodiscard]] std::vector<MatchCase> split(const MatchQuery& query);
  [[nodiscard]] std::vector<MatchCase> occurring_cases(const MatchQuery& query);
  /// Those of `docids`, which ascend, for which it is as the case assumes; they match its query.
  [[nodiscard]] std::vector<Xapian::docid> holding(const MatchCase& match_case, std::vector<Xapian::docid> docids);
  [[nodiscard]] std::vector<Xapian::docid> having(const SideCondition::Terms& terms, std::vector<Xapian::docid> docids);
  [[nodiscard]] std::size_t size() const;

  LiveIndex& live_;
  Matching matching_;
  RankMode rank_;
};

}  // namespace nutgraf
