// Posting sources: conditions that the posting lists do not hold, as streams of docids that Xapian's operators combine.
// They read the memory-mapped side files, and stored text only to confirm. Each is made for one query on one view of
// the index.
#pragma once

#include <xapian.h>

#include <string>
#include <vector>

#include "search/pattern_test.h"

namespace nutgraf {

/// Passages that meet a test. Meant as the right side of OP_FILTER over the AND of the words: on its own it runs over
/// every docid.
class SignatureSource : public Xapian::PostingSource {
 public:
  /// Passages with the term `without` are left out, and not looked up.
  SignatureSource(LiveIndex& live, PatternTest test, std::string without = {});

  void init(const Xapian::Database& database) override;
  Xapian::doccount get_termfreq_min() const override { return 0; }
  Xapian::doccount get_termfreq_est() const override;
  Xapian::doccount get_termfreq_max() const override { return documents_; }
  void next(double min_weight) override;
  void skip_to(Xapian::docid docid, double min_weight) override;
  bool check(Xapian::docid docid, double min_weight) override;
  bool at_end() const override { return docid_ > live_.signatures().last_docid(); }
  Xapian::docid get_docid() const override { return docid_; }
  std::string get_description() const override;

 private:
  [[nodiscard]] bool matches(Xapian::docid docid);
  [[nodiscard]] bool is_left_out(Xapian::docid docid);

  LiveIndex& live_;
  PatternTest test_;
  std::string without_;
  Xapian::PostingIterator left_out_;  // of without_
  Xapian::PostingIterator left_out_end_;
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

/// A list of docids, ascending.
class ListSource : public Xapian::PostingSource {
 public:
  explicit ListSource(std::vector<Xapian::docid> docids) : docids_(std::move(docids)) {}

  void init(const Xapian::Database&) override;
  Xapian::doccount get_termfreq_min() const override { return 0; }
  Xapian::doccount get_termfreq_est() const override { return static_cast<Xapian::doccount>(docids_.size()); }
  Xapian::doccount get_termfreq_max() const override { return static_cast<Xapian::doccount>(docids_.size()); }
  void next(double min_weight) override;
  void skip_to(Xapian::docid docid, double min_weight) override;
  bool at_end() const override { return place_ == docids_.size(); }
  Xapian::docid get_docid() const override { return docids_[place_]; }
  std::string get_description() const override;

 private:
  std::vector<Xapian::docid> docids_;
  std::size_t place_ = 0;
  bool started_ = false;
};

}  // namespace nutgraf
