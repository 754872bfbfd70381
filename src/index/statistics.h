// Statistics: counts of a collection that its posting lists do not hold, in one file that is mapped into memory.
//
//   statistics   StatisticsHeader
//                u64 x n: hashes of body terms, ascending; then u32 x n: articles that have the term
//                u32 x m: docids that were removed since the champions were listed (champions.h), ascending
//                u32 x 1024: where the frequencies of 64 surfaces begin among the bytes that follow
//                for each surface, by its hash in the signatures: varint passages, varint passages less articles
//
// Terms of fewer than kFewestPassagesOfTerm passages are not listed: counting them takes no time. The file tells the
// state after one batch and counts only where the manifest names the same one; where it is missing, of another batch or
// damaged, readers count for themselves. A large batch counts anew, a small one adds and subtracts its articles: both
// come to the same numbers. Champions are listed in the same walk of the posting lists as the terms.
#pragma once

#include <xapian.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "index/layout.h"
#include "index/mapped_file.h"
#include "index/posting_list.h"
#include "index/signatures.h"
#include "index/term_counts.h"

namespace nutgraf {

/// A smaller collection is counted through in a millisecond: it gets no file before a large batch comes.
inline constexpr Xapian::doccount kFewestPassagesForFile = 4096;

/// Sizes of a collection; tokens are pieces, those of a title counted once.
struct CollectionTotals {
  std::int64_t passages = 0;
  std::int64_t articles = 0;
  std::int64_t text = 0;
  std::int64_t titles_of_passages = 0;  ///< the title once for each passage of its article
  std::int64_t titles = 0;

  friend bool operator==(const CollectionTotals&, const CollectionTotals&) = default;
  CollectionTotals& operator+=(const CollectionTotals& other);
};

/// How many passages and articles have a surface in text or title.
struct SurfaceFrequency {
  std::int32_t passages = 0;
  std::int32_t articles = 0;

  friend bool operator==(const SurfaceFrequency&, const SurfaceFrequency&) = default;
  SurfaceFrequency& operator+=(const SurfaceFrequency& other);
};

/// Totals and surfaces of articles that come and go.
class SurfaceCounts {
 public:
  SurfaceCounts();
  SurfaceCounts(const CollectionTotals& totals, std::vector<SurfaceFrequency> frequencies);

  /// Counts the article that starts at `first` in (`sign` 1) or out (-1).
  void add(const Signatures& signatures, Xapian::docid first, int sign);
  /// Counts in the articles whose passages are all those from `docid` on.
  void add_from(const Signatures& signatures, Xapian::docid docid);
  /// Counts of other articles.
  SurfaceCounts& operator+=(const SurfaceCounts& other);

  [[nodiscard]] const CollectionTotals& totals() const noexcept { return totals_; }
  [[nodiscard]] const std::vector<SurfaceFrequency>& frequencies() const noexcept { return frequencies_; }

  friend bool operator==(const SurfaceCounts& a, const SurfaceCounts& b) {
    return a.totals_ == b.totals_ && a.frequencies_ == b.frequencies_;
  }

 private:
  CollectionTotals totals_;
  std::vector<SurfaceFrequency> frequencies_;
  std::vector<std::uint32_t> passage_of_;  // by hash: number of the passage that had it last, counted as they come
  std::vector<std::uint32_t> article_of_;  // and of the article
  std::uint32_t passages_seen_ = 0;
  std::uint32_t articles_seen_ = 0;
};

/// Counts what is live in `database`.
[[nodiscard]] SurfaceCounts count_surfaces(const Xapian::Database& database, const Signatures& signatures);

/// The same where nothing was deleted.
[[nodiscard]] SurfaceCounts count_surfaces(const Signatures& signatures);

/// Walks the postings of a term (with prefix).
[[nodiscard]] std::uint32_t count_articles(PostingList postings, const Signatures& signatures);
[[nodiscard]] std::uint32_t count_articles(const Xapian::Database& database, const Signatures& signatures,
                                           const std::string& term);

/// All that the file holds.
struct Statistics {
  SurfaceCounts surfaces;
  std::vector<TermFrequency> terms;    ///< by hash, ascending
  std::uint64_t passages_listed = 0;   ///< of the collection when `terms` was listed
  std::uint64_t champions_batch = 0;   ///< that listed the champions
  std::vector<Xapian::docid> removed;  ///< since then, of those up to its last docid; ascending
};

/// Durably, in one step: readers see the file of before or this one.
void write_statistics(const std::filesystem::path& file, std::uint64_t batch, const Statistics& statistics);

/// What a batch that counts anew counts.
struct CollectionCounts {
  SurfaceCounts surfaces;
  TermCounts terms;
};

/// Writes both files, the statistics and the champions: of all that is live in `database`, as it is after `batch`.
void write_counts(const GenerationPaths& paths, std::uint64_t batch, const Xapian::Database& database,
                  CollectionCounts counts);
/// The same; walks the posting lists.
void make_statistics(const GenerationPaths& paths, std::uint64_t batch, const Xapian::Database& database,
                     SurfaceCounts surfaces, const ChampionLimits& limits = {});

struct StatisticsHeader;

/// The file as readers see it. Moves, does not copy.
class StatisticsFile {
 public:
  StatisticsFile() = default;
  /// Of the state after `batch`; known() is false where there is no such file.
  StatisticsFile(const std::filesystem::path& file, std::uint64_t batch);

  [[nodiscard]] bool known() const noexcept { return header_ != nullptr; }
  // For a file that is known.
  [[nodiscard]] const CollectionTotals& totals() const;
  [[nodiscard]] SurfaceFrequency of(std::uint16_t surface) const;
  /// In how many articles a term (with prefix) is; nothing where the term is not listed.
  [[nodiscard]] std::optional<std::uint32_t> articles_of(std::string_view term) const;
  [[nodiscard]] std::uint64_t passages_listed() const;
  [[nodiscard]] std::uint64_t champions_batch() const;
  /// Docids that are champions no more; ascending.
  [[nodiscard]] std::span<const Xapian::docid> removed() const noexcept { return removed_; }
  [[nodiscard]] Statistics read() const;

 private:
  MappedFile map_;
  const StatisticsHeader* header_ = nullptr;
  const std::uint64_t* hashes_ = nullptr;
  const std::uint32_t* articles_ = nullptr;
  std::span<const Xapian::docid> removed_;
  const std::uint32_t* blocks_ = nullptr;
  std::string_view frequencies_;
};

struct AnalysedPassage;

/// Brings the file along with a small batch, and tells it which champions went. Inside the transaction: remove() before
/// an article's documents go, add_terms() of each passage that comes, add_surfaces() when all are in.
class StatisticsUpdate {
 public:
  /// `shards`: of the index; `database`: as of before the batch.
  StatisticsUpdate(const GenerationPaths& paths, std::uint64_t batch, std::size_t shards,
                   const Xapian::Database& database);

  /// An article, by its documents, whose termlists must be there.
  void remove(const Xapian::Database& database, std::span<const Xapian::docid> docids);
  /// Passages in docid order.
  void add_terms(const AnalysedPassage& passage);
  /// Of all passages after those of before the batch.
  void add_surfaces(const Xapian::Database& database);
  /// Writes the file, if the collection has or needs one. The signatures must have been flushed.
  void write(const Xapian::Database& database);

 private:
  GenerationPaths paths_;
  std::uint64_t batch_;
  std::size_t shards_;
  Signatures before_;
  std::optional<Statistics> statistics_;                   // of before the batch; nothing: to be counted anew
  Xapian::docid champions_end_ = 0;                        // the last docid when champions were listed
  std::unordered_map<std::uint64_t, std::int64_t> terms_;  // how many articles more, by hash
  std::set<std::uint64_t> terms_of_article_;               // that is being added: hashes
};

}  // namespace nutgraf
