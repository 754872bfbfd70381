// Pattern source: the passages that hold a pattern, scored by its words, as one stream of docids.
//
// It gives what the AND of the words, filtered by the signatures, would give, but for what does not count: once the
// best passages are known well enough, Xapian tells the least weight that still does. Most passages that have the words
// weigh less, and neither their signatures nor their postings of the more frequent words are looked at (conjunction.h).
//
// Where two frequent words make the pattern, the passages that hold it may be listed (index/word_pairs.h): these are
// not walked for, nor tested.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "search/conjunction.h"
#include "search/pattern_test.h"

namespace nutgraf {

/// Weighs as Bm25 does. It has no check() of its own: Xapian's OR weighs a passage wrongly where that says no. Not for
/// queries that scale weights up: Xapian does not divide the least weight by the factor.
class PatternSource : public Xapian::PostingSource {
 public:
  /// A pattern of texts, and its words as they come there. Passages with the term `without` are left out, and not
  /// looked up.
  PatternSource(LiveIndex& live, std::vector<WordForms> words, PatternTest test, std::string without);

  void init(const Xapian::Database& database) override;
  Xapian::doccount get_termfreq_min() const override { return 0; }
  Xapian::doccount get_termfreq_est() const override { return expected_; }
  Xapian::doccount get_termfreq_max() const override { return most_; }
  void next(double min_weight) override { advance(current_.docid + 1, min_weight); }
  void skip_to(Xapian::docid docid, double min_weight) override;
  bool at_end() const override { return current_.docid == kNoDocid; }
  Xapian::docid get_docid() const override { return current_.docid; }
  double get_weight() const override { return current_.weight; }
  std::string get_description() const override;

 private:
  struct Candidate {
    Xapian::docid docid = 0;
    double weight = 0;
    bool listed = false;  // holds the pattern, as far as the hashes tell
  };

  void open_words();
  /// The first passage from `docid` on that has all words, weighs enough, and may hold the pattern.
  [[nodiscard]] Candidate next_candidate(Xapian::docid docid, double least);
  [[nodiscard]] Candidate next_walked(Xapian::docid docid, double least);
  [[nodiscard]] Candidate next_listed(Xapian::docid docid, double least);
  /// The first passage from `docid` on that has both words of a pair in another form than the main one.
  [[nodiscard]] Xapian::docid next_with_others(Xapian::docid docid);
  /// So many of them.
  void read_ahead(Xapian::docid docid, double least, std::size_t count);
  /// To the first passage from `docid` on that holds the pattern and weighs enough.
  void advance(Xapian::docid docid, double min_weight);
  [[nodiscard]] bool holds(const Candidate& candidate);

  LiveIndex& live_;
  std::vector<WordForms> terms_;
  PatternTest test_;
  std::string without_;
  Conjunction words_;
  std::optional<LiveIndex::WordPair> pair_;  // the passages where the main forms stand side by side
  std::size_t first_ = 0;                    // of words_.words(), the first one of the pair
  std::vector<PostingList> left_out_;
  Xapian::doccount expected_ = 0;
  Xapian::doccount most_ = 0;
  std::vector<Candidate> candidates_;  // read ahead
  std::size_t place_ = 0;              // of the next one of these
  std::size_t ahead_ = 1;              // how many to read
  Candidate current_;
  // A query is often matched again: whoever was asked for all passages once need not look for them anew.
  std::vector<Candidate> hits_;  // that were given so far
  bool seen_all_ = true;         // none was skipped since init(), nor are all known already
  bool all_known_ = false;       // candidates_ are all hits
};

}  // namespace nutgraf
