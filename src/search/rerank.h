// Stage 2: scores the candidates anew, each by what it says itself and by what its whole article says.
//   S(passage) = P + share A + D
//   share      = 1.5 where articles are ranked; 1.5 (.3 + .7 c^2) where passages are, c being the part of the query, in
//                idf, that stands in the passage (half, where only in the title): the passage to cite, not any of
//                a good article
//   P, A       = sum over the concepts of  weight * idf * tf * (k1 + 1) / (tf + k1 * (1 - b + b * length / average))
// with tf, idf and lengths counted in passages for P and in articles for A (BM25, see bm25.h). Both come from one walk
// of each posting list over the candidates' articles, which are ranges of docids; what is written exactly as in the
// query is counted in their signatures. D is what similar articles give (diffusion.h).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "index/live_index.h"
#include "nutgraf/search.h"
#include "search/statistics.h"

namespace nutgraf {

/// One thing that scores: any of its terms (with prefix) counts. With a surface, only what is written so counts, by its
/// hash in the signatures, and is as rare as the rarer of both. With a follower, too, only where that stands next or
/// next but one: a pair, which counts for the passage alone (pairs.h).
struct ScoredConcept {
  std::vector<std::string> terms;
  double weight = 1.0;
  std::string label = {};  ///< the word, or words, as read from the query
  std::optional<std::uint16_t> surface = {};
  std::optional<std::uint16_t> follower = {};
  /// Of something with several names: each as hashes of pieces side by side, first the one that was typed, which counts
  /// in the passages that have none of the terms.
  std::vector<std::vector<std::uint16_t>> names = {};
};

struct Candidate {
  Xapian::docid docid = 0;
  double score = 0;
  double neighbours = 0;  ///< D, a part of it
  double recency = 1;     ///< a factor of it
  std::size_t tier = 0;   ///< a later tier ranks behind an earlier one
  double behind = 0;      ///< and loses so much for it
  Xapian::docid scored_as = 0;  ///< the passage that has `score`: a copy may speak for it
};

/// Sets `score` of every candidate; their order does not matter and stays.
void rerank(std::vector<Candidate>& candidates, const std::vector<ScoredConcept>& concepts, ResultUnit unit,
            LiveIndex& live, const CollectionStatistics& statistics);

/// What made the score of each of `candidates`; Explanation::of is left empty. The same sums as in rerank(), to the
/// bit.
[[nodiscard]] std::vector<Explanation> explain(const std::vector<Candidate>& candidates,
                                               const std::vector<ScoredConcept>& concepts, ResultUnit unit,
                                               LiveIndex& live, const CollectionStatistics& statistics);

}  // namespace nutgraf
