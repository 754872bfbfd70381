// Searcher: compile, match, order, fold duplicates, cut the page, fetch what the hits show.
#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "index/live_index.h"
#include "nutgraf/search.h"
#include "search/bm25.h"
#include "search/collect.h"
#include "search/compile.h"
#include "search/near_duplicates.h"
#include "search/rerank.h"
#include "search/weights.h"

namespace nutgraf {
namespace {

class Search {
 public:
  Search(const SearchRequest& request, LiveIndex& live, const Analyzer& analyzer, const CollectionStatistics& statistics)
      : request_(request), live_(live), analyzer_(analyzer), statistics_(statistics) {}

  SearchResponse run() {
    const ParsedQuery parsed = parse_query(request_.query);
    compiled_ = compile(parsed, request_, live_, analyzer_);
    response_.query = request_.query;
    response_.parsed = to_string(parsed.root);
    response_.warnings = compiled_.warnings;
    response_.offset = request_.offset;
    response_.limit = request_.limit;
    response_.by = request_.by;
    match();
    return std::move(response_);
  }

 private:
  std::size_t wanted() const { return request_.offset + request_.limit; }

  // Fetches more candidates until the page is full or there are no more.
  void match() {
    Xapian::Database& database = live_.database();
    if (compiled_.query.empty() || database.get_doccount() == 0) return;
    Xapian::Enquire enquire(database);
    enquire.set_weighting_scheme(Bm25());
    enquire.set_query(compiled_.query);
    const Xapian::doccount all = database.get_doccount();
    std::size_t depth = std::max(weights::kCandidates, weights::kCandidatesPerHit * wanted());
    if (all <= weights::kCountedMatches) depth = all;
    for (;;) {
      const auto maximum = static_cast<Xapian::doccount>(std::min<std::size_t>(depth, all));
      const Xapian::MSet matches = enquire.get_mset(0, maximum, static_cast<Xapian::doccount>(weights::kCountedMatches));
      std::vector<Candidate> candidates;
      for (auto match = matches.begin(); match != matches.end(); ++match) candidates.push_back({*match, match.get_weight(), {}});
      const bool exhausted = matches.size() < maximum || maximum == all;
      rerank(candidates, compiled_.leaves.scored, live_, statistics_);
      order(candidates);
      if (fill_page(std::move(candidates), exhausted, matches.get_matches_estimated()) || exhausted) return;
      depth *= 4;
    }
  }

  void count(const std::vector<Candidate>& candidates, bool exhausted, std::size_t estimated) {
    std::set<Xapian::docid> articles;
    for (const auto& candidate : candidates) articles.insert(live_.signatures().article(candidate.docid));
    response_.total.exact = exhausted;
    response_.total.passages = exhausted ? candidates.size() : estimated;
    response_.total.articles = articles.size();
    if (!exhausted && !candidates.empty()) {
      const double share = static_cast<double>(articles.size()) / static_cast<double>(candidates.size());
      response_.total.articles = static_cast<std::size_t>(std::llround(share * static_cast<double>(response_.total.passages)));
    }
  }

  // Score, then newer date, then passage id.
  void order(std::vector<Candidate>& candidates) {
    const Signatures& signatures = live_.signatures();
    std::stable_sort(candidates.begin(), candidates.end(), [&](const Candidate& a, const Candidate& b) {
      if (a.score != b.score) return a.score > b.score;
      if (signatures.date(a.docid) != signatures.date(b.docid)) return signatures.date(a.docid) > signatures.date(b.docid);
      const auto article_a = signatures.article(a.docid), article_b = signatures.article(b.docid);
      if (article_a == article_b) return a.docid < b.docid;
      return article_id(article_a) < article_id(article_b);
    });
  }

  const std::string& article_id(Xapian::docid first) { return article(first).id; }

  const ArticleRecord& article(Xapian::docid first) {
    const auto found = articles_.find(first);
    if (found != articles_.end()) return found->second;
    return articles_.emplace(first, live_.article(first)).first->second;
  }

  bool earlier(Xapian::docid a, Xapian::docid b) const {
    const Date date_a = live_.signatures().date(a), date_b = live_.signatures().date(b);
    if (date_a != date_b && date_a.known() && date_b.known()) return date_a < date_b;
    return a < b;
  }

  // A candidate that says what an earlier-ranked one says joins it; of a group the earliest published speaks.
  std::vector<Candidate> fold(std::vector<Candidate> candidates) {
    std::vector<Candidate> folded;
    DuplicateGroups groups;
    for (auto& candidate : candidates) {
      const std::size_t group = groups.add(live_.signatures().of(candidate.docid));
      if (group < folded.size()) {
        folded[group].duplicates.push_back(candidate.docid);
      } else {
        folded.push_back(std::move(candidate));
      }
    }
    for (auto& group : folded) {
      for (auto& duplicate : group.duplicates) {
        if (earlier(duplicate, group.docid)) std::swap(duplicate, group.docid);
      }
      std::sort(group.duplicates.begin(), group.duplicates.end());
    }
    return folded;
  }

  void keep_best_of_articles(std::vector<Candidate>& candidates) {
    std::set<Xapian::docid> met;
    std::erase_if(candidates, [&](const Candidate& candidate) { return !met.insert(live_.signatures().article(candidate.docid)).second; });
  }

  // Gives whether the page is full.
  bool fill_page(std::vector<Candidate> candidates, bool exhausted, std::size_t estimated) {
    for (;;) {
      count(candidates, exhausted, estimated);
      std::vector<Candidate> page = request_.fold_duplicates ? fold(candidates) : candidates;
      if (request_.by == ResultUnit::article) keep_best_of_articles(page);
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

  // Those of the page that match by a chance of hashes only.
  std::set<Xapian::docid> unconfirmed(const std::vector<Candidate>& page) {
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

  void show(const std::vector<Candidate>& page) {
    for (std::size_t place = request_.offset; place < page.size(); ++place) {
      response_.hits.push_back(hit(page[place], live_.passage(page[place].docid).passage, place + 1));
    }
  }

  Hit hit(const Candidate& candidate, PassageRecord passage, std::size_t rank) {
    Hit hit;
    hit.rank = rank;
    hit.score = candidate.score;
    hit.article = article(live_.signatures().article(candidate.docid));
    hit.passage = std::move(passage);
    hit.passage.id = passage_id(candidate.docid);
    hit.snippet = make_snippet(hit.passage.text, hit.article.language, compiled_.leaves.concepts, analyzer_, {request_.fragments});
    for (const auto duplicate : candidate.duplicates) {
      const ArticleRecord& other = article(live_.signatures().article(duplicate));
      hit.duplicates.push_back({other.id, passage_id(duplicate), other.source, other.date});
    }
    return hit;
  }

  std::string passage_id(Xapian::docid docid) {
    return article_id(live_.signatures().article(docid)) + "#" + std::to_string(live_.signatures().ordinal(docid));
  }

  const SearchRequest& request_;
  LiveIndex& live_;
  const Analyzer& analyzer_;
  const CollectionStatistics& statistics_;
  CompiledQuery compiled_;
  std::set<Xapian::docid> confirmed_;
  std::unordered_map<Xapian::docid, ArticleRecord> articles_;
  SearchResponse response_;
};

}  // namespace

struct Searcher::Impl {
  explicit Impl(const std::filesystem::path& index) : live(index) {}

  // Counted once for each state of the index.
  const CollectionStatistics& statistics() {
    const auto state = std::pair(live.generation(), live.manifest().batches);
    if (state != counted_state_) {
      counted_ = collect_statistics(live);
      counted_state_ = state;
    }
    return counted_;
  }

  LiveIndex live;
  Analyzer analyzer;

 private:
  CollectionStatistics counted_;
  std::pair<std::uint64_t, std::uint64_t> counted_state_{0, 0};
};

Searcher::Searcher(const std::filesystem::path& index) : impl_(std::make_unique<Impl>(index)) {}
Searcher::~Searcher() = default;
Searcher::Searcher(Searcher&&) noexcept = default;
Searcher& Searcher::operator=(Searcher&&) noexcept = default;

SearchResponse Searcher::search(const SearchRequest& request) {
  return impl_->live.read([&](LiveIndex& live) { return Search(request, live, impl_->analyzer, impl_->statistics()).run(); });
}

}  // namespace nutgraf
