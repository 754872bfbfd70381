// Match query: what a passage must meet, as the matcher takes it: a query of Xapian's, in which there may be conditions
// that no posting list holds and no server can check. By cases, such a query is several of plain terms.
#pragma once

#include <xapian.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace nutgraf {

/// Every passage. Xapian::Query::MatchAll is one object, whose copies all threads would count without a lock.
[[nodiscard]] inline Xapian::Query match_all() { return Xapian::Query(std::string()); }

/// Something that the searcher checks by itself, passage by passage: it holds where the terms stand and `test` says so.
struct SideCondition {
  /// A passage has any term of each group (with prefix; no group is empty), and not the term `without`.
  struct Terms {
    std::vector<std::vector<std::string>> groups = {};
    std::string without = {};
  };

  Terms terms = {};
  /// What scores where it holds: the groups of `terms`, with their weights; without weight every passage.
  Xapian::Query score = match_all();
  bool scored = false;
  std::function<bool(Xapian::docid)> test;
};

/// A query whose parts may be conditions; cheap to copy.
class MatchQuery {
 public:
  using Op = Xapian::Query::op;

  /// Matches nothing.
  MatchQuery() = default;
  MatchQuery(Xapian::Query plain) : plain_(std::move(plain)) {}  // NOLINT(google-explicit-constructor)
  explicit MatchQuery(std::shared_ptr<const SideCondition> condition);
  /// OP_AND, OP_OR (of one part or more), OP_FILTER, OP_AND_MAYBE and OP_AND_NOT (of two).
  MatchQuery(Op op, std::vector<MatchQuery> parts);
  [[nodiscard]] static MatchQuery scaled(MatchQuery query, double factor);

  /// Whether it is known to match nothing.
  [[nodiscard]] bool empty() const { return !node_ && plain_.empty(); }
  /// Whether there are no conditions in it.
  [[nodiscard]] bool is_plain() const { return !node_; }
  /// Of a query without conditions.
  [[nodiscard]] const Xapian::Query& plain() const { return plain_; }

  /// Each once, from the left.
  [[nodiscard]] std::vector<const SideCondition*> conditions() const;
  /// With `query` for `condition`, and `excluded` where that stands in an exclusion.
  [[nodiscard]] MatchQuery with(const Xapian::Query& query, const Xapian::Query& excluded,
                                const SideCondition& condition) const;

 private:
  struct Node;

  Xapian::Query plain_;
  std::shared_ptr<const Node> node_;  // where there are conditions
};

/// One way in which the conditions of a query may turn out: its matches are those passages that `query` finds and for
/// which all of it is so. Cases share no passage, and together find what the query does, with the same scores.
struct MatchCase {
  Xapian::Query query;
  std::vector<std::pair<const SideCondition*, bool>> assumed = {};
};

inline constexpr std::size_t kMostCases = 64;

// The conditions of what these give live as long as `query`.

/// Those cases that can have matches; nothing where they are more than kMostCases.
[[nodiscard]] std::optional<std::vector<MatchCase>> cases_of(const MatchQuery& query);
/// The case in which all conditions of a query turn out as assumed.
[[nodiscard]] MatchCase case_of(const MatchQuery& query,
                                const std::vector<std::pair<const SideCondition*, bool>>& assumed);

/// The passages that have the terms, without weight.
[[nodiscard]] Xapian::Query query_of(const SideCondition::Terms& terms);

}  // namespace nutgraf
