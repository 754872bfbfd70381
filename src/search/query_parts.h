// Query parts: what queries are made of, in the form in which a matcher takes them.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "index/live_index.h"
#include "nutgraf/analyzer.h"
#include "search/match_query.h"
#include "search/matcher.h"
#include "search/pattern_test.h"

namespace nutgraf {

/// Index terms of words without prefix; those of a group mean the same.
using TermGroups = std::vector<std::vector<std::string>>;

/// May throw Xapian::Error. The queries live as long as the view of the index and the analyzer.
class QueryParts {
 public:
  QueryParts(LiveIndex& live, const Analyzer& analyzer, Matching matching, RankMode rank)
      : live_(live), analyzer_(analyzer), matching_(matching), rank_(rank) {}

  /// A term (with prefix) by whose count passages score.
  [[nodiscard]] Xapian::Query scored(const std::string& term) const;
  /// Passages that have any of the terms in a field. Those that no passage has are left out.
  [[nodiscard]] MatchQuery any_of(const std::vector<std::string>& terms, PatternField field) const;
  /// Passages that hold a pattern, in whose words each group has a part. Those with the term `without` (with prefix)
  /// are left out.
  [[nodiscard]] MatchQuery pattern(const TermGroups& groups, Pattern<std::string> pattern, PatternField field,
                                   Confirmation confirm, const std::string& without) const;
  /// Passages, ascending; they are all of some articles, of which these are the terms.
  [[nodiscard]] MatchQuery listed(std::vector<Xapian::docid> docids, std::vector<std::string> articles) const;

  [[nodiscard]] bool is_absent(const std::string& term, PatternField field) const;

 private:
  [[nodiscard]] TermGroups present(const TermGroups& groups, PatternField field) const;
  /// Of terms that are there, any: not of titles by cases.
  [[nodiscard]] MatchQuery lists_of(const std::vector<std::string>& terms, PatternField field) const;
  [[nodiscard]] MatchQuery all_of(const TermGroups& groups, PatternField field) const;
  [[nodiscard]] std::shared_ptr<SideCondition> in_title(const TermGroups& groups) const;

  LiveIndex& live_;
  const Analyzer& analyzer_;
  Matching matching_;
  RankMode rank_;
};

[[nodiscard]] std::string_view prefix_of(PatternField field);

}  // namespace nutgraf
