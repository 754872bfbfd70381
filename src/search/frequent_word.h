// Frequent word: the best passages of a word that very many have, out of its champions, without a walk of its postings.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "index/live_index.h"
#include "search/disjunction.h"

namespace nutgraf {

/// What best_of_terms() gives, where one of `terms` has champions, the others are rare (most words have a rare form or
/// two in other languages), and the champions are enough to know the best `depth`: nothing otherwise. The matches are
/// those and such as tie with the last, as far as they are known.
[[nodiscard]] std::optional<BestOfTerms> best_of_frequent_word(LiveIndex& live, std::vector<std::string> terms,
                                                               std::size_t depth, std::size_t counted);

}  // namespace nutgraf
