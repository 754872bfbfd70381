#include "search/conditions.h"

#include "index/terms.h"
#include "search/date_terms.h"

namespace nutgraf {
namespace {

using Xapian::Query;

Condition any_of(const std::vector<std::string>& terms, LiveIndex& live, const std::string& problem) {
  std::vector<Query> there;
  for (const auto& term : terms) {
    if (live.database().term_exists(term)) there.emplace_back(term);
  }
  if (there.empty()) return {Query::MatchNothing, problem};
  return {Query(Query::OP_SCALE_WEIGHT, Query(Query::OP_OR, there.begin(), there.end()), 0.0), {}};
}

std::string dates_problem(Date since, Date until) {
  if (since.known() && until.known() && since > until)
    return "the last day, " + until.iso() + ", is before the first, " + since.iso();
  if (since == until) return "no article is of " + since.iso();
  if (!until.known()) return "no article is of " + since.iso() + " or later";
  if (!since.known()) return "no article is of " + until.iso() + " or earlier";
  return "no article is of a day from " + since.iso() + " to " + until.iso();
}

}  // namespace

Condition source_condition(const std::string& name, LiveIndex& live, const Analyzer& analyzer) {
  const std::string wanted = " " + fold(name, analyzer) + " ";
  const std::string prefix(kSourcePrefix);
  std::vector<std::string> sources;
  const auto end = live.database().allterms_end(prefix);
  for (auto term = live.database().allterms_begin(prefix); term != end; ++term) {
    const std::string folded = " " + (*term).substr(prefix.size()) + " ";
    if (folded.find(wanted) != std::string::npos) sources.push_back(*term);
  }
  return any_of(sources, live, "no article is from a source called \"" + name + "\"");
}

Condition date_condition(Date since, Date until, LiveIndex& live) {
  if (since.known() && until.known()) return any_of(date_terms(since, until), live, dates_problem(since, until));
  const std::string prefix(kDayPrefix);
  std::vector<std::string> days;
  const auto end = live.database().allterms_end(prefix);
  for (auto term = live.database().allterms_begin(prefix); term != end; ++term) {
    const Date day = Date::from_number(static_cast<std::uint32_t>(std::stoul((*term).substr(prefix.size()))));
    if ((!since.known() || day >= since) && (!until.known() || day <= until)) days.push_back(*term);
  }
  return any_of(days, live, dates_problem(since, until));
}

Condition language_condition(const std::string& code, LiveIndex& live) {
  std::string problem = "no article is in the language \"" + code + "\"; the index has";
  for (const auto& language : live.manifest().languages)
    problem += (&language == &live.manifest().languages.front() ? " " : ", ") + language;
  return any_of({std::string(kLanguagePrefix) + code}, live, problem);
}

Condition id_condition(const std::string& id, LiveIndex& live) {
  return any_of({article_term(id)}, live, "no article has the id \"" + id + "\"");
}

}  // namespace nutgraf
