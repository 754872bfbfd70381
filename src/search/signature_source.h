// Posting sources: conditions that the posting lists do not hold, as streams of docids that Xapian's operators combine.
// They read the memory-mapped side files only. Each is made for one query on one view of the index.
#pragma once

#include <xapian.h>

#include <cstdint>
#include <string>
#include <vector>

#include "index/signatures.h"

namespace nutgraf {

/// Passages whose signature holds what `Pattern` asks for: `near` == 0: the hashes side by side in this order; else
/// one of each within `near` words of each other, in any order. Meant as the right side of OP_FILTER over the AND of
/// the words: on its own it runs over every docid.
struct SignaturePattern {
  std::vector<std::uint16_t> hashes;
  std::size_t near = 0;
};

[[nodiscard]] bool matches(std::span<const std::uint16_t> signature, const SignaturePattern& pattern);

class SignatureSource : public Xapian::PostingSource {
 public:
  /// `signatures` must outlive the query.
  SignatureSource(const Signatures& signatures, SignaturePattern pattern);

  void init(const Xapian::Database& database) override;
  Xapian::doccount get_termfreq_min() const override { return 0; }
  Xapian::doccount get_termfreq_est() const override;
  Xapian::doccount get_termfreq_max() const override { return documents_; }
  void next(double min_weight) override;
  void skip_to(Xapian::docid docid, double min_weight) override;
  bool check(Xapian::docid docid, double min_weight) override;
  bool at_end() const override { return docid_ > signatures_.last_docid(); }
  Xapian::docid get_docid() const override { return docid_; }
  std::string get_description() const override;

 private:
  [[nodiscard]] bool holds(Xapian::docid docid) const { return matches(signatures_.of(docid), pattern_); }

  const Signatures& signatures_;
  SignaturePattern pattern_;
  Xapian::docid docid_ = 0;
  Xapian::doccount documents_ = 0;
};

/// All passages of the articles whose first passage has the term: what is indexed once an article holds for all of it.
class ArticleSource : public Xapian::PostingSource {
 public:
  ArticleSource(const Signatures& signatures, std::string term);

  void init(const Xapian::Database& database) override;
  Xapian::doccount get_termfreq_min() const override { return 0; }
  Xapian::doccount get_termfreq_est() const override { return articles_; }
  Xapian::doccount get_termfreq_max() const override { return documents_; }
  void next(double min_weight) override;
  void skip_to(Xapian::docid docid, double min_weight) override;
  bool at_end() const override { return at_end_; }
  Xapian::docid get_docid() const override { return docid_; }
  std::string get_description() const override;

 private:
  void enter_article();

  const Signatures& signatures_;
  std::string term_;
  Xapian::Database database_;
  Xapian::PostingIterator posting_;
  Xapian::PostingIterator end_;
  Xapian::docid docid_ = 0;
  Xapian::doccount articles_ = 0;
  Xapian::doccount documents_ = 0;
  bool at_end_ = false;
};

}  // namespace nutgraf
