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
// Numbers are of seven bits a byte. The tables in their order: postlist, docdata, termlist, position, spelling,
// synonym. What is ours takes the place of what Xapian wrote, so format, UUID and the tables that we do not write are
// its own.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
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

/// What identifies the database that lies at `database`, as Xapian::Database::get_uuid() says it; empty where its
/// version file is not there.
[[nodiscard]] std::string stored_uuid(const std::filesystem::path& database);

/// The version file of a database; Error(internal) where it is not of the one format that we write.
class VersionFile {
 public:
  explicit VersionFile(const std::filesystem::path& database);

  /// Makes these tables a database of an empty one.
  void write_segment(const TableRoot& postings, const TableRoot& documents, const Statistics& statistics);
  /// Says that the table of termlists is this one, or that there is none; durably and in one step, so readers may be at
  /// work.
  void write_termlists(const std::optional<TableRoot>& termlists);

 private:
  [[nodiscard]] std::string bytes() const;

  std::filesystem::path path_;
  std::string head_;  // magic, format, UUID
  std::uint64_t revision_ = 0;
  std::array<std::string, 6> tables_;
  std::string statistics_;
};

}  // namespace nutgraf::glass
