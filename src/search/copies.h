// Copies: candidates that say the same fold into one, under the one that was published first.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "index/live_index.h"
#include "nutgraf/analyzer.h"
#include "search/article_cache.h"
#include "search/near_duplicates.h"
#include "search/rerank.h"
#include "search/statistics.h"

namespace nutgraf {

/// What is read of a passage to compare it.
struct ComparedPassage {
  std::vector<ComparedWord> title;    ///< of its article; empty where that has none of its own
  std::vector<ComparedWord> heading;  ///< above it
  std::vector<ComparedWord> text;
};

/// Says whether passages of one view of the index are copies, and remembers what it said. Equal passages are told by
/// their signatures; stored texts are read only of those that have nearly all words in common. Texts that differ under
/// titles with another number ("September update", "October update") are a series, and no copies; so are those that
/// differ under headings with another word, and those that differ much and were published days apart or stand in one
/// article.
class CopyJudge {
 public:
  /// What is given must outlive the judge. May throw Xapian::Error, as LiveIndex.
  CopyJudge(LiveIndex& live, ArticleCache& articles, const Analyzer& analyzer, SurfaceWeights& weights)
      : live_(live), articles_(articles), analyzer_(analyzer), weights_(weights) {}

  /// Whether `copy` says nothing that `original` does not say.
  [[nodiscard]] bool is_copy(Xapian::docid copy, Xapian::docid original);

 private:
  [[nodiscard]] bool compare(Xapian::docid copy, Xapian::docid original);
  [[nodiscard]] bool has_most_words_of(Xapian::docid original, Xapian::docid copy);
  [[nodiscard]] bool keeps_enough(Xapian::docid copy, Xapian::docid original);
  [[nodiscard]] double share_in_original(Xapian::docid copy, Xapian::docid original);
  [[nodiscard]] const ComparedPassage& read(Xapian::docid docid);
  [[nodiscard]] std::vector<ComparedWord> words(const std::string& text, std::span<const std::uint16_t> title) const;

  LiveIndex& live_;
  ArticleCache& articles_;
  const Analyzer& analyzer_;
  SurfaceWeights& weights_;
  std::unordered_map<std::uint64_t, bool> said_;  // by the docids of copy and original
  std::unordered_map<Xapian::docid, ComparedPassage> read_;
  WordsInCommon words_;
};

/// A candidate that says nothing beyond an earlier one joins it. Among those of a tier the earliest published speaks
/// (undated ones last; of one day the longest; of equal texts the first by article id), or the one that ranks first;
/// one of a later tier only joins. What is folded stands where its best member stood.
enum class Speaker : std::uint8_t { earliest, first };

/// Who may be copies of each other at all, directly or through others: those that share a hash. By place in the
/// ranking.
struct Neighbourhoods {
  std::vector<std::size_t> first;  ///< the best of its neighbours; itself where none is better
  std::vector<std::size_t> next;   ///< the next best; 0: none
};

/// What copies folded into.
struct FoldedCandidate {
  Candidate candidate;
  std::vector<Xapian::docid> copies = {};
};

/// Folds ranked candidates as far as they are asked for: of most it never needs to say whose copies they are.
class CopyFolding {
 public:
  /// What is given by reference must outlive this.
  CopyFolding(const std::vector<Candidate>& ranked, Speaker speaker, const Signatures& signatures,
              ArticleCache& articles, CopyJudge& judge);

  /// The next hit, best first; nothing at the end. May throw Xapian::Error.
  [[nodiscard]] std::optional<FoldedCandidate> next();

 private:
  void fold(std::size_t first);

  const std::vector<Candidate>& ranked_;
  Speaker speaker_;
  const Signatures& signatures_;
  ArticleCache& articles_;
  CopyJudge& judge_;
  std::vector<std::vector<std::uint64_t>> hashes_;  // by place
  Neighbourhoods neighbourhoods_;
  std::map<std::size_t, FoldedCandidate> hits_;  // of what is folded, where the best of each group stands
  std::size_t place_ = 0;
};

/// Earliest first, then by article id and place in the article; undated ones last.
[[nodiscard]] std::vector<Xapian::docid> by_publication(std::vector<Xapian::docid> docids, const Signatures& signatures,
                                                        ArticleCache& articles);

/// Takes out the articles that hold a passage that is a copy of one of `originals`.
void drop_copies_of(const std::vector<Xapian::docid>& originals, std::vector<Candidate>& candidates,
                    const Signatures& signatures, CopyJudge& judge);

}  // namespace nutgraf
