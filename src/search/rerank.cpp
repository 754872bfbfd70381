#include "search/rerank.h"

#include <algorithm>
#include <span>
#include <unordered_map>

#include "index/terms.h"
#include "search/bm25.h"
#include "search/pattern.h"
#include "search/weights.h"

namespace nutgraf {
namespace {

// The passages of one candidate's article: docids [first, last] in its shard, and their place in the arrays of scores.
struct ArticleRange {
  std::size_t shard = 0;
  Xapian::docid first = 0;
  Xapian::docid last = 0;
  std::size_t place = 0;
  double saturation = 0;
  double score = 0;  // A

  std::size_t passages() const { return last - first + 1; }
};

double saturation_of(double k1, double b, double relative_length) { return k1 * (1 - b + b * relative_length); }

ScorePart part_of(double weight, double idf, double tf, double k1, double saturation) {
  ScorePart part{idf, tf, saturation, 0};
  if (tf > 0) part.score = weight * idf * (tf * (k1 + 1) / (tf + part.saturation));
  return part;
}

// How often `second` stands next to `first`, behind it, or next but one.
std::ptrdiff_t count_pair(std::span<const std::uint16_t> signature, std::uint16_t first, std::uint16_t second) {
  std::ptrdiff_t times = 0;
  for (auto at = signature.begin(); (at = std::find(at, signature.end(), first)) != signature.end(); ++at) {
    const auto reach = std::min<std::ptrdiff_t>(weights::kPairReach, signature.end() - at - 1);
    times += std::count(at + 1, at + 1 + reach, second);
  }
  return times;
}

class Walk {
 public:
  Walk(const std::vector<Xapian::docid>& docids, ResultUnit unit, LiveIndex& live,
       const CollectionStatistics& statistics)
      : unit_(unit), live_(live), statistics_(statistics) {
    find_articles(docids);
  }

  void add(const ScoredConcept& scored) {
    std::fill(tf_.begin(), tf_.end(), 0.0);
    std::fill(in_title_.begin(), in_title_.end(), false);
    weight_ = passage_idf_ = article_idf_ = 0;
    if (scored.follower) {
      count_pairs(scored);
    } else {
      count_words(scored);
    }
    if (passage_idf_ == 0) return;
    weight_ = scored.weight;
    const double importance = scored.surface ? 0 : weight_ * passage_idf_;
    asked_ += importance;
    for (ArticleRange& article : articles_) {
      for (std::size_t place = article.place; place < article.place + article.passages(); ++place) {
        score_[place] += passage_part(place).score;
        if (tf_[place] > 0) said_[place] += importance * (tf_[place] > title_tf(article) ? 1 : weights::kSaidByTitle);
      }
      article.score += article_part(article).score;
    }
  }

  double of(Xapian::docid docid) const {
    const ArticleRange& article = article_of(docid);
    const std::size_t place = place_of(docid, article);
    return score_[place] + article_share(place) * article.score;
  }

  /// What the concept added last, `scored`, gave to a passage.
  WordScore share_of(Xapian::docid docid, const ScoredConcept& scored) const {
    const ArticleRange& article = article_of(docid);
    return {scored.label, scored.surface.has_value(), weight_, passage_part(place_of(docid, article)),
            article_part(article)};
  }

  Explanation sums_of(const Candidate& candidate) const {
    const ArticleRange& article = article_of(candidate.scored_as);
    Explanation sums;
    const std::size_t place = place_of(candidate.scored_as, article);
    sums.passage = score_[place];
    sums.article = article.score;
    sums.article_share = article_share(place);
    sums.neighbours = candidate.neighbours;
    sums.recency = candidate.recency;
    sums.behind = candidate.behind;
    sums.total = (of(candidate.scored_as) + candidate.neighbours) * candidate.recency - candidate.behind;
    return sums;
  }

 private:
  void find_articles(const std::vector<Xapian::docid>& docids) {
    std::vector<std::pair<std::size_t, Xapian::docid>> firsts;  // by shard, there
    const std::size_t shards = live_.shards().size();
    for (const auto docid : docids) {
      const Xapian::docid first = live_.signatures().article(docid);
      firsts.emplace_back((first - 1) % shards, (first - 1) / shards + 1);
    }
    std::sort(firsts.begin(), firsts.end());
    firsts.erase(std::unique(firsts.begin(), firsts.end()), firsts.end());
    for (const auto& [shard, first] : firsts) {
      const Signatures& signatures = live_.shards()[shard].signatures();
      ArticleRange article{shard, first, first, saturation_.size()};
      const auto title = static_cast<double>(kTitleWdf * signatures.title(first).size());
      double length = title;
      for (Xapian::docid docid = first; docid != 0; docid = signatures.next_passage(docid)) {
        signatures.prefetch(docid);  // words are counted there when all articles are known
        const auto text = static_cast<double>(signatures.of(docid).size());
        saturation_.push_back(
            saturation_of(weights::kK1, weights::kPassageB, (text + title) / statistics_.average_passage));
        length += text;
        article.last = docid;
      }
      article.saturation = saturation_of(weights::kArticleK1, weights::kArticleB, length / statistics_.average_article);
      article_of_[live_.docid_of(shard, first)] = articles_.size();
      articles_.push_back(article);
    }
    score_.assign(saturation_.size(), 0.0);
    tf_.assign(saturation_.size(), 0.0);
    said_.assign(saturation_.size(), 0.0);
    in_title_.assign(articles_.size(), false);
  }

  void count_words(const ScoredConcept& scored) {
    double passages = 0, articles = 0;
    for (const auto& term : scored.terms) {
      passages = std::max<double>(passages, live_.frequency(term));
      articles = std::max(articles, article_frequency(live_, term));
      if (!scored.surface) count(term);
    }
    if (!scored.names.empty()) count_names(scored.names);
    if (scored.surface) {
      const SurfaceFrequency frequency = surface_frequency(live_, *scored.surface, statistics_);
      passages = std::min<double>(passages, frequency.passages);
      articles = std::min<double>(articles, frequency.articles);
      count([surface = *scored.surface](std::span<const std::uint16_t> signature) {
        return std::count(signature.begin(), signature.end(), surface);
      });
    }
    if (passages == 0) return;
    passage_idf_ = idf(statistics_.passages, passages);
    article_idf_ = idf(statistics_.articles, articles);
  }

  // How rare a pair is, the index does not tell: it is worth the mean of its words. The article has no part of it.
  void count_pairs(const ScoredConcept& scored) {
    const auto first = *scored.surface, second = *scored.follower;
    const double passages_of_first = surface_frequency(live_, first, statistics_).passages;
    const double passages_of_second = surface_frequency(live_, second, statistics_).passages;
    if (passages_of_first == 0 || passages_of_second == 0) return;
    passage_idf_ = (idf(statistics_.passages, passages_of_first) + idf(statistics_.passages, passages_of_second)) / 2;
    count([&](std::span<const std::uint16_t> signature) { return count_pair(signature, first, second); });
  }

  void count(const std::string& term) {
    for (std::size_t begin = 0, end = 0; begin < articles_.size(); begin = end) {
      while (end < articles_.size() && articles_[end].shard == articles_[begin].shard) ++end;
      count(term, begin, end);
    }
  }

  // In the articles of one shard.
  void count(const std::string& term, std::size_t begin_article, std::size_t end_article) {
    const std::size_t shard = articles_[begin_article].shard;
    PostingList posting = live_.postings(term, shard);
    PostingList title = live_.postings(std::string(kTitlePrefix) + term.substr(kBodyPrefix.size()), shard);
    for (std::size_t i = begin_article; i < end_article && !posting.at_end(); ++i) {
      const ArticleRange& article = articles_[i];
      for (posting.skip_to(article.first); !posting.at_end() && posting.docid() <= article.last; posting.next())
        tf_[article.place + posting.docid() - article.first] += posting.wdf();
      if (!title.at_end()) title.skip_to(article.first);
      if (!title.at_end() && title.docid() == article.first) in_title_[i] = true;
    }
  }

  // What `times_in` finds in the signatures.
  template <typename TimesIn>
  void count(const TimesIn& times_in) {
    for (std::size_t i = 0; i < articles_.size(); ++i) {
      const ArticleRange& article = articles_[i];
      const Signatures& signatures = signatures_of(article);
      const auto in_title = static_cast<double>(kTitleWdf * times_in(signatures.title(article.first)));
      in_title_[i] = in_title > 0;
      for (Xapian::docid docid = article.first; docid <= article.last; ++docid)
        tf_[article.place + docid - article.first] = in_title + static_cast<double>(times_in(signatures.of(docid)));
    }
  }

  // Beside the postings of their concept.
  void count_names(const std::vector<std::vector<std::uint16_t>>& names) {
    using Pieces = std::span<const std::uint16_t>;
    const auto times = [](Pieces text, const std::vector<std::uint16_t>& name) {
      double count = 0;
      for (auto at = text.begin(); (at = std::find(at, text.end(), name.front())) != text.end(); ++at)
        count += stands_at(text, static_cast<std::size_t>(at - text.begin()), name) ? 1 : 0;
      return count;
    };
    for (std::size_t i = 0; i < articles_.size(); ++i) {
      const ArticleRange& article = articles_[i];
      const Signatures& signatures = signatures_of(article);
      const Pieces title = signatures.title(article.first);
      in_title_[i] = std::any_of(names.begin(), names.end(), [&](const auto& name) { return times(title, name) > 0; });
      const double typed_in_title = kTitleWdf * times(title, names.front());
      for (Xapian::docid docid = article.first; docid <= article.last; ++docid) {
        double& tf = tf_[article.place + docid - article.first];
        if (tf == 0) tf = typed_in_title + times(signatures.of(docid), names.front());
      }
    }
  }

  const ArticleRange& article_of(Xapian::docid docid) const {
    return articles_[article_of_.at(live_.signatures().article(docid))];
  }

  std::size_t place_of(Xapian::docid docid, const ArticleRange& article) const {
    return article.place + live_.signatures().ordinal(docid) - 1;
  }

  const Signatures& signatures_of(const ArticleRange& article) const {
    return live_.shards()[article.shard].signatures();
  }

  // What every passage of an article counts of the concept at hand for its title, where that has it once.
  double title_tf(const ArticleRange& article) const {
    return in_title_[static_cast<std::size_t>(&article - articles_.data())] ? kTitleWdf : 0;
  }

  // A passage has all of its article's score only if it says all that was asked for.
  double article_share(std::size_t place) const {
    if (unit_ == ResultUnit::article || asked_ == 0) return weights::kArticleShare;
    const double said = said_[place] / asked_;
    return weights::kArticleShare * (1 - weights::kOwnWords + weights::kOwnWords * said * said);
  }

  ScorePart passage_part(std::size_t place) const {
    return part_of(weight_, passage_idf_, tf_[place], weights::kK1, saturation_[place]);
  }

  ScorePart article_part(const ArticleRange& article) const {
    double tf = 0;
    for (std::size_t place = article.place; place < article.place + article.passages(); ++place) tf += tf_[place];
    // Every passage counts the title's words; the article has its title once.
    if (tf > 0 && title_tf(article) > 0)
      tf = std::max<double>(kTitleWdf, tf - kTitleWdf * static_cast<double>(article.passages() - 1));
    return part_of(weight_, article_idf_, tf, weights::kArticleK1, article.saturation);
  }

  ResultUnit unit_;
  LiveIndex& live_;
  const CollectionStatistics& statistics_;
  std::vector<ArticleRange> articles_;  // by shard and docid, ascending
  std::unordered_map<Xapian::docid, std::size_t> article_of_;
  std::vector<double> saturation_;  // of all passages of all articles, as are score_ and tf_
  std::vector<double> score_;       // P
  std::vector<double> said_;        // importance of the concepts that the passage has
  double asked_ = 0;                // of all concepts
  std::vector<double> tf_;          // of the concept at hand
  std::vector<bool> in_title_;      // by article
  double weight_ = 0;               // of the concept at hand, as are its idfs
  double passage_idf_ = 0;
  double article_idf_ = 0;
};

}  // namespace

void rerank(std::vector<Candidate>& candidates, const std::vector<ScoredConcept>& concepts, ResultUnit unit,
            LiveIndex& live, const CollectionStatistics& statistics) {
  std::vector<Xapian::docid> docids;
  for (const auto& candidate : candidates) docids.push_back(candidate.docid);
  Walk walk(docids, unit, live, statistics);
  for (const auto& scored : concepts) walk.add(scored);
  for (auto& candidate : candidates) {
    candidate.score = walk.of(candidate.docid);
    candidate.scored_as = candidate.docid;
  }
}

std::vector<Explanation> explain(const std::vector<Candidate>& candidates, const std::vector<ScoredConcept>& concepts,
                                 ResultUnit unit, LiveIndex& live, const CollectionStatistics& statistics) {
  std::vector<Xapian::docid> docids;
  for (const auto& candidate : candidates) docids.push_back(candidate.scored_as);
  Walk walk(docids, unit, live, statistics);
  std::vector<std::vector<WordScore>> words(candidates.size());
  for (const auto& scored : concepts) {
    walk.add(scored);
    for (std::size_t i = 0; i < docids.size(); ++i) words[i].push_back(walk.share_of(docids[i], scored));
  }
  std::vector<Explanation> explanations;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    explanations.push_back(walk.sums_of(candidates[i]));
    explanations.back().words = std::move(words[i]);
  }
  return explanations;
}

}  // namespace nutgraf
