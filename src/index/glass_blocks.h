// Glass blocks: writes a table of Xapian's glass backend, a B-tree of 8 KB blocks, from entries that come in key order.
// Blocks are filled one after the other and never touched again. All numbers are big endian (xapian-core 1.4.22,
// backends/glass/glass_table.{h,cc}):
//
//   block    u32 revision, u8 level (0: leaf), u16 largest free gap, u16 all free bytes, u16 end of the directory;
//            directory: u16 offset of an item, in key order; free space; items, the first one at the end of the block
//   leaf     u16 flags and size of what follows the next byte, u8 length of the key, key, u16 number of the part where
//            it is not the first, part of the tag. A tag that does not fit into one item goes on in the next
//   branch   u32 block, u8 length of the key, key, u16 part: the items from this key on are in or below `block`. The
//            key is cut behind the byte that tells it from the one before; the first key of a block is empty
//
// The first leaf begins with an item with an empty key and tag. The root comes last.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "index/file_io.h"
#include "index/glass_format.h"

namespace nutgraf::glass {

/// Where a reader finds its way into a table: a part of the version file (glass_version.h).
struct TableRoot {
  std::uint32_t block = 0;
  std::uint32_t level = 0;
  std::uint64_t entries = 0;
  std::uint32_t blocks = 0;  ///< in the file
};

class TableWriter {
 public:
  /// Overwrites the file.
  explicit TableWriter(const std::filesystem::path& file);

  /// Keys ascend. `deflated`: the tag is a raw deflate stream, which Xapian inflates when it reads.
  void add(std::string_view key, std::string_view tag, bool deflated = false);
  /// Writes what is left. There must be an entry.
  [[nodiscard]] TableRoot finish();

 private:
  // How a reader tells that it has to go to a block or behind it.
  struct Divider {
    std::string key;
    std::uint32_t part = 0;
  };
  // The open block of a level.
  struct Level {
    std::array<unsigned char, kBlockBytes> bytes{};
    std::size_t directory_end = kBlockHeader;
    std::size_t items_begin = kBlockBytes;
    Divider divider;

    [[nodiscard]] bool empty() const { return directory_end == kBlockHeader; }
    [[nodiscard]] bool has_room(std::size_t item) const { return items_begin - directory_end >= item + 2; }
    /// Room for an item, entered in the directory.
    unsigned char* place(std::size_t item);
    void start(Divider first);
  };

  void add_part(std::string_view key, std::string_view tag, std::uint32_t part, unsigned flags);
  void add_branch(std::size_t level, Divider divider, std::uint32_t block);
  /// Gives the number of the block.
  std::uint32_t write_block(std::size_t level);
  void flush();

  std::filesystem::path path_;
  FileDescriptor file_;
  std::string buffer_;
  std::vector<Level> levels_;
  std::string last_key_;
  std::uint64_t entries_ = 0;
  std::uint32_t blocks_ = 0;
};

}  // namespace nutgraf::glass
