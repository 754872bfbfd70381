#include "search/search_run.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

#include "search/bm25.h"
#include "search/collect.h"
#include "search/diffusion.h"
#include "search/facets.h"
#include "search/no_hits.h"
#include "search/rerank.h"
#include "search/similar.h"
#include "search/weights.h"

namespace nutgraf {

SearchResponse SearchRun::search() {
  const ParsedQuery parsed = parse_query(request_.query, request_.syntax);
  compiled_ = compile(parsed, request_, live_, analyzer_);
  response_.query = request_.query;
  response_.parsed = to_string(parsed.root);
  response_.warnings = compiled_.warnings;
  answer();
  if (response_.total.passages == 0) warn(explain_no_hits(compiled_, live_));
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
  SimilarQuery similar = compile_similar(first, ordinal, request_, live_, analyzer_);
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
  const bool can_match = !compiled_.query.empty() && live_.database().get_doccount() > 0;
  if (can_match && request_.sort == SortOrder::date) match_by_date();
  if (can_match && request_.sort == SortOrder::relevance) match_by_score();
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

// Fetches more candidates until the page is full or there are no more.
void SearchRun::match_by_score() {
  Xapian::Enquire enquire(live_.database());
  const bool plain = request_.rank == RankMode::bm25;
  if (plain) {
    enquire.set_weighting_scheme(plain_bm25());
  } else {
    enquire.set_weighting_scheme(Bm25());
  }
  enquire.set_query(compiled_.query);
  const Xapian::doccount all = live_.database().get_doccount();
  std::size_t depth = std::max(weights::kCandidates, weights::kCandidatesPerHit * wanted());
  if (all <= weights::kCountedMatches) depth = all;
  for (;; depth *= 4) {
    const auto maximum = static_cast<Xapian::doccount>(std::min<std::size_t>(depth, all));
    const Xapian::MSet found = enquire.get_mset(0, maximum, static_cast<Xapian::doccount>(weights::kCountedMatches));
    std::vector<Candidate> candidates;
    for (auto match = found.begin(); match != found.end(); ++match)
      candidates.push_back({.docid = *match, .score = match.get_weight(), .scored_as = *match});
    const bool exhausted = found.size() < maximum || maximum == all;
    drop_copies_of(originals_, candidates, live_.signatures());
    if (!plain) rerank(candidates, compiled_.leaves.scored, live_, statistics_);
    order_by_score(candidates, live_.signatures(), articles_);
    if (!plain) {
      diffuse(candidates, live_.signatures());
      order_by_score(candidates, live_.signatures(), articles_);
    }
    if (fill_page(std::move(candidates), exhausted, found.get_matches_estimated()) || exhausted) return;
  }
}

// The newest days first, always whole: within a day the score decides.
void SearchRun::match_by_date() {
  const Signatures& signatures = live_.signatures();
  std::vector<Xapian::docid> newest = matches();
  std::stable_sort(newest.begin(), newest.end(),
                   [&](Xapian::docid a, Xapian::docid b) { return signatures.date(a) > signatures.date(b); });
  for (std::size_t depth = std::max(weights::kCandidates, weights::kCandidatesPerHit * wanted());; depth *= 4) {
    std::size_t end = std::min(depth, newest.size());
    while (end > 0 && end < newest.size() && signatures.date(newest[end]) == signatures.date(newest[end - 1])) ++end;
    std::vector<Candidate> candidates;
    for (std::size_t i = 0; i < end; ++i) candidates.push_back({newest[i]});
    drop_copies_of(originals_, candidates, signatures);
    rerank(candidates, compiled_.leaves.scored, live_, statistics_);
    order_by_date(candidates, signatures, articles_);
    const bool exhausted = end == newest.size();
    if (fill_page(std::move(candidates), exhausted, newest.size()) || exhausted) break;
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
    matches_ = all_matches(compiled_.query, live_);
    *compiled_.leaves.confirm = false;
    if (compiled_.leaves.has_patterns) confirmed_.insert(matches_->begin(), matches_->end());
  }
  return *matches_;
}

void SearchRun::count(const std::vector<Candidate>& candidates, bool exhausted, std::size_t estimated) {
  std::set<Xapian::docid> articles;
  for (const auto& candidate : candidates) articles.insert(live_.signatures().article(candidate.docid));
  response_.total.exact = exhausted;
  response_.total.passages = exhausted ? candidates.size() : estimated;
  response_.total.articles = articles.size();
  if (!exhausted && !candidates.empty()) {
    const double share = static_cast<double>(articles.size()) / static_cast<double>(candidates.size());
    response_.total.articles =
        static_cast<std::size_t>(std::llround(share * static_cast<double>(response_.total.passages)));
  }
}

// ---- page ----

std::vector<Candidate> SearchRun::page_of(std::vector<Candidate> candidates) const {
  const Speaker speaker = request_.sort == SortOrder::date ? Speaker::first : Speaker::earliest;
  if (request_.fold_duplicates) candidates = fold_copies(std::move(candidates), speaker, live_.signatures());
  if (request_.by == ResultUnit::article) keep_best_of_articles(candidates, live_.signatures());
  return candidates;
}

// Gives whether the page is full. What only hashes took for a match is taken out, and the page is cut anew.
bool SearchRun::fill_page(std::vector<Candidate> candidates, bool exhausted, std::size_t estimated) {
  for (;;) {
    count(candidates, exhausted, estimated);
    std::vector<Candidate> page = page_of(candidates);
    if (!exhausted && page.size() < wanted()) return false;
    page.resize(std::min(page.size(), wanted()));
    const std::set<Xapian::docid> rejected = unconfirmed(page);
    if (rejected.empty()) {
      show(page);
      return page.size() == wanted();
    }
    std::erase_if(candidates, [&](const Candidate& candidate) { return rejected.contains(candidate.docid); });
  }
}

std::set<Xapian::docid> SearchRun::unconfirmed(const std::vector<Candidate>& page) {
  std::vector<Xapian::docid> docids;
  for (const auto& candidate : page) {
    docids.push_back(candidate.docid);
    docids.insert(docids.end(), candidate.duplicates.begin(), candidate.duplicates.end());
  }
  std::erase_if(docids, [&](Xapian::docid docid) { return confirmed_.contains(docid); });
  if (!compiled_.leaves.has_patterns || docids.empty()) return {};
  *compiled_.leaves.confirm = true;
  const auto matching = matches_among(compiled_.query, docids, live_);
  *compiled_.leaves.confirm = false;
  confirmed_.insert(matching.begin(), matching.end());
  std::set<Xapian::docid> rejected(docids.begin(), docids.end());
  for (const auto docid : matching) rejected.erase(docid);
  return rejected;
}

void SearchRun::show(const std::vector<Candidate>& page) {
  for (std::size_t place = request_.offset; place < page.size(); ++place)
    response_.hits.push_back(hit(page[place], place + 1));
  if (request_.explain && request_.rank == RankMode::standard) explain_hits(page);
}

Hit SearchRun::hit(const Candidate& candidate, std::size_t rank) {
  Hit hit;
  hit.rank = rank;
  hit.score = candidate.score;
  hit.article = articles_.of(candidate.docid);
  hit.passage = live_.passage(candidate.docid).passage;
  hit.passage.id = articles_.passage_id(candidate.docid);
  hit.snippet = make_snippet(hit.passage.text, hit.article.language, compiled_.leaves.concepts, analyzer_,
                             {.fragments = request_.fragments, .above = hit.article.title});
  for (const auto duplicate : candidate.duplicates) {
    const ArticleRecord& other = articles_.of(duplicate);
    hit.duplicates.push_back({other.id, articles_.passage_id(duplicate), other.source, other.date});
  }
  return hit;
}

void SearchRun::explain_hits(const std::vector<Candidate>& page) {
  const std::vector<Candidate> shown(page.begin() + static_cast<std::ptrdiff_t>(std::min(request_.offset, page.size())),
                                     page.end());
  auto explanations = explain(shown, compiled_.leaves.scored, live_, statistics_);
  for (std::size_t i = 0; i < shown.size(); ++i) {
    explanations[i].of = articles_.passage_id(shown[i].scored_as);
    response_.hits[i].explanation = std::move(explanations[i]);
  }
}

}  // namespace nutgraf
