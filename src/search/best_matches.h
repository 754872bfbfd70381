// Best matches: of matches that come by ascending docid the best ones, and what ties with the last of them.
#pragma once

#include <xapian.h>

#include <cmath>
#include <cstddef>
#include <deque>
#include <vector>

namespace nutgraf {

struct Match {
  Xapian::docid docid = 0;
  double score = 0;
};

/// Sums of the same weights in another order differ in their last bits: scores are compared to nine places.
[[nodiscard]] inline double rounded(double score) {
  constexpr double kPlaces = 1e9;
  return std::round(score * kPlaces) / kPlaces;
}

/// So much less than the least score that is wanted a sum of weights may be, for the same reason.
inline constexpr double kRounding = 2e-9;

/// By score, then docid. A function object, so that sorting by it compares in place.
inline constexpr auto is_better = [](const Match& a, const Match& b) {
  return a.score != b.score ? a.score > b.score : a.docid < b.docid;
};

struct BestOfTerms {
  std::vector<Match> matches = {};  ///< in no order
  bool all = false;                 ///< these are all
  std::size_t estimated = 0;        ///< how many there are
  double most_beyond = 0;           ///< what is not among them scores at most so much
};

/// Up to `counted` matches all of them are kept, beyond that the best `depth`, and of what ties with the last of these
/// so many as make `counted` together.
class BestMatches {
 public:
  BestMatches(std::size_t depth, std::size_t counted);

  /// Docids ascend; no score is negative.
  void add(Match match);
  /// A match that scores less than this is not wanted.
  [[nodiscard]] double least() const { return least_; }
  /// Whether all that came are kept.
  [[nodiscard]] bool all() const { return !full_; }
  /// In no order. Leaves nothing.
  [[nodiscard]] std::vector<Match> take();
  /// Whatever was added and is not kept scores at most so much. Before take().
  [[nodiscard]] double most_beyond() const;

 private:
  void cut();

  std::size_t depth_;
  std::size_t counted_;
  bool full_ = false;
  double least_ = 0;
  std::vector<Match> kept_;  // where full, a heap with the worst first
  std::deque<Match> tied_;   // with that one, by docid
  bool ties_dropped_ = false;
};

}  // namespace nutgraf
