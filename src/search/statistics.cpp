#include "search/statistics.h"

#include <algorithm>

#include "index/terms.h"

namespace nutgraf {

CollectionStatistics collect_statistics(LiveIndex& live) {
  CollectionStatistics statistics;
  if (!live.statistics().known()) statistics.counted = count_surfaces(live.database(), live.signatures());
  const CollectionTotals& totals = statistics.counted ? statistics.counted->totals() : live.statistics().totals();
  if (totals.articles == 0) return statistics;
  const auto average = [&](std::int64_t titles, double count) {
    return std::max(1.0, static_cast<double>(totals.text + kTitleWdf * titles) / count);
  };
  statistics.passages = static_cast<double>(totals.passages);
  statistics.articles = static_cast<double>(totals.articles);
  statistics.average_passage = average(totals.titles_of_passages, statistics.passages);
  statistics.average_article = average(totals.titles, statistics.articles);
  return statistics;
}

double article_frequency(LiveIndex& live, const std::string& term) {
  if (live.statistics().known()) {
    if (const auto articles = live.statistics().articles_of(term)) return *articles;
  }
  return count_articles(live.database(), live.signatures(), term);
}

SurfaceFrequency surface_frequency(LiveIndex& live, std::uint16_t surface, const CollectionStatistics& statistics) {
  return statistics.counted ? statistics.counted->frequencies()[surface] : live.statistics().of(surface);
}

}  // namespace nutgraf
