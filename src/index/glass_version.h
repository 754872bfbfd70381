// Glass version: the file iamglass, which makes tables a database (xapian-core 1.4.22,
// backends/glass/glass_version.cc):
//
//   file    14 bytes of magic, u16 format, 16 bytes UUID, revision, six tables, statistics
//   table   root block, level * 4 + 2 (blocks in key order) + 1 (no block yet), entries, block size / 2048, fewest
//   bytes
//           to compress, length of the free list, free list
//   free    revision, first block that no one uses, then two times block and offset: where the list begins and ends.
//           Cursors stop at the first unused block, so it must be right though no block was ever freed
//
// Numbers are of seven bits a byte. What is ours goes between what Xapian wrote for an empty database, so format, UUID
// and the tables that we do not write are its own.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "index/glass_blocks.h"

namespace nutgraf::glass {

struct Statistics {
  std::uint32_t documents = 0;  ///< and the last docid
  std::uint32_t shortest = 0;   ///< document that is not empty
  std::uint32_t longest = 0;
  std::uint32_t largest_wdf = 0;
  std::uint64_t total_length = 0;

  void add_document(std::uint32_t length);
};

/// The version file of an empty database that Xapian just made; Error(internal) where it is not of the one format that
/// we write.
class VersionFile {
 public:
  explicit VersionFile(const std::filesystem::path& database);

  /// Makes these tables the database.
  void write(const TableRoot& postings, const TableRoot& documents, const TableRoot& termlists,
             const Statistics& statistics) const;

 private:
  std::filesystem::path path_;
  std::string head_;  // magic, format, UUID
  std::string rest_;  // the tables for positions, spelling and synonyms, all empty
};

}  // namespace nutgraf::glass
