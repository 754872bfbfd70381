// What ranking asks of a collection as a whole: sizes, lengths, and in how many passages and articles something is. Out
// of the statistics file where it tells this state of the index, counted otherwise: the numbers are the same.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "index/live_index.h"

namespace nutgraf {

struct CollectionStatistics {
  double passages = 0;
  double articles = 0;
  double average_passage = 1;                 ///< tokens, those of the title counted kTitleWdf times
  double average_article = 1;                 ///< the same, the title once an article
  std::optional<SurfaceCounts> counted = {};  ///< where there is no statistics file
};

/// Of the view that `live` is on.
[[nodiscard]] CollectionStatistics collect_statistics(LiveIndex& live);

/// In how many articles a term (with prefix) occurs.
[[nodiscard]] double article_frequency(LiveIndex& live, const std::string& term);

/// How many passages and articles have a surface, by its hash in the signatures.
[[nodiscard]] SurfaceFrequency surface_frequency(LiveIndex& live, std::uint16_t surface,
                                                 const CollectionStatistics& statistics);

/// What surfaces weigh by how rare they are in passages, each worked out once.
class SurfaceWeights {
 public:
  /// `statistics`: of the view that `live` is on, and both stay so.
  SurfaceWeights(LiveIndex& live, const CollectionStatistics& statistics) : live_(live), statistics_(statistics) {}

  /// Its idf, in a collection of weights::kLeastCollection passages at least.
  [[nodiscard]] double of(std::uint16_t surface);

 private:
  LiveIndex& live_;
  const CollectionStatistics& statistics_;
  std::vector<float> weights_;  // 0: not asked for yet
};

}  // namespace nutgraf
