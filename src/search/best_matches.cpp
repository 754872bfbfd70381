#include "search/best_matches.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

namespace nutgraf {

BestMatches::BestMatches(std::size_t depth, std::size_t counted)
    : depth_(std::max<std::size_t>(depth, 1)), counted_(std::max(depth_, counted)) {}

void BestMatches::add(Match match) {
  if (!full_) {
    kept_.push_back(match);
    if (kept_.size() > counted_) cut();
  } else if (match.score > least_) {
    std::pop_heap(kept_.begin(), kept_.end(), is_better);
    const Match out = std::exchange(kept_.back(), match);
    std::push_heap(kept_.begin(), kept_.end(), is_better);
    if (kept_.front().score > least_) {
      least_ = kept_.front().score;
      tied_.clear();
      ties_dropped_ = false;
    } else {  // it comes before all that tie
      tied_.push_front(out);
      if (tied_.size() > counted_ - depth_) {
        tied_.pop_back();
        ties_dropped_ = true;
      }
    }
  } else if (match.score == least_) {
    if (tied_.size() < counted_ - depth_) {
      tied_.push_back(match);
    } else {
      ties_dropped_ = true;
    }
  }
}

void BestMatches::cut() {
  full_ = true;
  const auto last = kept_.begin() + static_cast<std::ptrdiff_t>(depth_);
  std::nth_element(kept_.begin(), std::prev(last), kept_.end(), is_better);
  least_ = std::prev(last)->score;
  const auto ties_end = std::partition(last, kept_.end(), [&](const Match& match) { return match.score == least_; });
  std::sort(last, ties_end, is_better);
  tied_.assign(last, ties_end);
  if (tied_.size() > counted_ - depth_) {
    tied_.pop_back();
    ties_dropped_ = true;
  }
  kept_.erase(last, kept_.end());
  std::make_heap(kept_.begin(), kept_.end(), is_better);
}

double BestMatches::most_beyond() const { return !full_ ? 0 : ties_dropped_ ? least_ : std::nextafter(least_, 0); }

std::vector<Match> BestMatches::take() {
  std::vector<Match> matches = std::exchange(kept_, {});
  matches.insert(matches.end(), tied_.begin(), tied_.end());
  return matches;
}

}  // namespace nutgraf
