// Posting list: the postings of a term in one shard, walked forward. Of a database on this machine they are read as
// they are asked for. A server would send each by itself, in some microseconds: of one, all of them come in one answer.
#pragma once

#include <xapian.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

namespace nutgraf {

struct Posting {
  Xapian::docid docid = 0;
  Xapian::termcount wdf = 0;

  friend bool operator==(const Posting&, const Posting&) = default;
};
using FetchedPostings = std::shared_ptr<const std::vector<Posting>>;

/// All postings of a term (with prefix), of which there are `frequency`, by docid. May throw Xapian::Error.
[[nodiscard]] FetchedPostings fetch_postings(const Xapian::Database& database, const std::string& term,
                                             Xapian::doccount frequency);

/// What it does may throw Xapian::Error. Begins at the first posting.
class PostingList {
 public:
  PostingList(const Xapian::Database& database, const std::string& term)
      : posting_(database.postlist_begin(term)), end_(database.postlist_end(term)) {}
  explicit PostingList(FetchedPostings fetched) : fetched_(std::move(fetched)) {}

  [[nodiscard]] bool at_end() const { return fetched_ ? place_ == fetched_->size() : posting_ == end_; }
  // Not at the end.
  [[nodiscard]] Xapian::docid docid() const { return fetched_ ? (*fetched_)[place_].docid : *posting_; }
  [[nodiscard]] Xapian::termcount wdf() const { return fetched_ ? (*fetched_)[place_].wdf : posting_.get_wdf(); }
  void next() {
    if (fetched_) {
      ++place_;
    } else {
      ++posting_;
    }
  }
  /// To the first posting of `docid` or a later one.
  void skip_to(Xapian::docid docid) {
    if (!fetched_) return posting_.skip_to(docid);
    const auto before = [](const Posting& posting, Xapian::docid wanted) { return posting.docid < wanted; };
    const auto from = fetched_->begin() + static_cast<std::ptrdiff_t>(place_);
    place_ = static_cast<std::size_t>(std::lower_bound(from, fetched_->end(), docid, before) - fetched_->begin());
  }

 private:
  Xapian::PostingIterator posting_;
  Xapian::PostingIterator end_;
  FetchedPostings fetched_;
  std::size_t place_ = 0;
};

}  // namespace nutgraf
