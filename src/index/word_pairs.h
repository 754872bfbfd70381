// Word pairs: of any two frequent words, the passages in whose text the second follows the first, with how often each
// of them is there: a phrase of two frequent words needs no walk of theirs, which are the longest posting lists there
// are. After Williams, Zobel, Bahle, "Fast Phrase Querying with Combined Indexes" (ACM TOIS 22, 2004), whose partial
// phrase index this is.
//
//   word_pairs   a list file (list_file.h):
//                under 0 the words: varint hash in the signatures, varint bytes of the term, term
//                under a key of two words, for each two that are side by side somewhere: varint passages, then for
//                each, by docid: varint docid less the one before (less 0 for the first), then a byte with the wdf of
//                the first word's term, times 16, and of the second's; where one of these is over 15, 0 and a byte for
//                each
//
// A word is a surface and the one of its terms that the most passages have; passages that have it under a term of
// another language are not listed. What is side by side in the signatures is taken for it, as by all that reads them.
//
// The lists are made with the champions (champions.h), of the same state, and are brought along like these: what small
// batches remove stands in the statistics, what they add has larger docids. A pair that is not listed is unknown.
#pragma once

#include <xapian.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "index/layout.h"
#include "index/list_file.h"
#include "index/pair_lister.h"
#include "index/vocabulary.h"

namespace nutgraf {

/// Whether the file is worth while: in few passages a walk takes no time, and of several shards nobody would read it.
[[nodiscard]] inline bool wants_word_pairs(std::size_t shards, std::uint64_t passages) {
  constexpr std::uint64_t kFewestPassages = 65'536;
  return shards == 1 && passages >= kFewestPassages;
}

struct WordPairLimits {
  Xapian::doccount fewest_passages = 8192;  ///< that have a word which is paired,
  Xapian::doccount share = 16;              ///< and one of so many of the collection at least
  std::size_t most_words = 1024;            ///< whose pairs have a table
  Xapian::docid passages_at_once = 65'536;  ///< whose pairs are in memory
};

/// The most frequent words of a vocabulary, by passages, descending. May throw Xapian::Error, as all below.
[[nodiscard]] std::vector<PairedWord> words_to_pair(const Xapian::Database& database, const WordCounts& vocabulary,
                                                    const WordPairLimits& limits);

/// Writes the file of a collection as it is after `batch`, whose vocabulary and signatures are written already.
void make_word_pairs(const GenerationPaths& paths, std::uint64_t batch, std::span<const PartPostings> parts,
                     const WordPairLimits& limits = {});

/// The passages of a pair, walked forward.
class PairPostings {
 public:
  /// None.
  PairPostings() = default;
  /// `list` as in the file, `removed` ascends; both must outlive it. At the first passage that was not removed.
  PairPostings(std::string_view list, std::span<const Xapian::docid> removed);

  /// How many were listed.
  [[nodiscard]] Xapian::doccount passages() const noexcept { return passages_; }
  [[nodiscard]] bool at_end() const noexcept { return at_end_; }
  // Not at the end.
  [[nodiscard]] Xapian::docid docid() const noexcept { return docid_; }
  [[nodiscard]] Xapian::termcount first_wdf() const noexcept { return first_wdf_; }
  [[nodiscard]] Xapian::termcount second_wdf() const noexcept { return second_wdf_; }
  void next();
  /// To the first passage of `docid` or a later one.
  void skip_to(Xapian::docid docid) {
    while (!at_end_ && docid_ < docid) next();
  }

 private:
  void read();

  std::string_view rest_;
  std::span<const Xapian::docid> removed_;  // those that may still come
  Xapian::doccount passages_ = 0;
  Xapian::docid docid_ = 0;
  Xapian::termcount first_wdf_ = 0;
  Xapian::termcount second_wdf_ = 0;
  bool at_end_ = true;
};

/// The file as readers see it. Moves, does not copy.
class WordPairsFile : private ListFile {
 public:
  WordPairsFile() = default;
  /// Of the state after `batch`; known() is false where there is no such file.
  WordPairsFile(const std::filesystem::path& file, std::uint64_t batch);

  using ListFile::known;
  // For a file that is known.
  /// Of the collection when the lists were made: of later ones nothing is known.
  using ListFile::last_docid;
  /// Whose pairs are listed; nothing where that cannot be read.
  [[nodiscard]] std::optional<std::vector<PairedWord>> words() const;
  /// The list of a pair for PairPostings; nothing where there is none, or a damaged one.
  [[nodiscard]] std::optional<std::string_view> of(const PairedWord& first, const PairedWord& second) const;
  /// Whether the lists are those of `lister`, a lister of `words`, but for the docids in `removed`, which are gone.
  [[nodiscard]] bool equal(PairLister lister, std::span<const PairedWord> words,
                           std::span<const Xapian::docid> removed) const;
};

}  // namespace nutgraf
