// Champions: of each frequent word its best postings, those of the largest wdf, in one file that is mapped into memory
// (champion lists: Manning, Raghavan, Schuetze, "Introduction to Information Retrieval", 7.1.3).
//
//   champions   a list file (list_file.h) with a list of each such term, under its term_hash(): layers by wdf,
//               descending: varint wdf, varint count, then for each docid, ascending: varint docid less the one before
//               in its layer (less 0 for the first)
//
// The lists are those of the state after one batch, made when the statistics are counted (statistics.h), and stay as
// they are: small batches note in the statistics which docids they removed, and what they add has larger docids than
// any that is listed. So the file counts only with statistics that name its batch. Where it or a list is missing, torn
// or of another batch, there are no champions, and readers walk the postings.
#pragma once

#include <xapian.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "index/list_file.h"
#include "index/posting_list.h"

namespace nutgraf {

struct ChampionLimits {
  Xapian::doccount fewest_passages = 8192;  ///< that have a term which gets a list
  std::size_t kept = 2000;                  ///< postings of a list
};

/// Picks the champions of one term after the other.
class ChampionPicker {
 public:
  explicit ChampionPicker(std::size_t kept) : kept_(kept) {}

  /// By ascending docid.
  void add(Posting posting) {
    if (posting.wdf >= layers_.size()) layers_.resize(posting.wdf + 1);
    auto& layer = layers_[posting.wdf];
    if (layer.size() < kept_) layer.push_back(posting.docid);
  }
  /// The first of all that were added, by wdf descending, then docid ascending; starts anew.
  [[nodiscard]] std::vector<Posting> take();

 private:
  std::size_t kept_;
  std::vector<std::vector<Xapian::docid>> layers_;  // by wdf, which is kMaxWdf at most
};

/// `champions` by wdf descending, then docid ascending.
[[nodiscard]] std::string encode_champions(std::span<const Posting> champions);

/// encode_champions() by the term_hash() of the term.
using ChampionLists = std::map<std::uint64_t, std::string>;

/// Durably, in one step. The lists hold the best of all postings of docids up to `last_docid`.
void write_champions(const std::filesystem::path& file, std::uint64_t batch, Xapian::docid last_docid,
                     const ChampionLists& lists);

/// The file as readers see it. Moves, does not copy.
class ChampionsFile : private ListFile {
 public:
  ChampionsFile() = default;
  /// Of the state after `batch`; known() is false where there is no such file.
  ChampionsFile(const std::filesystem::path& file, std::uint64_t batch);

  using ListFile::known;
  // For a file that is known.
  /// Of the collection when the lists were made.
  using ListFile::last_docid;
  /// Number of lists.
  [[nodiscard]] std::size_t size() const { return keys().size(); }
  /// The list at `place` (from 0), as it was made; nothing where it is damaged.
  [[nodiscard]] std::optional<std::vector<Posting>> list(std::size_t place) const;
  /// That of a term (with prefix); nothing where there is none.
  [[nodiscard]] std::optional<std::vector<Posting>> of(std::string_view term) const;
};

/// Takes the docids in `removed`, which ascend, out of a list.
void take_out(std::vector<Posting>& champions, std::span<const Xapian::docid> removed);

/// What is left of a term's champions in a view of the index. Removed passages were only taken out, so of the live
/// passages that have the term and a docid up to `complete_to`, each one that is not listed comes after all that are,
/// in the order by wdf descending, then docid ascending: the best k of them are the first k listed, where there are so
/// many. Of larger docids nothing is known: their postings are to be walked.
struct Champions {
  std::vector<Posting> postings;  ///< live, in that order; may be none
  Xapian::docid complete_to = 0;
};

}  // namespace nutgraf
