#include "search/disjunction.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <utility>

#include "search/frequent_word.h"
#include "search/scored_postings.h"

namespace nutgraf {
namespace {

// Fits the fastest cache.
constexpr Xapian::docid kWindow = 2048;

class Disjunction {
 public:
  Disjunction(LiveIndex& live, const std::vector<std::string>& terms, std::size_t depth, std::size_t counted);

  [[nodiscard]] BestOfTerms run();

 private:
  void add_up(Xapian::docid begin);
  void take_window(Xapian::docid begin);
  void take(Xapian::docid docid, double score);
  void leave_out_weak_lists();
  [[nodiscard]] std::size_t expected() const;

  std::vector<ScoredPostings> lists_;  // the one of the least weight first
  std::vector<double> reach_;          // what the first i lists weigh together at most
  std::size_t first_ = 0;              // of the lists that are walked: those before it weigh too little
  BestMatches best_;
  std::size_t found_ = 0;
  double documents_;
  std::array<double, kWindow> sums_{};
  std::array<std::uint64_t, kWindow / 64> present_{};
};

Disjunction::Disjunction(LiveIndex& live, const std::vector<std::string>& terms, std::size_t depth, std::size_t counted)
    : best_(depth, counted), documents_(live.database().get_doccount()) {
  lists_.reserve(terms.size());
  for (const auto& term : terms) lists_.emplace_back(live, term);
  std::stable_sort(lists_.begin(), lists_.end(),
                   [](const ScoredPostings& a, const ScoredPostings& b) { return a.max_weight() < b.max_weight(); });
  reach_.push_back(0);
  for (const auto& list : lists_) reach_.push_back(reach_.back() + list.max_weight());
}

// A window begins where the next passage stands.
BestOfTerms Disjunction::run() {
  for (;;) {
    Xapian::docid begin = kNoDocid;
    for (std::size_t i = first_; i < lists_.size(); ++i) begin = std::min(begin, lists_[i].docid());
    if (begin == kNoDocid) break;
    add_up(begin);
    take_window(begin);
    leave_out_weak_lists();
  }
  BestOfTerms result;
  result.all = best_.all();
  result.estimated = result.all ? found_ : std::max(found_, expected());
  result.most_beyond = best_.most_beyond();
  result.matches = best_.take();
  return result;
}

void Disjunction::add_up(Xapian::docid begin) {
  for (std::size_t i = first_; i < lists_.size(); ++i) {
    ScoredPostings& list = lists_[i];
    for (Xapian::docid at = list.docid() - begin; at < kWindow; at = list.docid() - begin) {
      sums_[at] += list.weight();
      present_[at / 64] |= std::uint64_t{1} << (at % 64);
      list.next();
    }
  }
}

void Disjunction::take_window(Xapian::docid begin) {
  for (std::size_t i = 0; i < present_.size(); ++i) {
    for (std::uint64_t bits = std::exchange(present_[i], 0); bits != 0; bits &= bits - 1) {
      const auto at = static_cast<Xapian::docid>(i * 64 + static_cast<std::size_t>(std::countr_zero(bits)));
      take(begin + at, std::exchange(sums_[at], 0));
    }
  }
}

void Disjunction::take(Xapian::docid docid, double score) {
  ++found_;
  const double least = best_.least() - kRounding;
  for (std::size_t i = first_; i > 0 && score + reach_[i] >= least; --i) {
    ScoredPostings& list = lists_[i - 1];
    list.skip_to(docid);
    if (list.docid() == docid) score += list.weight();
  }
  if (score >= least) best_.add({docid, rounded(score)});
}

void Disjunction::leave_out_weak_lists() {
  while (first_ < lists_.size() && reach_[first_ + 1] < best_.least() - kRounding) ++first_;
}

// As if terms stood where they do by chance.
std::size_t Disjunction::expected() const {
  double without = documents_;
  for (const auto& list : lists_) without *= 1 - list.passages() / documents_;
  return static_cast<std::size_t>(std::llround(documents_ - without));
}

}  // namespace

BestOfTerms best_of_terms(LiveIndex& live, const std::vector<std::string>& terms, std::size_t depth,
                          std::size_t counted) {
  if (auto best = best_of_frequent_word(live, terms, depth, counted)) return *std::move(best);
  return Disjunction(live, terms, depth, counted).run();
}

}  // namespace nutgraf
