// Every number that ranking uses, with where it comes from.
#pragma once

#include <cstddef>

namespace nutgraf::weights {

// Stage 1: BM25 without document length (passages are about equally long, and Xapian 1.4.22 spends most of a scored
// query on looking lengths up). k1 as tuned on five English collections.
inline constexpr double kK1 = 1.5;

// "open-source": its words count whole, the joined form adds so much.
inline constexpr double kJoined = 0.5;

// Candidates of stage 1: enough that no relevant passage is lost (nDCG within .0003 of scoring everything).
inline constexpr std::size_t kCandidates = 100;
inline constexpr std::size_t kCandidatesPerHit = 4;

// Passages of which so much of the shorter one's four-word sequences stand in the other say the same.
inline constexpr double kSameContent = 0.8;
inline constexpr std::size_t kShingle = 4;
inline constexpr std::size_t kSketch = 8;

// Up to so many matches are counted one by one; beyond, counts are estimates.
inline constexpr std::size_t kCountedMatches = 2000;

}  // namespace nutgraf::weights
