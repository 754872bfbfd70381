// Every number that ranking uses, with where it comes from.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>

#include "nutgraf/search.h"

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
// Where passages are ranked, so much of that share depends on what the passage itself says of the query; what only the
// title says counts half. nDCG@10 by passage of 77 topics over corpus/ and 45 over other articles: .924 and .789
// without, .918 and .838 so; .7 with the title left out .917 and .843, .5 .917 and .831, .9 .912 and .839.
inline constexpr double kOwnWords = 0.7;
inline constexpr double kSaidByTitle = 0.5;
// A word written exactly as in the query adds so much of its weight, counted by surface (EN mean .616 to .619).
inline constexpr double kExactForm = 0.2;

// A company that the query names, by all of its names, against a word. The words that it takes the place of would add
// kExactForm each; what else was tried is in tests/relevance/README.md (corpus .9025 as words, .9147 so; no other set
// moved by more than .005, none down by more than .0004).
inline constexpr double kCompany = 1.5;

// Two neighbours of the query side by side, or with a word between (rgb_en_fact .555 to .560, p .03; passages of others
// .839 to .843, p .08; English mean the same).
inline constexpr double kPair = 0.2;
inline constexpr std::size_t kPairReach = 2;

// "open-source": its words count whole, the joined form adds so much.
inline constexpr double kJoined = 0.5;
// What stands in a longer term and does not match by itself, a character of a Chinese run, "gpt" and "4o" of "GPT-4o",
// scores with so much (scifact .689 to .702 for the pieces, cmrc2018_zh .987 to .989 for the characters).
inline constexpr double kInnerPiece = 0.5;

// Diffusion: factor, articles, neighbours, saturation of a surface, passages on either side (EN mean .619 to .627; the
// best passage alone .624, whole articles .626, with idf .625).
inline constexpr double kDiffusion = 2.0;
inline constexpr std::size_t kDiffused = 30;
inline constexpr std::size_t kNeighbours = 8;
inline constexpr float kSimilarityK = 1.2F;
inline constexpr std::uint32_t kSurroundings = 2;
inline constexpr double kCopy = 0.9;

// What a mode does; README.md has what each gives and costs. 125 candidates lose at most .0011 of nDCG@10 against all
// matches (tests/relevance/ranking.py modes).
struct RankPlan {
  std::size_t candidates = 0;  // of stage 1 that are scored anew
  bool pairs = false;
  bool neighbours = false;
};
constexpr RankPlan plan_of(RankMode mode) {
  switch (mode) {
    case RankMode::fast: return {50, false, false};
    case RankMode::standard: return {125, false, true};
    case RankMode::thorough: return {500, true, true};
    case RankMode::exhaustive: return {std::numeric_limits<std::size_t>::max(), false, true};
    case RankMode::bm25: break;
  }
  return {125, false, false};
}
// So many make a hit, where copies fold and articles have several.
inline constexpr std::size_t kCandidatesPerHit = 4;
// Whoever pages on gets the next tiers: up to 4, 16, 64 times as many candidates and so on.
inline constexpr std::size_t kTierGrowth = 4;

// Copies (near_duplicates.h). Of passages of Reuters and their copies with 2, 5 and 10 % of the words edited, .98, .97
// and .96 fold; by four fifths of the four-word sequences, which stood here before, .99, .90 and .10.
// tests/relevance/copies/README.md has what else was tried.
inline constexpr double kSameContent = 0.8;
inline constexpr double kOtherFacts = 0.25;
inline constexpr std::size_t kReplacedAroundNumber = 3;
// Of texts published further apart, so much of each stands in the other: what agencies hand on, they hand on within days,
// and what looks alike a week later is the next report of its kind.
inline constexpr int kDaysOfCopying = 4;
inline constexpr double kSameContentApart = 0.95;
inline constexpr std::size_t kFewestWordsOfCopy = 12;
inline constexpr std::size_t kBriefText = 30;
inline constexpr std::size_t kComparedWords = 1000;
inline constexpr double kLeastEqualWords = 0.6;  // whatever they weigh: what has fewer is not looked at further
// A collection as small as a few copies would take their words for frequent ones: it counts as one of this size.
inline constexpr double kLeastCollection = 10'000;
// Which passages are compared at all: those with an equal sequence among the smallest, the likeliest few.
inline constexpr std::size_t kShingle = 4;
inline constexpr std::size_t kSketch = 8;
inline constexpr std::size_t kLikelyOriginals = 8;

// A text is asked for by so many of its words; more find hardly more of the same.
inline constexpr std::size_t kSimilarWords = 25;

// More words than this are no question any more, and each costs a walk of its postings.
inline constexpr std::size_t kMaxWords = 400;

// Up to so many matches are counted one by one; beyond, counts are estimates. So many may tie, too, and the order still
// not depend on how the index grew.
inline constexpr std::size_t kCountedMatches = 2000;

}  // namespace nutgraf::weights
