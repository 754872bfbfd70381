// Diffusion: an article gains by good articles that say the same. Among the n best articles
//   D(i) = factor / k * sum over the k most similar j of  cos(i, j) * (S(j) - S(n))
// where S is the best score of an article's passages, and cos compares the best passages, each with the passages around
// it and the title: weight tf / (tf + 1.2) a surface, stop words out. A copy is no further evidence and
// does not count. Only the signatures are read. After Diaz,
// "Regularizing Ad Hoc Retrieval Scores" (2005).
#pragma once

#include <vector>

#include "search/rerank.h"

namespace nutgraf {

/// Adds D of its article to the score of each of `candidates`, which stand best first. Articles behind the first n gain
/// nothing, and none passes one of the n by it.
void diffuse(std::vector<Candidate>& candidates, const Signatures& signatures);

}  // namespace nutgraf
