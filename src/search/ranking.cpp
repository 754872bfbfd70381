#include "search/ranking.h"

#include <algorithm>

namespace nutgraf {

void bring_best_forward(std::span<Candidate> candidates, std::size_t count, const Signatures& signatures) {
  if (count >= candidates.size()) return;
  const auto end = candidates.begin() + static_cast<std::ptrdiff_t>(count);
  std::nth_element(candidates.begin(), end, candidates.end(),
                   [](const Candidate& a, const Candidate& b) { return a.score > b.score; });
  // Only what ties with the last one is looked up: each of these lies on another page of the side files.
  const double least = end->score;
  const auto ties = std::partition(candidates.begin(), end, [&](const Candidate& one) { return one.score > least; });
  const auto ties_end = std::partition(end, candidates.end(), [&](const Candidate& one) { return one.score == least; });
  std::nth_element(ties, end, ties_end, [&](const Candidate& a, const Candidate& b) {
    if (signatures.date(a.docid) != signatures.date(b.docid))
      return signatures.date(a.docid) > signatures.date(b.docid);
    const auto text_a = signatures.of(a.docid), text_b = signatures.of(b.docid);
    const auto order =
        std::lexicographical_compare_three_way(text_a.begin(), text_a.end(), text_b.begin(), text_b.end());
    return order != 0 ? order < 0 : a.docid < b.docid;
  });
}

void order_by_score(std::vector<Candidate>& candidates, const Signatures& signatures, ArticleCache& articles) {
  std::sort(candidates.begin(), candidates.end(), [&](const Candidate& a, const Candidate& b) {
    if (a.score != b.score) return a.score > b.score;
    if (signatures.date(a.docid) != signatures.date(b.docid))
      return signatures.date(a.docid) > signatures.date(b.docid);
    return articles.before(a.docid, b.docid);
  });
}

void order_by_date(std::vector<Candidate>& candidates, const Signatures& signatures, ArticleCache& articles) {
  std::sort(candidates.begin(), candidates.end(), [&](const Candidate& a, const Candidate& b) {
    if (signatures.date(a.docid) != signatures.date(b.docid))
      return signatures.date(a.docid) > signatures.date(b.docid);
    if (a.score != b.score) return a.score > b.score;
    return articles.before(a.docid, b.docid);
  });
}

}  // namespace nutgraf
