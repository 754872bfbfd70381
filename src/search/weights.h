// Every number that ranking uses, with where it comes from.
#pragma once

#include <cstddef>

namespace nutgraf::weights {

// Stage 1: BM25 without document length (passages are about equally long, and Xapian 1.4.22 spends most of a scored
// query on looking lengths up). k1 as tuned on five English collections.
inline constexpr double kK1 = 1.5;

// Stage 2: BM25 of the passage (k1 as above) plus so much of the whole article's. Tuned on five English collections;
// the article's share is the largest single gain there (nDCG@10 .6177 without, .6294 with).
inline constexpr double kPassageB = 0.5;
inline constexpr double kArticleK1 = 1.2;
inline constexpr double kArticleB = 0.6;
inline constexpr double kArticleShare = 1.5;
// A posting list up to this long is walked to count articles; a longer one belongs to a word that hardly weighs.
inline constexpr std::size_t kCountedPostings = 20'000;

// "open-source": its words count whole, the joined form adds so much.
inline constexpr double kJoined = 0.5;

// Candidates of stage 1: enough that no relevant passage is lost (nDCG within .0003 of scoring everything).
inline constexpr std::size_t kCandidates = 100;
inline constexpr std::size_t kCandidatesPerHit = 4;

// Passages of which so much of the shorter one's four-word sequences stand in the other say the same.
inline constexpr double kSameContent = 0.8;
inline constexpr std::size_t kShingle = 4;
inline constexpr std::size_t kSketch = 8;

// A text is asked for by so many of its words; more find hardly more of the same.
inline constexpr std::size_t kSimilarWords = 25;

// More words than this are no question any more, and each costs a walk of its postings.
inline constexpr std::size_t kMaxWords = 400;

// Up to so many matches are counted one by one; beyond, counts are estimates.
inline constexpr std::size_t kCountedMatches = 2000;

}  // namespace nutgraf::weights
