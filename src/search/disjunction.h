// Disjunction: the best passages that have any of some terms.
//
// What Xapian's matcher finds for their OR, by an algorithm that fits it better: MaxScore (Turtle and Flood, "Query
// Evaluation: Strategies and Optimizations", 1995) over windows of docids, as Lucene's BooleanScorer. Lists that
// together weigh too little to bring a passage among the best are not walked any more, but asked for passages that the
// other lists have found. Those are walked one after the other, and weights are added up in an array.
#pragma once

#include <string>
#include <vector>

#include "index/live_index.h"
#include "search/best_matches.h"

namespace nutgraf {

/// The passages that have any of `terms` (with prefix; one that is given twice counts twice), by Bm25: up to `counted`
/// of them all, beyond that the best `depth`, and what ties with these. Scores are rounded to nine places. Of an index
/// that is one local database; may throw Xapian::Error.
[[nodiscard]] BestOfTerms best_of_terms(LiveIndex& live, const std::vector<std::string>& terms, std::size_t depth,
                                        std::size_t counted);

}  // namespace nutgraf
