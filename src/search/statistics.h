// Statistics of a collection that its posting lists do not hold: counts and average lengths, in tokens.
#pragma once

#include <cstdint>
#include <string>

#include "index/live_index.h"

namespace nutgraf {

struct CollectionStatistics {
  double passages = 0;
  double articles = 0;
  double average_passage = 1;  ///< tokens, those of the title counted kTitleWdf times
  double average_article = 1;  ///< the same, the title once an article
};

/// Counts what is live; one pass over the directory.
[[nodiscard]] CollectionStatistics collect_statistics(LiveIndex& live);

/// In how many articles a term (with prefix) occurs; estimated for a very frequent one.
[[nodiscard]] double article_frequency(LiveIndex& live, const std::string& term,
                                       const CollectionStatistics& statistics);

}  // namespace nutgraf
