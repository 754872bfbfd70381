// Pair lister: of some words, where any two of them are side by side, told by stretches of a collection.
#pragma once

#include <xapian.h>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "index/signatures.h"

namespace nutgraf {

struct PairedWord {
  std::uint16_t surface = 0;  ///< its hash in the signatures
  std::string term;           ///< with prefix

  friend bool operator==(const PairedWord&, const PairedWord&) = default;
};

/// Under which a pair is listed.
[[nodiscard]] std::uint64_t pair_key(const PairedWord& first, const PairedWord& second);

/// Postings of a part of a collection: its docids `first` to `last` follow those of the part before, from 1 on.
struct PartPostings {
  explicit PartPostings(const Xapian::Database& whole) : database(whole), last(whole.get_lastdocid()) {}
  PartPostings(const Xapian::Database& part, Xapian::docid its_first, Xapian::docid its_last)
      : database(part), first(its_first), last(its_last) {}

  [[nodiscard]] Xapian::docid size() const noexcept { return last + 1 - first; }

  Xapian::Database database;
  Xapian::docid first = 1;
  Xapian::docid last = 0;
};

struct PairPosting {
  Xapian::docid docid = 0;
  std::uint8_t first_wdf = 0;  ///< of the term of the first word; 0: the passage is of another language, or removed
  std::uint8_t second_wdf = 0;
};

/// Memory is that of a stretch, however many there are.
class PairLister {
 public:
  /// Of `words` no two have the same surface; `signatures` have the docids of all parts. All must outlive this. May
  /// throw Xapian::Error, as next().
  PairLister(std::span<const PartPostings> parts, const Signatures& signatures, std::span<const PairedWord> words,
             Xapian::docid passages_at_once);

  /// pair_key() of all pairs that there may be, ascending. A pair is known by its place among them.
  [[nodiscard]] std::span<const std::uint64_t> keys() const noexcept { return keys_; }
  /// Goes to the next stretch; false behind the last one.
  [[nodiscard]] bool next();
  /// The passages of the stretch in which the second word follows the first, by docid.
  [[nodiscard]] std::span<const PairPosting> of(std::size_t pair) const {
    return std::span(postings_).subspan(begins_[pair], begins_[pair + 1] - begins_[pair]);
  }

 private:
  [[nodiscard]] std::size_t cell(std::size_t first, std::size_t second) const { return first * words_.size() + second; }
  void sort_keys();
  void find_pairs();
  void sort_found();
  void look_up_wdfs();
  void read_wdfs(const std::string& term);

  std::span<const PartPostings> parts_;
  const Signatures& signatures_;
  std::span<const PairedWord> words_;
  Xapian::docid passages_at_once_;
  std::vector<std::uint16_t> number_of_;  // of the word with a surface; else their number
  std::vector<std::uint64_t> keys_;
  std::vector<std::uint32_t> pair_of_;  // by cell
  std::vector<Xapian::docid> last_;     // by cell: passage in which the pair was found
  // Of the stretch:
  Xapian::docid begin_ = 1;
  Xapian::docid end_ = 1;
  std::vector<std::uint32_t> found_;       // pairs, passage after passage
  std::vector<std::uint32_t> found_ends_;  // by passage
  std::vector<std::uint32_t> begins_;      // by pair, and the end of the last one
  std::vector<PairPosting> postings_;      // pair after pair
  std::vector<std::uint8_t> wdfs_;         // of a term, by passage
};

}  // namespace nutgraf
