#include "search/pairs.h"

#include <utility>

#include "search/weights.h"

namespace nutgraf {

void add_pairs(std::vector<ScoredConcept>& concepts) {
  std::vector<ScoredConcept> pairs;
  const ScoredConcept* before = nullptr;
  for (const ScoredConcept& scored : concepts) {
    if (!scored.names.empty()) before = nullptr;  // a name stands between
    if (!scored.surface) continue;
    if (before != nullptr && before->surface != scored.surface) {
      pairs.push_back({{}, weights::kPair, before->label + " " + scored.label, before->surface, scored.surface});
    }
    before = &scored;
  }
  std::move(pairs.begin(), pairs.end(), std::back_inserter(concepts));
}

}  // namespace nutgraf
