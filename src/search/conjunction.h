// Conjunction: the passages that have all of some words, walked forward, and the best of them.
//
// Once the best are known well enough, what weighs too little is passed over: the more frequent words are not asked for
// a passage that the rarer ones make too light. After Broder, Carmel, Herscovici, Soffer and Zien, "Efficient Query
// Evaluation using a Two-Level Retrieval Process" (2003).
#pragma once

#include <string>
#include <vector>

#include "index/live_index.h"
#include "search/best_matches.h"
#include "search/scored_postings.h"

namespace nutgraf {

/// The terms (with prefix) of one word, of which a passage has any. They are there.
using WordForms = std::vector<std::string>;

/// Nearly all postings of a word are of one form: the same letters are other terms in other languages, which few
/// passages have and which weigh the more. A passage has one language, so it has all words of a text in forms of that.
struct ScoredWord {
  [[nodiscard]] static ScoredWord open(LiveIndex& live, const WordForms& forms);

  [[nodiscard]] double passages() const;
  /// To the first passage from `docid` on; kNoDocid where there is none.
  [[nodiscard]] Xapian::docid skip_to(Xapian::docid docid);
  void skip_others_to(Xapian::docid docid);
  /// In the passage that it is at.
  [[nodiscard]] double weight(Xapian::docid docid) const;
  [[nodiscard]] double weight_of_others(Xapian::docid docid) const;
  /// The most that it may weigh in a passage, no earlier one than was asked for before.
  [[nodiscard]] double max_weight(Xapian::docid docid);
  /// In any passage.
  [[nodiscard]] double max_weight() const { return main.max_weight() + others_max_weight; }

  std::string main_form;
  ScoredPostings main;
  std::vector<ScoredPostings> others;
  Xapian::docid others_docid = 0;  ///< the first of theirs
  double others_max_weight = 0;

 private:
  ScoredWord(const WordForms& forms, std::vector<ScoredPostings> lists, std::size_t most_frequent);
};

/// What it does may throw Xapian::Error.
class Conjunction {
 public:
  Conjunction() = default;
  Conjunction(LiveIndex& live, const std::vector<WordForms>& words);

  /// The rarest first.
  [[nodiscard]] std::vector<ScoredWord>& words() noexcept { return words_; }
  /// The first passage from `docid` on that has all words and weighs at least so much; kNoDocid where there is none.
  [[nodiscard]] Match next(Xapian::docid docid, double least);

 private:
  std::vector<ScoredWord> words_;
};

/// The passages that have all of some words, by Bm25, as best_of_terms() (disjunction.h) gives those that have any.
[[nodiscard]] BestOfTerms best_of_all(LiveIndex& live, const std::vector<WordForms>& words, std::size_t depth,
                                      std::size_t counted);

}  // namespace nutgraf
