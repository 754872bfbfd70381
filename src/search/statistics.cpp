#include "search/statistics.h"

#include <algorithm>

#include "index/terms.h"
#include "search/weights.h"

namespace nutgraf {
namespace {

struct Sums {
  double passages = 0;
  double articles = 0;
  double text = 0;
  double title_by_passage = 0;
  double title_by_article = 0;

  void add(const Signatures& signatures, Xapian::docid docid) {
    const auto title = static_cast<double>(kTitleWdf * signatures.title(docid).size());
    ++passages;
    text += static_cast<double>(signatures.of(docid).size());
    title_by_passage += title;
    if (signatures.ordinal(docid) == 1) {
      ++articles;
      title_by_article += title;
    }
  }
};

}  // namespace

CollectionStatistics collect_statistics(LiveIndex& live) {
  Sums sums;
  const Xapian::docid last = live.signatures().last_docid();
  if (live.database().get_doccount() == last) {  // nothing was ever removed: no list to walk
    for (Xapian::docid docid = 1; docid <= last; ++docid) sums.add(live.signatures(), docid);
  } else {
    const auto end = live.database().postlist_end(std::string());
    for (auto posting = live.database().postlist_begin(std::string()); posting != end; ++posting)
      sums.add(live.signatures(), *posting);
  }
  CollectionStatistics statistics;
  if (sums.articles == 0) return statistics;
  statistics.passages = sums.passages;
  statistics.articles = sums.articles;
  statistics.average_passage = std::max(1.0, (sums.text + sums.title_by_passage) / sums.passages);
  statistics.average_article = std::max(1.0, (sums.text + sums.title_by_article) / sums.articles);
  return statistics;
}

double article_frequency(LiveIndex& live, const std::string& term, const CollectionStatistics& statistics) {
  const auto df = live.database().get_termfreq(term);
  if (df > weights::kCountedPostings) return static_cast<double>(df) * statistics.articles / statistics.passages;
  double articles = 0;
  Xapian::docid previous = 0;
  const auto end = live.database().postlist_end(term);
  for (auto posting = live.database().postlist_begin(term); posting != end; ++posting) {
    const Xapian::docid article = live.signatures().article(*posting);
    if (article != previous) ++articles;
    previous = article;
  }
  return articles;
}

}  // namespace nutgraf
