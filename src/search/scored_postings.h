// Scored postings: the postings of a term, with what each weighs by Bm25.
#pragma once

#include <algorithm>
#include <array>
#include <limits>
#include <string>

#include "index/live_index.h"
#include "index/posting_list.h"
#include "index/terms.h"

namespace nutgraf {

inline constexpr Xapian::docid kNoDocid = std::numeric_limits<Xapian::docid>::max();

class ScoredPostings {
 public:
  /// Of a term (with prefix); at its first posting. May throw Xapian::Error, as all that moves it.
  ScoredPostings(LiveIndex& live, const std::string& term);

  /// How many passages have the term.
  [[nodiscard]] Xapian::doccount passages() const { return passages_; }
  /// Of the posting it is at; kNoDocid at the end.
  [[nodiscard]] Xapian::docid docid() const { return docid_; }
  [[nodiscard]] double weight() const { return weight_of(postings_.wdf()); }
  [[nodiscard]] double weight_of(Xapian::termcount wdf) const { return weights_[std::min(wdf, kMaxWdf)]; }
  /// The most that a posting weighs.
  [[nodiscard]] double max_weight() const { return weights_.back(); }

  void next() {
    postings_.next();
    docid_ = postings_.at_end() ? kNoDocid : postings_.docid();
  }
  /// To the first posting of `wanted` or a later one.
  void skip_to(Xapian::docid wanted) {
    if (docid_ >= wanted) return;
    postings_.skip_to(wanted);
    docid_ = postings_.at_end() ? kNoDocid : postings_.docid();
  }

 private:
  Xapian::doccount passages_;
  PostingList postings_;
  Xapian::docid docid_;
  std::array<double, kMaxWdf + 1> weights_;  // by wdf
};

}  // namespace nutgraf
