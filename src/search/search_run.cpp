#include "search/search_run.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

#include "search/diffusion.h"
#include "search/facets.h"
#include "search/first_places.h"
#include "search/no_hits.h"
#include "search/pairs.h"
#include "search/recency.h"
#include "search/rerank.h"
#include "search/similar.h"

namespace nutgraf {

SearchResponse SearchRun::search() {
  const ParsedQuery parsed = parse_query(request_.query, request_.syntax);
  compiled_ = compile(parsed, request_, live_, analyzer_, parts_);
  if (plan_.pairs) add_pairs(compiled_.leaves.scored);
  response_.query = request_.query;
  response_.parsed = to_string(parsed.root);
  response_.warnings = compiled_.warnings;
  answer();
  if (response_.total.passages == 0 && request_.after == 0) warn(explain_no_hits(compiled_, matcher_));
  return std::move(response_);
}

std::optional<SearchResponse> SearchRun::similar(std::string_view id) {
  Xapian::docid first = live_.first_passage(id);
  unsigned ordinal = 0;
  const std::size_t hash = id.rfind('#');
  if (first == 0 && hash != std::string_view::npos) {
    const std::string_view digits = id.substr(hash + 1);
    const auto end = std::from_chars(digits.data(), digits.data() + digits.size(), ordinal).ptr;
    if (end != digits.data() + digits.size() || ordinal == 0) return std::nullopt;
    first = live_.first_passage(id.substr(0, hash));
  }
  if (first == 0 || ordinal > live_.article(first).passages) return std::nullopt;
  SimilarQuery similar = compile_similar(first, ordinal, request_, live_, analyzer_, parts_);
  compiled_ = std::move(similar.compiled);
  originals_ = std::move(similar.originals);
  response_.query = id;
  response_.parsed = std::move(similar.words);
  response_.warnings = compiled_.warnings;
  answer();
  return std::move(response_);
}

void SearchRun::answer() {
  response_.offset = request_.offset;
  response_.limit = request_.limit;
  response_.by = request_.by;
  response_.sequence = live_.manifest().sequence;
  const bool can_match = !compiled_.query.empty() && live_.database().get_doccount() > 0;
  // Of equal scores the newest comes first; where nothing scores, all are equal.
  const bool by_date = request_.sort == SortOrder::date || compiled_.leaves.scored.empty();
  if (can_match && by_date) match_by_date();
  if (can_match && !by_date) match_by_score();
  if (request_.facets.empty()) return;
  response_.facets = count_facets(request_.facets, matches(), request_.by, live_);
  count_exactly();
}

void SearchRun::warn(std::vector<Diagnostic> warnings) {
  auto& all = response_.warnings;
  all.insert(all.end(), warnings.begin(), warnings.end());
  std::stable_sort(all.begin(), all.end(), [](const Diagnostic& a, const Diagnostic& b) { return a.byte < b.byte; });
  if (all.size() > kMaxQueryWarnings) all.resize(kMaxQueryWarnings);
}

// ---- match ----

// The best matches by the first stage; all of them where they are few enough to be counted.
SearchRun::Found SearchRun::find(std::size_t depth) {
  Matcher::Best best = matcher_.best(compiled_.query, depth);
  // Copies are told in order: who comes first is the original of those that follow.
  if (!originals_.empty()) std::sort(best.matches.begin(), best.matches.end(), is_better);
  Found found;
  found.all = best.all;
  found.estimated = best.estimated;
  for (const auto& match : best.matches)
    found.candidates.push_back({.docid = match.docid, .score = match.score, .scored_as = match.docid});
  found.lowest = best.most_beyond;
  if (request_.half_life > 0) {
    oldest_ = request_.today;
    for (const auto& candidate : found.candidates) {
      if (const Date date = live_.signatures().date(candidate.docid); date.known()) oldest_ = std::min(oldest_, date);
    }
    weigh_age(found.candidates);
  }
  drop_copies_of(originals_, found.candidates, live_.signatures(), judge_);
  return found;
}

// Candidates are ranked in tiers of fixed sizes, each behind the one before it, so that a hit stands in the same place
// whatever page is asked for.
void SearchRun::match_by_score() {
  const std::size_t likely = std::max(plan_.candidates, weights::kCandidatesPerHit * wanted());
  std::size_t depth = weights::kTierGrowth * std::min<std::size_t>(likely, live_.database().get_doccount());
  if (request_.half_life > 0) depth = std::max<std::size_t>(depth, weights::kCountedMatches);  // news may stand below
  for (;; depth *= weights::kTierGrowth) {
    const Found found = find(depth);
    if (rank_tiers(found) || found.all) return;
  }
}

// Gives whether the page is done. The many ties of the first stage go by what the passages say, not by docid: where a
// tier ends among passages that tie with some that were not fetched, more are needed, up to a limit; so the order does
// not depend on how the index grew (as long as no more than kCountedMatches passages tie).
bool SearchRun::rank_tiers(Found found) {
  const std::size_t size = found.candidates.size();
  const bool deep_enough = found.all || size >= weights::kCountedMatches;
  std::vector<Candidate> ranked;
  std::size_t end = plan_.candidates;
  for (std::size_t begin = 0; begin == 0 || begin < size; begin = end, end *= weights::kTierGrowth) {
    if (end > size && !found.all) return false;
    const auto at = [&](std::size_t place) {
      return found.candidates.begin() + static_cast<std::ptrdiff_t>(std::min(place, size));
    };
    bring_best_forward({at(begin), at(size)}, end - begin, live_.signatures());
    const auto ties_beyond = [&](const Candidate& candidate) { return candidate.score <= found.lowest; };
    if (!deep_enough && std::any_of(at(begin), at(end), ties_beyond)) return false;
    append_tier({at(begin), at(end)}, ranked);
    if (fill_page(ranked, found, found.all && end >= size)) return true;
  }
  return false;
}

void SearchRun::weigh_age(std::vector<Candidate>& candidates) const {
  for (auto& candidate : candidates) {
    const Date date = live_.signatures().date(candidate.docid);
    candidate.recency = recency_factor(date.known() ? date : oldest_, request_.today, request_.half_life);
    candidate.score *= candidate.recency;
  }
}

void SearchRun::append_tier(std::vector<Candidate> tier, std::vector<Candidate>& ranked) {
  if (request_.rank != RankMode::bm25) rerank(tier, compiled_.leaves.scored, request_.by, live_, statistics_);
  order_by_score(tier, live_.signatures(), articles_);
  if (plan_.neighbours && ranked.empty()) {
    diffuse(tier, live_.signatures());
    order_by_score(tier, live_.signatures(), articles_);
  }
  if (request_.half_life > 0 && request_.rank != RankMode::bm25) {
    weigh_age(tier);
    order_by_score(tier, live_.signatures(), articles_);
  }
  if (!ranked.empty() && !tier.empty()) {
    const double ahead = ranked.back().score;
    const double share = std::min(1.0, ahead / tier.front().score);
    for (auto& candidate : tier) {
      candidate.tier = ranked.back().tier + 1;
      candidate.behind = candidate.score * (1 - share);
      candidate.score -= candidate.behind;
    }
  }
  ranked.insert(ranked.end(), tier.begin(), tier.end());
}

// The newest days first, always whole: within a day the score decides.
void SearchRun::match_by_date() {
  const Signatures& signatures = live_.signatures();
  std::vector<Xapian::docid> newest = matches();
  std::stable_sort(newest.begin(), newest.end(),
                   [&](Xapian::docid a, Xapian::docid b) { return signatures.date(a) > signatures.date(b); });
  for (std::size_t depth = std::max(plan_.candidates, weights::kCandidatesPerHit * wanted());; depth *= 4) {
    std::size_t end = std::min(depth, newest.size());
    while (end > 0 && end < newest.size() && signatures.date(newest[end]) == signatures.date(newest[end - 1])) ++end;
    Found found;
    for (std::size_t i = 0; i < end; ++i) found.candidates.push_back({.docid = newest[i]});
    drop_copies_of(originals_, found.candidates, signatures, judge_);
    rerank(found.candidates, compiled_.leaves.scored, request_.by, live_, statistics_);
    order_by_date(found.candidates, signatures, articles_);
    found.all = end == newest.size();
    found.estimated = newest.size();
    if (fill_page(found.candidates, found, found.all) || found.all) break;
  }
  count_exactly();
}

// Where all matches are at hand.
void SearchRun::count_exactly() {
  if (!originals_.empty()) return;  // copies of the original match, too
  std::set<Xapian::docid> articles;
  for (const auto docid : matches()) articles.insert(live_.signatures().article(docid));
  response_.total = {matches().size(), articles.size(), true};
}

// All of them, phrases confirmed.
const std::vector<Xapian::docid>& SearchRun::matches() {
  if (!matches_) {
    *compiled_.leaves.confirm = true;
    matches_ = matcher_.all(compiled_.query);
    *compiled_.leaves.confirm = false;
    if (compiled_.leaves.has_patterns) confirmed_.insert(matches_->begin(), matches_->end());
  }
  return *matches_;
}

void SearchRun::count(const Found& found, const std::set<Xapian::docid>& rejected) {
  std::size_t passages = 0, articles = 0;
  FirstPlaces first_of_article(found.candidates.size());
  for (const auto& candidate : found.candidates) {
    if (rejected.contains(candidate.docid)) continue;
    const Xapian::docid article = live_.signatures().article(candidate.docid);
    articles += first_of_article.of(article, passages) == passages ? 1 : 0;
    ++passages;
  }
  response_.total = {passages, articles, found.all};
  if (found.all || passages == 0) return;
  response_.total.passages = found.estimated;
  const double share = static_cast<double>(articles) / static_cast<double>(passages);
  response_.total.articles = static_cast<std::size_t>(std::llround(share * static_cast<double>(found.estimated)));
}

// ---- page ----

// As many as are wanted, if there are.
SearchRun::Page SearchRun::page_of(const std::vector<Candidate>& candidates) {
  Page page;
  if (wanted() == 0) return page;
  std::set<Xapian::docid> articles;
  const auto add = [&](FoldedCandidate folded) {
    const auto article = live_.signatures().article(folded.candidate.docid);
    const bool shown = request_.by == ResultUnit::article && !articles.insert(article).second;
    if (!shown) page.push_back(std::move(folded));
    return page.size() < wanted();
  };
  if (!request_.fold_duplicates) {
    for (const auto& candidate : candidates) {
      if (!add({candidate})) break;
    }
    return page;
  }
  const Speaker speaker = request_.sort == SortOrder::date ? Speaker::first : Speaker::earliest;
  CopyFolding folding(candidates, speaker, live_.signatures(), articles_, judge_);
  while (auto hit = folding.next()) {
    if (!add(std::move(*hit))) break;
  }
  return page;
}

// Gives whether the page is done: full, or `last` was all there is. What only hashes took for a match is taken out, and
// the page is cut anew.
bool SearchRun::fill_page(const std::vector<Candidate>& ranked, const Found& found, bool last) {
  std::vector<Candidate> candidates = ranked;
  std::set<Xapian::docid> rejected;
  for (;;) {
    const Page page = page_of(candidates);
    if (!last && page.size() < wanted()) return false;
    const std::set<Xapian::docid> now = unconfirmed(page);
    if (now.empty()) {
      count(found, rejected);
      show(page);
      return true;
    }
    rejected.insert(now.begin(), now.end());
    std::erase_if(candidates, [&](const Candidate& candidate) { return now.contains(candidate.docid); });
  }
}

std::set<Xapian::docid> SearchRun::unconfirmed(const Page& page) {
  std::vector<Xapian::docid> docids;
  for (const auto& [candidate, copies] : page) {
    docids.push_back(candidate.docid);
    docids.insert(docids.end(), copies.begin(), copies.end());
  }
  std::erase_if(docids, [&](Xapian::docid docid) { return confirmed_.contains(docid); });
  if (!compiled_.leaves.has_patterns || docids.empty()) return {};
  *compiled_.leaves.confirm = true;
  const auto matching = matcher_.among(compiled_.query, docids);
  *compiled_.leaves.confirm = false;
  confirmed_.insert(matching.begin(), matching.end());
  std::set<Xapian::docid> rejected(docids.begin(), docids.end());
  for (const auto docid : matching) rejected.erase(docid);
  return rejected;
}

void SearchRun::show(const Page& page) {
  for (std::size_t place = request_.offset; place < page.size(); ++place)
    response_.hits.push_back(hit(page[place], place + 1));
  if (request_.explain && request_.rank != RankMode::bm25) explain_hits(page);
}

Hit SearchRun::hit(const FoldedCandidate& folded, std::size_t rank) {
  const auto& [candidate, copies] = folded;
  Hit hit;
  hit.rank = rank;
  hit.score = candidate.score;
  hit.article = articles_.of(candidate.docid);
  hit.passage = articles_.passage(candidate.docid);
  hit.passage.id = articles_.passage_id(candidate.docid);
  if (request_.fragments > 0) {
    hit.snippet = make_snippet(hit.passage.text, hit.article.language, compiled_.leaves.concepts, analyzer_,
                               {.fragments = request_.fragments, .above = hit.article.title});
  }
  for (const auto duplicate : by_publication(copies, live_.signatures(), articles_)) {
    const ArticleRecord& other = articles_.of(duplicate);
    hit.duplicates.push_back({other.id, articles_.passage_id(duplicate), other.source, other.date});
  }
  return hit;
}

void SearchRun::explain_hits(const Page& page) {
  std::vector<Candidate> shown;
  for (std::size_t place = request_.offset; place < page.size(); ++place) shown.push_back(page[place].candidate);
  auto explanations = explain(shown, compiled_.leaves.scored, request_.by, live_, statistics_);
  for (std::size_t i = 0; i < shown.size(); ++i) {
    explanations[i].of = articles_.passage_id(shown[i].scored_as);
    response_.hits[i].explanation = std::move(explanations[i]);
  }
}

}  // namespace nutgraf
