#include "search/matcher.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "index/terms.h"
#include "nutgraf/error.h"
#include "search/bm25.h"
#include "search/conjunction.h"
#include "search/disjunction.h"
#include "search/signature_source.h"
#include "search/weights.h"

namespace nutgraf {
namespace {

using Docids = std::vector<Xapian::docid>;

constexpr std::size_t kLeastGrowth = 4;

std::vector<Match> matches_of(const Xapian::MSet& found) {
  std::vector<Match> matches;
  matches.reserve(found.size());
  for (auto match = found.begin(); match != found.end(); ++match)
    matches.push_back({*match, rounded(match.get_weight())});
  return matches;
}

Docids docids_of(const Xapian::MSet& found) {
  Docids docids;
  docids.reserve(found.size());
  for (auto match = found.begin(); match != found.end(); ++match) docids.push_back(*match);
  return docids;
}

// The terms of a query that asks for any of some, nothing of another one.
std::optional<std::vector<std::string>> alternatives_of(const Xapian::Query& query) {
  if (query.get_type() == Xapian::Query::LEAF_TERM) return std::vector<std::string>{*query.get_terms_begin()};
  if (query.get_type() != Xapian::Query::OP_OR) return std::nullopt;
  std::vector<std::string> terms;
  for (std::size_t i = 0; i < query.get_num_subqueries(); ++i) {
    const auto more = alternatives_of(query.get_subquery(i));
    if (!more) return std::nullopt;
    terms.insert(terms.end(), more->begin(), more->end());
  }
  return terms;
}

// The alternatives of each word of a query that asks for all of some.
std::optional<std::vector<WordForms>> words_of(const Xapian::Query& query) {
  if (query.get_type() != Xapian::Query::OP_AND) {
    const auto forms = alternatives_of(query);
    if (!forms) return std::nullopt;
    return std::vector<WordForms>(1, *forms);
  }
  std::vector<WordForms> words;
  for (std::size_t i = 0; i < query.get_num_subqueries(); ++i) {
    const auto more = words_of(query.get_subquery(i));
    if (!more) return std::nullopt;
    words.insert(words.end(), more->begin(), more->end());
  }
  return words;
}

Docids without(const Docids& docids, const Docids& others) {
  Docids left;
  std::set_difference(docids.begin(), docids.end(), others.begin(), others.end(), std::back_inserter(left));
  return left;
}

}  // namespace

std::size_t Matcher::size() const { return live_.database().get_doccount(); }

Xapian::Enquire Matcher::ranking(const Xapian::Query& query) {
  Xapian::Enquire enquire(live_.database());
  if (rank_ == RankMode::bm25) {
    enquire.set_weighting_scheme(plain_bm25());
  } else if (matching_ == Matching::by_streams) {
    enquire.set_weighting_scheme(Bm25());
  } else {
    enquire.set_weighting_scheme(stock_bm25());
  }
  enquire.set_query(query);
  return enquire;
}

Xapian::MSet Matcher::unranked(const Xapian::Query& query, std::size_t wanted) {
  Xapian::Enquire enquire(live_.database());
  enquire.set_weighting_scheme(Xapian::BoolWeight());
  enquire.set_docid_order(Xapian::Enquire::ASCENDING);
  enquire.set_query(Xapian::Query(Xapian::Query::OP_SCALE_WEIGHT, query, 0.0));
  const auto all = static_cast<Xapian::doccount>(size());
  return enquire.get_mset(0, std::min(static_cast<Xapian::doccount>(wanted), all), all);
}

// ---- the best ----

Matcher::Best Matcher::best(const MatchQuery& query, std::size_t depth) {
  if (matching_ == Matching::by_streams && rank_ != RankMode::bm25 && query.is_plain()) {
    if (const auto words = words_of(query.plain())) return best_of(*words, depth);
  }
  if (query.is_plain()) return best_of(query.plain(), depth);
  return best_of(split(query), depth);
}

Matcher::Best Matcher::best_of(const std::vector<WordForms>& words, std::size_t depth) {
  BestOfTerms best = words.size() == 1 ? best_of_terms(live_, words.front(), depth, weights::kCountedMatches)
                                       : best_of_all(live_, words, depth, weights::kCountedMatches);
  return {std::move(best.matches), best.all, best.estimated, best.most_beyond};
}

Matcher::Best Matcher::best_of(const Xapian::Query& query, std::size_t depth) {
  Xapian::Enquire enquire = ranking(query);
  const auto fetch = [&](std::size_t count) {
    return enquire.get_mset(0, static_cast<Xapian::doccount>(std::min(count, size())),
                            static_cast<Xapian::doccount>(weights::kCountedMatches));
  };
  Xapian::MSet found = fetch(depth);
  const bool counted = found.get_matches_lower_bound() == found.get_matches_upper_bound();
  if (counted && found.size() == depth && found.get_matches_estimated() <= weights::kCountedMatches) {
    depth = weights::kCountedMatches;
    found = fetch(depth);
  }
  Best best{matches_of(found), found.size() < depth || depth >= size(), found.get_matches_estimated()};
  if (!best.matches.empty()) best.most_beyond = best.matches.back().score;
  return best;
}

// So many of a case's matches may turn out not to hold that ever more are asked for: as many as should do, by the share
// that held so far.
Matcher::Best Matcher::best_of(const MatchCase& match_case, std::size_t depth) {
  Xapian::Enquire enquire = ranking(match_case.query);
  for (std::size_t asked = depth;;) {
    const auto wanted = static_cast<Xapian::doccount>(std::min(asked, size()));
    const Xapian::MSet found = enquire.get_mset(0, wanted, wanted);
    Docids docids = docids_of(found);
    std::sort(docids.begin(), docids.end());
    docids = holding(match_case, std::move(docids));
    const bool all = found.size() < wanted || wanted == size();
    if (!all && docids.size() < depth) {
      asked *= std::max(kLeastGrowth, 1 + depth / (docids.size() + 1));
      continue;
    }
    Best best{matches_of(found), all, docids.size()};
    std::erase_if(best.matches,
                  [&](const Match& match) { return !std::binary_search(docids.begin(), docids.end(), match.docid); });
    if (!all) {
      const double share = static_cast<double>(docids.size()) / static_cast<double>(found.size());
      best.estimated = static_cast<std::size_t>(std::llround(share * found.get_matches_estimated()));
    }
    return best;
  }
}

Matcher::Best Matcher::best_of(const std::vector<MatchCase>& cases, std::size_t depth) {
  const std::size_t counted = std::max(depth, weights::kCountedMatches + 1);
  Best best{.all = true};
  for (const auto& match_case : cases) {
    Best more = best_of(match_case, counted);
    best.matches.insert(best.matches.end(), more.matches.begin(), more.matches.end());
    best.all = best.all && more.all;
    best.estimated += more.estimated;
  }
  if (best.all && best.matches.size() <= weights::kCountedMatches) depth = std::max(depth, weights::kCountedMatches);
  std::sort(best.matches.begin(), best.matches.end(), is_better);
  if (best.matches.size() > depth) best.matches.resize(depth);
  best.all = best.matches.size() < depth || depth >= size();
  if (!best.matches.empty()) best.most_beyond = best.matches.back().score;
  return best;
}

// ---- cases ----

std::vector<MatchCase> Matcher::split(const MatchQuery& query) {
  auto cases = cases_of(query);
  return cases ? std::move(*cases) : occurring_cases(query);
}

// Of many alternatives most go together nowhere: here each is looked for by itself first.
std::vector<MatchCase> Matcher::occurring_cases(const MatchQuery& query) {
  const auto conditions = query.conditions();
  std::map<Xapian::docid, std::vector<bool>> turns_out;
  for (std::size_t i = 0; i < conditions.size(); ++i) {
    const MatchCase alone{query_of(conditions[i]->terms), {{conditions[i], true}}};
    for (const auto docid : holding(alone, docids_of(unranked(alone.query, size())))) {
      auto& of_passage = turns_out[docid];
      of_passage.resize(conditions.size());
      of_passage[i] = true;
    }
  }
  std::set<std::vector<bool>> occurring{std::vector<bool>(conditions.size())};
  for (auto& [docid, of_passage] : turns_out) occurring.insert(std::move(of_passage));
  if (occurring.size() > kMostCases) {
    throw Error(ErrorCode::usage, "the query has too many phrases, NEARs and words of titles as alternatives",
                "Ask for fewer at once, or put + before those that must be there.");
  }
  std::vector<MatchCase> cases;
  for (const auto& values : occurring) {
    std::vector<std::pair<const SideCondition*, bool>> assumed;
    for (std::size_t i = 0; i < conditions.size(); ++i) assumed.emplace_back(conditions[i], values[i]);
    cases.push_back(case_of(query, assumed));
    if (cases.back().query.empty()) cases.pop_back();
  }
  return cases;
}

// ---- what holds ----

Docids Matcher::holding(const MatchCase& match_case, Docids docids) {
  for (const auto& [condition, wanted] : match_case.assumed) {
    if (wanted) {  // the query asks for its terms
      std::erase_if(docids, [&, test = &condition->test](Xapian::docid docid) { return !(*test)(docid); });
    } else {
      Docids meeting;
      std::copy_if(docids.begin(), docids.end(), std::back_inserter(meeting), condition->test);
      docids = without(docids, having(condition->terms, std::move(meeting)));
    }
  }
  return docids;
}

Docids Matcher::having(const SideCondition::Terms& terms, Docids docids) {
  const auto with_any = [&](const std::vector<std::string>& group) {
    std::set<Xapian::docid> with;
    for (const auto& term : group) {
      if (docids.empty()) break;
      PostingList posting = live_.postings(term);
      for (const auto docid : docids) {
        if (posting.at_end()) break;
        posting.skip_to(docid);
        if (!posting.at_end() && posting.docid() == docid) with.insert(docid);
      }
    }
    return Docids(with.begin(), with.end());
  };
  for (const auto& group : terms.groups) docids = with_any(group);
  return terms.without.empty() ? docids : without(docids, with_any({terms.without}));
}

// ---- all ----

Docids Matcher::all(const MatchQuery& query) {
  if (query.empty()) return {};
  if (query.is_plain()) return docids_of(unranked(query.plain(), size()));
  Docids docids;
  for (const auto& match_case : split(query)) {
    const Docids more = holding(match_case, docids_of(unranked(match_case.query, size())));
    docids.insert(docids.end(), more.begin(), more.end());
  }
  std::sort(docids.begin(), docids.end());
  return docids;
}

Docids Matcher::among(const MatchQuery& query, Docids docids) {
  if (docids.empty()) return {};
  std::sort(docids.begin(), docids.end());
  if (matching_ == Matching::by_streams) {
    const Xapian::Query listed((new ListSource(std::move(docids)))->release());
    return all(MatchQuery(Xapian::Query::OP_FILTER, {query, listed}));
  }
  std::set<std::string> articles;
  for (const auto docid : docids) articles.insert(article_term(live_.article(live_.signatures().article(docid)).id));
  const Xapian::Query listed(Xapian::Query::OP_OR, articles.begin(), articles.end());
  const Docids matching = all(MatchQuery(Xapian::Query::OP_FILTER, {query, listed}));
  Docids both;
  std::set_intersection(docids.begin(), docids.end(), matching.begin(), matching.end(), std::back_inserter(both));
  return both;
}

std::size_t Matcher::count(const MatchQuery& query) {
  if (query.empty()) return 0;
  return query.is_plain() ? unranked(query.plain(), 0).get_matches_estimated() : all(query).size();
}

}  // namespace nutgraf
