// Pairs: two words of the query that follow each other there, and in the passage, too, are worth more than both apart.
#pragma once

#include <vector>

#include "search/rerank.h"

namespace nutgraf {

/// Adds a concept for each pair of neighbours among the words that count as typed.
void add_pairs(std::vector<ScoredConcept>& concepts);

}  // namespace nutgraf
