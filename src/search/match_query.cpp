#include "search/match_query.h"

#include <algorithm>

namespace nutgraf {
namespace {

using Xapian::Query;

bool is_all(const MatchQuery& query) { return query.is_plain() && query.plain().get_type() == Query::LEAF_MATCH_ALL; }

Query any_of(const std::vector<std::string>& terms) { return {Query::OP_OR, terms.begin(), terms.end()}; }

// A case of which some conditions are still open.
class OpenCase {
 public:
  explicit OpenCase(MatchQuery query) : query_(std::move(query)) {}

  [[nodiscard]] const MatchQuery& query() const { return query_; }

  void assume(const SideCondition& condition, bool holds) {
    assumed_.emplace_back(&condition, holds);
    const MatchQuery otherwise = query_.with({}, {}, condition);
    if (!holds) {
      query_ = otherwise;
    } else if (otherwise.empty() && condition.scored && condition.terms.without.empty()) {
      query_ = query_.with(condition.score, condition.score, condition);  // asks for the terms already
    } else {
      query_ = query_.with(condition.score, match_all(), condition);
      asked_.push_back(&condition.terms);
    }
  }

  [[nodiscard]] MatchCase closed() const {
    MatchCase closed{query_.plain(), assumed_};
    for (const auto* terms : asked_) closed.query = Query(Query::OP_FILTER, closed.query, query_of(*terms));
    return closed;
  }

 private:
  MatchQuery query_;
  std::vector<std::pair<const SideCondition*, bool>> assumed_;
  std::vector<const SideCondition::Terms*> asked_;  // of passages for which the conditions hold
};

// Gives whether there are few enough.
bool split(const OpenCase& open, std::vector<MatchCase>& cases) {
  if (open.query().empty()) return true;
  if (open.query().is_plain()) {
    cases.push_back(open.closed());
    return cases.size() <= kMostCases;
  }
  const SideCondition& condition = *open.query().conditions().front();
  for (const bool holds : {true, false}) {
    OpenCase next = open;
    next.assume(condition, holds);
    if (!split(next, cases)) return false;
  }
  return true;
}

}  // namespace

struct MatchQuery::Node {
  Op op = Query::OP_INVALID;  // of a condition
  std::vector<MatchQuery> parts = {};
  double factor = 1;  // of OP_SCALE_WEIGHT
  std::shared_ptr<const SideCondition> condition = {};
};

MatchQuery::MatchQuery(std::shared_ptr<const SideCondition> condition)
    : node_(std::make_shared<const Node>(Node{.condition = std::move(condition)})) {}

MatchQuery::MatchQuery(Op op, std::vector<MatchQuery> parts) {
  if (parts.size() == 1) {
    *this = std::move(parts.front());
  } else if (std::all_of(parts.begin(), parts.end(), [](const MatchQuery& part) { return part.is_plain(); })) {
    std::vector<Query> plain;
    plain.reserve(parts.size());
    for (auto& part : parts) plain.push_back(std::move(part.plain_));
    plain_ = Query(op, plain.begin(), plain.end());
  } else {
    node_ = std::make_shared<const Node>(Node{.op = op, .parts = std::move(parts)});
  }
}

MatchQuery MatchQuery::scaled(MatchQuery query, double factor) {
  if (query.is_plain()) return Query(Query::OP_SCALE_WEIGHT, query.plain_, factor);
  MatchQuery scaled;
  scaled.node_ =
      std::make_shared<const Node>(Node{.op = Query::OP_SCALE_WEIGHT, .parts = {std::move(query)}, .factor = factor});
  return scaled;
}

std::vector<const SideCondition*> MatchQuery::conditions() const {
  std::vector<const SideCondition*> found;
  if (!node_) return found;
  if (node_->condition) return {node_->condition.get()};
  for (const auto& part : node_->parts) {
    for (const auto* condition : part.conditions()) {
      if (std::find(found.begin(), found.end(), condition) == found.end()) found.push_back(condition);
    }
  }
  return found;
}

MatchQuery MatchQuery::with(const Query& query, const Query& excluded, const SideCondition& condition) const {
  if (!node_) return *this;
  if (node_->condition) return node_->condition.get() == &condition ? MatchQuery(query) : *this;
  std::vector<MatchQuery> parts;
  for (const auto& part : node_->parts) {
    const bool is_exclusion = node_->op == Query::OP_AND_NOT && !parts.empty();
    parts.push_back(part.with(is_exclusion ? excluded : query, excluded, condition));
  }
  // What can match nothing must go, or a case would be searched in vain.
  switch (node_->op) {
    case Query::OP_SCALE_WEIGHT: return scaled(parts.front(), node_->factor);
    case Query::OP_OR: std::erase_if(parts, [](const MatchQuery& part) { return part.empty(); }); break;
    case Query::OP_AND_NOT:
      if (parts.front().empty() || is_all(parts.back())) return {};
      if (parts.back().empty()) return parts.front();
      break;
    case Query::OP_AND_MAYBE:
      if (parts.front().empty()) return {};
      if (parts.back().empty()) return parts.front();
      break;
    default:
      if (std::any_of(parts.begin(), parts.end(), [](const MatchQuery& part) { return part.empty(); })) return {};
      MatchQuery first = parts.front();
      std::erase_if(parts, is_all);
      if (parts.empty()) return first;
      // A filter without what it filters is a condition without weight.
      if (node_->op == Query::OP_FILTER && is_all(first) && !parts.empty()) return scaled(parts.back(), 0);
  }
  return parts.empty() ? MatchQuery() : MatchQuery(node_->op, std::move(parts));
}

std::optional<std::vector<MatchCase>> cases_of(const MatchQuery& query) {
  std::vector<MatchCase> cases;
  if (!split(OpenCase(query), cases)) return std::nullopt;
  return cases;
}

MatchCase case_of(const MatchQuery& query, const std::vector<std::pair<const SideCondition*, bool>>& assumed) {
  OpenCase open(query);
  for (const auto& [condition, holds] : assumed) open.assume(*condition, holds);
  return open.closed();
}

Query query_of(const SideCondition::Terms& terms) {
  std::vector<Query> groups{match_all()};  // first, for lists of all passages (term_query.h)
  for (const auto& group : terms.groups) groups.push_back(any_of(group));
  const Query all(Query::OP_AND, groups.begin(), groups.end());
  const Query with = terms.without.empty() ? all : Query(Query::OP_AND_NOT, all, Query(terms.without));
  return {Query::OP_SCALE_WEIGHT, with, 0.0};
}

}  // namespace nutgraf
