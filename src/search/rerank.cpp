#include "search/rerank.h"

#include <algorithm>
#include <unordered_map>

#include "index/terms.h"
#include "search/bm25.h"
#include "search/weights.h"

namespace nutgraf {
namespace {

// The passages of one candidate's article: docids [first, last], and their place in the arrays of scores.
struct ArticleRange {
  Xapian::docid first = 0;
  Xapian::docid last = 0;
  std::size_t place = 0;
  double title_length = 0;
  double length = 0;
  double score = 0;  // A

  std::size_t passages() const { return last - first + 1; }
};

double saturated(double tf, double k1, double b, double relative_length) {
  return tf * (k1 + 1) / (tf + k1 * (1 - b + b * relative_length));
}

class Walk {
 public:
  Walk(const std::vector<Candidate>& candidates, LiveIndex& live, const CollectionStatistics& statistics)
      : live_(live), statistics_(statistics) {
    find_articles(candidates);
  }

  void add(const ScoredConcept& scored) {
    std::fill(tf_.begin(), tf_.end(), 0.0);
    std::fill(in_title_.begin(), in_title_.end(), false);
    double passages = 0, articles = 0;
    for (const auto& term : scored.terms) {
      passages = std::max<double>(passages, live_.database().get_termfreq(term));
      articles = std::max(articles, article_frequency(live_, term, statistics_));
      count(term);
    }
    if (passages == 0) return;
    score(scored.weight * idf(statistics_.passages, passages), scored.weight * idf(statistics_.articles, articles));
  }

  double of(Xapian::docid docid) const {
    const ArticleRange& article = articles_[article_of_.at(live_.signatures().article(docid))];
    return score_[article.place + docid - article.first] + weights::kArticleShare * article.score;
  }

 private:
  void find_articles(const std::vector<Candidate>& candidates) {
    const Signatures& signatures = live_.signatures();
    std::vector<Xapian::docid> firsts;
    for (const auto& candidate : candidates) firsts.push_back(signatures.article(candidate.docid));
    std::sort(firsts.begin(), firsts.end());
    firsts.erase(std::unique(firsts.begin(), firsts.end()), firsts.end());
    for (const auto first : firsts) {
      ArticleRange article{first, first, lengths_.size(), static_cast<double>(kTitleWdf * signatures.title(first).size())};
      while (article.last < signatures.last_docid() && signatures.ordinal(article.last + 1) > 1) ++article.last;
      article.length = article.title_length;
      for (Xapian::docid docid = first; docid <= article.last; ++docid) {
        const auto text = static_cast<double>(signatures.of(docid).size());
        lengths_.push_back(text + article.title_length);
        article.length += text;
      }
      article_of_[first] = articles_.size();
      articles_.push_back(article);
    }
    score_.assign(lengths_.size(), 0.0);
    tf_.assign(lengths_.size(), 0.0);
    in_title_.assign(articles_.size(), false);
  }

  void count(const std::string& term) {
    auto posting = live_.database().postlist_begin(term);
    const auto end = live_.database().postlist_end(term);
    const std::string title_term = std::string(kTitlePrefix) + term.substr(kBodyPrefix.size());
    auto title = live_.database().postlist_begin(title_term);
    const auto title_end = live_.database().postlist_end(title_term);
    for (std::size_t i = 0; i < articles_.size() && posting != end; ++i) {
      const ArticleRange& article = articles_[i];
      for (posting.skip_to(article.first); posting != end && *posting <= article.last; ++posting) {
        tf_[article.place + *posting - article.first] += posting.get_wdf();
      }
      if (title != title_end) title.skip_to(article.first);
      if (title != title_end && *title == article.first) in_title_[i] = true;
    }
  }

  void score(double passage_idf, double article_idf) {
    for (std::size_t i = 0; i < articles_.size(); ++i) {
      ArticleRange& article = articles_[i];
      double article_tf = 0;
      for (std::size_t place = article.place; place < article.place + article.passages(); ++place) {
        article_tf += tf_[place];
        if (tf_[place] == 0) continue;
        score_[place] += passage_idf * saturated(tf_[place], weights::kK1, weights::kPassageB, lengths_[place] / statistics_.average_passage);
      }
      if (article_tf == 0) continue;
      // Every passage counts the title's words; the article has its title once.
      if (in_title_[i]) article_tf = std::max<double>(kTitleWdf, article_tf - kTitleWdf * static_cast<double>(article.passages() - 1));
      article.score += article_idf * saturated(article_tf, weights::kArticleK1, weights::kArticleB, article.length / statistics_.average_article);
    }
  }

  LiveIndex& live_;
  const CollectionStatistics& statistics_;
  std::vector<ArticleRange> articles_;  // ascending
  std::unordered_map<Xapian::docid, std::size_t> article_of_;
  std::vector<double> lengths_;  // of all passages of all articles, as are score_ and tf_
  std::vector<double> score_;    // P
  std::vector<double> tf_;       // of the concept at hand
  std::vector<bool> in_title_;   // by article
};

}  // namespace

void rerank(std::vector<Candidate>& candidates, const std::vector<ScoredConcept>& concepts, LiveIndex& live,
            const CollectionStatistics& statistics) {
  Walk walk(candidates, live, statistics);
  for (const auto& scored : concepts) walk.add(scored);
  for (auto& candidate : candidates) candidate.score = walk.of(candidate.docid);
}

}  // namespace nutgraf
