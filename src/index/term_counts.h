// Term counts: what the statistics and the champions list of the body terms, counted in one walk of the postings: of
// the database, or of what it is being written from.
#pragma once

#include <xapian.h>

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "index/champions.h"
#include "index/posting_list.h"
#include "index/signatures.h"

namespace nutgraf {

inline constexpr Xapian::doccount kFewestPassagesOfTerm = 32;

struct TermFrequency {
  std::uint64_t hash = 0;  ///< of the term: term_hash()
  std::uint32_t articles = 0;

  friend bool operator==(const TermFrequency&, const TermFrequency&) = default;
};

struct TermCounts {
  std::vector<TermFrequency> articles;  ///< by hash, ascending
  ChampionLists champions;
};

/// Counts one term after the other: first whether it counts at all, then its postings, then its end.
class TermCounter {
 public:
  /// `ordinals`: of the passages, by docid; the first one is of none. They stay in the cache where the directory's
  /// entries, eight times as large, would not.
  explicit TermCounter(std::vector<std::uint16_t> ordinals, const ChampionLimits& limits = {})
      : ordinals_(std::move(ordinals)), limits_(limits), picker_(limits.kept) {}

  /// Whether a term (with prefix) that so many passages have is listed; if so, its postings are due.
  bool begin(std::string_view term, Xapian::doccount passages);
  /// By docid.
  void add(Posting posting) {
    const Xapian::docid article = posting.docid - (ordinals_[posting.docid] - 1U);
    articles_ += article != std::exchange(last_, article) ? 1 : 0;
    if (frequent_) picker_.add(posting);
  }
  void end();

  [[nodiscard]] TermCounts take();

 private:
  std::vector<std::uint16_t> ordinals_;
  ChampionLimits limits_;
  ChampionPicker picker_;
  TermCounts counts_;
  // Of the term at hand.
  std::uint64_t hash_ = 0;
  bool frequent_ = false;
  std::uint32_t articles_ = 0;
  Xapian::docid last_ = 0;  // article, by its first passage
};

/// Walks the posting lists of `database`.
[[nodiscard]] TermCounts count_terms(const Xapian::Database& database, const Signatures& signatures,
                                     const ChampionLimits& limits);

}  // namespace nutgraf
