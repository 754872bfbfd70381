#include "search/conditions.h"

#include <unicode/locid.h>

#include <algorithm>
#include <sstream>

#include "index/terms.h"
#include "nutgraf/index.h"
#include "search/date_terms.h"
#include "search/term_query.h"
#include "text/edit_distance.h"
#include "text/excerpt.h"

namespace nutgraf {
namespace {

using Xapian::Query;

Condition any_of(const std::vector<std::string>& terms, LiveIndex& live, const std::string& problem) {
  std::vector<Query> there;
  for (const auto& term : terms) {
    if (live.frequency(term) > 0) there.push_back(term_query(term, live));
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

// Every day of which there is an article, ascending.
std::vector<Date> days_of(LiveIndex& live) {
  const std::string prefix(kDayPrefix);
  std::vector<Date> days;
  for (const auto& [term, frequency] : live.terms_from(prefix))
    days.push_back(Date::from_number(static_cast<std::uint32_t>(std::stoul(term.substr(prefix.size())))));
  return days;
}

std::string what_there_is(LiveIndex& live) {
  const auto days = days_of(live);
  if (days.empty()) return "; none has a date";
  return "; the index has " + days.front().iso() + " to " + days.back().iso();
}

std::string joined(std::string_view words) {
  std::string text(words);
  std::erase(text, ' ');
  return text;
}

/// The source whose name, or a word of it, is spelt much like `wanted`; both folded.
std::optional<std::string> nearest_source(std::string_view wanted, const std::vector<std::string>& sources) {
  constexpr std::size_t kLongest = 60;
  const std::string typed = joined(wanted);
  if (typed.size() > kLongest) return {};
  std::optional<std::string> nearest;
  std::size_t least = typed.size() / 4 + 1;  // a letter in four may be wrong
  const auto compare = [&](const std::string& name, const std::string& source) {
    if (name.size() > 2 * kLongest) return;
    if (const std::size_t distance = edit_distance(typed, name); distance < least) {
      least = distance;
      nearest = source;
    }
  };
  for (const auto& source : sources) {
    compare(joined(source), source);
    std::istringstream words(source);
    for (std::string word; words >> word;) compare(word, source);
  }
  return nearest;
}

/// The language of the index that `name` says otherwise: "english", "Deutsch", "zh-CN".
std::optional<std::string> language_called(const std::string& name, LiveIndex& live, const Analyzer& analyzer) {
  const std::string wanted = fold(name, analyzer);
  for (const auto& code : live.manifest().languages) {
    const icu::Locale locale(code.c_str());
    for (const icu::Locale& reader : {icu::Locale::getEnglish(), locale}) {
      icu::UnicodeString display;
      std::string called;
      locale.getDisplayLanguage(reader, display).toUTF8String(called);
      if (fold(called, analyzer) == wanted) return code;
    }
    if (name.size() > code.size() && wanted.starts_with(code + " ")) return code;
  }
  return {};
}

}  // namespace

std::string written_source(const std::vector<Xapian::docid>& firsts, LiveIndex& live) {
  std::vector<ArticleRecord> articles;
  for (const auto docid : firsts) articles.push_back(live.article(live.signatures().article(docid)));
  const auto earlier = [](const ArticleRecord& a, const ArticleRecord& b) { return a.sequence < b.sequence; };
  return std::min_element(articles.begin(), articles.end(), earlier)->source;
}

Condition source_condition(const std::string& name, LiveIndex& live, const Analyzer& analyzer) {
  const std::string wanted = " " + fold(name, analyzer) + " ";
  const std::string prefix(kSourcePrefix);
  std::vector<std::string> all, meant;
  for (const auto& [term, frequency] : live.terms_from(prefix)) {
    all.push_back(term.substr(prefix.size()));
    if ((" " + all.back() + " ").find(wanted) != std::string::npos) meant.push_back(term);
  }
  Condition condition = any_of(meant, live, "no article is from a source called " + quoted_excerpt(name));
  if (!meant.empty()) return condition;
  if (const auto nearest = nearest_source(fold(name, analyzer), all)) {
    std::vector<Xapian::docid> firsts;
    for (std::size_t shard = 0; shard < live.shards().size(); ++shard) {
      const PostingList postings = live.postings(prefix + *nearest, shard);
      if (!postings.at_end()) firsts.push_back(live.docid_of(shard, postings.docid()));
    }
    condition.suggestion = written_source(firsts, live);
  }
  return condition;
}

Condition date_condition(Date since, Date until, LiveIndex& live) {
  const auto of_days = [&](const std::vector<std::string>& terms) {
    Condition condition = any_of(terms, live, dates_problem(since, until));
    if (!condition.problem.empty() && (!since.known() || !until.known() || since <= until))
      condition.problem += what_there_is(live);
    return condition;
  };
  if (since.known() && until.known()) return of_days(date_terms(since, until));
  std::vector<std::string> days;
  for (const Date day : days_of(live)) {
    if ((!since.known() || day >= since) && (!until.known() || day <= until)) days.push_back(day_term(day));
  }
  return of_days(days);
}

Condition language_condition(const std::string& code, LiveIndex& live, const Analyzer& analyzer) {
  std::string problem = "no article is in the language " + quoted_excerpt(code) + "; the index has";
  for (const auto& language : live.manifest().languages)
    problem += (&language == &live.manifest().languages.front() ? " " : ", ") + language;
  Condition condition = any_of({std::string(kLanguagePrefix) + fold(code, analyzer)}, live, problem);
  if (!condition.problem.empty()) condition.suggestion = language_called(code, live, analyzer);
  return condition;
}

Condition company_condition(const std::string& name, LiveIndex& live, const Analyzer& analyzer) {
  const std::string id = live.company_names().resolve(name, analyzer);
  if (!id.empty())
    return any_of({std::string(kCompanyPrefix) + id}, live, "no passage speaks of the company \"" + name + "\"");
  Condition unknown{Xapian::Query::MatchNothing, "no company is called \"" + name + "\"", {}};
  if (std::string nearest = live.company_names().nearest(name, analyzer); !nearest.empty())
    unknown.suggestion = std::move(nearest);
  return unknown;
}

MatchQuery changed_after(std::uint64_t sequence, LiveIndex& live, const QueryParts& parts) {
  std::vector<Xapian::docid> docids;
  std::vector<std::string> changed;
  for (const auto first : live.changed_after(sequence)) {
    const ArticleRecord record = live.article(first);
    for (std::uint32_t i = 1; i <= record.passages; ++i) docids.push_back(live.signatures().passage(first, i));
    changed.push_back(article_term(record.id));
  }
  std::sort(docids.begin(), docids.end());  // with shards, articles overlap
  return parts.listed(std::move(docids), std::move(changed));
}

Condition id_condition(const std::string& id, LiveIndex& live) {
  Condition condition = any_of({article_term(id)}, live, "no article has the id " + quoted_excerpt(id));
  if (condition.problem.empty()) return condition;
  if (auto similar = similar_ids(live.path(), id, 1); !similar.empty())
    condition.suggestion = std::move(similar.front());
  return condition;
}

}  // namespace nutgraf
