#include "search/statistics.h"

#include <algorithm>

#include "index/terms.h"
#include "search/bm25.h"
#include "search/weights.h"

namespace nutgraf {

namespace {

CollectionTotals totals_of(std::span<const LiveShard> shards) {
  CollectionTotals totals;
  for (const LiveShard& shard : shards) totals += shard.statistics().totals();
  return totals;
}

}  // namespace

CollectionStatistics collect_statistics(LiveIndex& live) {
  CollectionStatistics statistics;
  const auto unknown = [](const LiveShard& shard) { return !shard.statistics().known(); };
  if (std::any_of(live.shards().begin(), live.shards().end(), unknown))
    statistics.counted = count_surfaces(live.database(), live.signatures());
  const CollectionTotals totals = statistics.counted ? statistics.counted->totals() : totals_of(live.shards());
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
  double articles = 0;
  for (std::size_t i = 0; i < live.shards().size(); ++i) {
    const LiveShard& shard = live.shards()[i];
    const auto listed = shard.statistics().known() ? shard.statistics().articles_of(term) : std::nullopt;
    articles += listed ? *listed : count_articles(live.postings(term, i), shard.signatures());
  }
  return articles;
}

SurfaceFrequency surface_frequency(LiveIndex& live, std::uint16_t surface, const CollectionStatistics& statistics) {
  if (statistics.counted) return statistics.counted->frequencies()[surface];
  SurfaceFrequency frequency;
  for (const LiveShard& shard : live.shards()) frequency += shard.statistics().of(surface);
  return frequency;
}

double SurfaceWeights::of(std::uint16_t surface) {
  weights_.resize(kSurfaces);
  float& weight = weights_[surface];
  if (weight == 0) {
    const double passages = std::max(statistics_.passages, weights::kLeastCollection);
    weight = static_cast<float>(idf(passages, surface_frequency(live_, surface, statistics_).passages));
  }
  return weight;
}

}  // namespace nutgraf
