// Glass postings: the posting lists of a table in glass format. A list is cut into chunks, each an entry that fits into
// one item (xapian-core 1.4.22, backends/glass/glass_postlist.cc):
//
//   key     first chunk: the term; later ones: term, NUL, first docid (sortable)
//   tag     first chunk: number of postings, sum of wdf, first docid - 1; every chunk: '1' where it is the last, else
//           '0'; last docid - first docid; wdf of the first posting; then docid - docid before - 1, wdf
//
// The lengths of the documents are a list of this kind below the key 00 E0, with the length as wdf, and 0 for the
// number of postings and the sum.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "index/glass_blocks.h"

namespace nutgraf::glass {

struct Posting {
  std::uint32_t docid = 0;
  std::uint32_t wdf = 0;
};

/// Error(internal) for a term that no list can have.
void require_key(std::string_view term);

class PostingWriter {
 public:
  explicit PostingWriter(const std::filesystem::path& file) : table_(file) {}

  /// Of documents 1, 2, ... Comes before all terms.
  void add_lengths(std::span<const std::uint32_t> lengths);
  /// Terms in byte order, none twice; postings by docid, at least one.
  void add(std::string_view term, std::span<const Posting> postings);
  [[nodiscard]] TableRoot finish() { return table_.finish(); }

 private:
  struct List {
    std::string first_key;
    std::string later_keys;      // without the docid
    std::uint64_t postings = 0;  // as the header says
    std::uint64_t wdf = 0;
  };
  void write(const List& list, std::span<const Posting> postings);

  TableWriter table_;
  std::string key_;
  std::string tag_;
  std::array<char, kMaxItem> chunk_;
};

}  // namespace nutgraf::glass
