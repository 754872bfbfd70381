#include "search/query_parts.h"

#include <algorithm>
#include <utility>

#include "index/terms.h"
#include "search/bm25.h"
#include "search/pattern_source.h"
#include "search/signature_source.h"
#include "search/term_query.h"

namespace nutgraf {
namespace {

using Xapian::Query;

// A query of more articles is not held up by them.
constexpr std::size_t kListedArticles = 1000;

std::string prefixed(std::string_view prefix, const std::string& term) { return std::string(prefix) + term; }

TermGroups with_prefix(TermGroups groups, std::string_view prefix) {
  for (auto& group : groups) {
    for (auto& term : group) term.insert(0, prefix);
  }
  return groups;
}

// For each group, the first passages of the articles that have any of it in the title, ascending: one posting an
// article.
std::vector<std::vector<Xapian::docid>> articles_with(const TermGroups& groups, LiveIndex& live) {
  std::vector<std::vector<Xapian::docid>> articles;
  for (const auto& group : groups) {
    auto& of_group = articles.emplace_back();
    for (const auto& term : group) {
      for (PostingList title = live.postings(prefixed(kTitlePrefix, term)); !title.at_end(); title.next())
        of_group.push_back(title.docid());
    }
    std::sort(of_group.begin(), of_group.end());
  }
  return articles;
}

}  // namespace

std::string_view prefix_of(PatternField field) {
  switch (field) {
    case PatternField::title: return kTitlePrefix;
    case PatternField::heading: return kHeadingPrefix;
    case PatternField::text: break;
  }
  return kBodyPrefix;
}

Query QueryParts::scored(const std::string& term) const {
  if (matching_ == Matching::by_streams || rank_ == RankMode::bm25) return term_query(term, live_);
  const double documents = live_.database().get_doccount();
  return {Query::OP_SCALE_WEIGHT, term_query(term, live_), stock_factor(documents, live_.frequency(term))};
}

bool QueryParts::is_absent(const std::string& term, PatternField field) const {
  return live_.frequency(prefixed(prefix_of(field), term)) == 0;
}

TermGroups QueryParts::present(const TermGroups& groups, PatternField field) const {
  TermGroups there = groups;
  for (auto& group : there) std::erase_if(group, [&](const std::string& term) { return is_absent(term, field); });
  return there;
}

// One concept: any of its terms. A passage has a language, so it rarely holds more than one of them. OP_MAX would say
// it better, but reads freed memory in 1.4.22: MaxPostList::recalc_maxweight() after its last list has ended.
MatchQuery QueryParts::any_of(const std::vector<std::string>& terms, PatternField field) const {
  const TermGroups there = present({terms}, field);
  if (there.front().empty()) return {};
  if (field == PatternField::title && matching_ == Matching::by_cases) return MatchQuery(in_title(there));
  return lists_of(there.front(), field);
}

MatchQuery QueryParts::lists_of(const std::vector<std::string>& terms, PatternField field) const {
  std::vector<MatchQuery> alternatives;
  for (const auto& term : terms) {
    const std::string spelt = prefixed(prefix_of(field), term);
    alternatives.emplace_back(field == PatternField::text ? scored(spelt)
                              : field == PatternField::heading
                                  ? term_query(spelt, live_)
                                  : Query((new ArticleSource(live_.signatures(), spelt))->release()));
  }
  return {Query::OP_OR, std::move(alternatives)};
}

// The AND of the words' lists, filtered by the signatures.
MatchQuery QueryParts::pattern(const TermGroups& groups, Pattern<std::string> pattern, PatternField field,
                               Confirmation confirm, const std::string& without) const {
  const TermGroups there = present(groups, field);
  if (std::any_of(there.begin(), there.end(), [](const auto& group) { return group.empty(); })) return {};
  PatternTest test(live_, analyzer_, std::move(pattern), field, std::move(confirm));
  if (matching_ == Matching::by_streams && field == PatternField::text && rank_ != RankMode::bm25) {
    return Query((new PatternSource(live_, with_prefix(there, kBodyPrefix), std::move(test), without))->release());
  }
  if (matching_ == Matching::by_streams) {
    const Query stream((new SignatureSource(live_, std::move(test), without))->release());
    return {Query::OP_FILTER, {all_of(there, field), stream}};
  }
  const auto shared = std::make_shared<PatternTest>(std::move(test));
  const auto holds = [shared](Xapian::docid docid) { return shared->by_hashes(docid) && shared->by_text(docid); };
  if (field == PatternField::title) {
    const auto words = in_title(there);
    words->test = [holds, has_words = std::move(words->test)](Xapian::docid docid) {
      return has_words(docid) && holds(docid);
    };
    return MatchQuery(words);
  }
  auto condition = std::make_shared<SideCondition>();
  condition->terms = {with_prefix(there, prefix_of(field)), without};
  condition->score = all_of(there, field).plain();
  condition->scored = true;
  condition->test = holds;
  return MatchQuery(std::move(condition));
}

MatchQuery QueryParts::all_of(const TermGroups& groups, PatternField field) const {
  std::vector<MatchQuery> lists;
  for (const auto& group : groups) lists.push_back(lists_of(group, field));
  return {Query::OP_AND, std::move(lists)};
}

// What the title has counts in every passage of the article, too.
std::shared_ptr<SideCondition> QueryParts::in_title(const TermGroups& groups) const {
  auto condition = std::make_shared<SideCondition>();
  condition->terms.groups = with_prefix(groups, kBodyPrefix);
  const Signatures& signatures = live_.signatures();
  condition->test = [&signatures, articles = articles_with(groups, live_)](Xapian::docid docid) {
    return std::all_of(articles.begin(), articles.end(), [article = signatures.article(docid)](const auto& of_group) {
      return std::binary_search(of_group.begin(), of_group.end(), article);
    });
  };
  return condition;
}

MatchQuery QueryParts::listed(std::vector<Xapian::docid> docids, std::vector<std::string> articles) const {
  if (docids.empty()) return {};
  if (matching_ == Matching::by_streams) return Query((new ListSource(std::move(docids)))->release());
  auto condition = std::make_shared<SideCondition>();
  if (articles.size() <= kListedArticles) condition->terms.groups.push_back(std::move(articles));
  condition->test = [docids = std::move(docids)](Xapian::docid docid) {
    return std::binary_search(docids.begin(), docids.end(), docid);
  };
  return MatchQuery(std::move(condition));
}

}  // namespace nutgraf
