// How Xapian's glass backend spells numbers and keys (xapian-core 1.4.22, common/pack.h), and the sizes it works with.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace nutgraf::glass {

/// The default of Xapian; every table of ours has it.
inline constexpr std::size_t kBlockBytes = 8192;
inline constexpr std::size_t kBlockHeader = 11;
/// Four items fit into a block (backends/glass/glass_table.h, BLOCK_CAPACITY), with two bytes of directory each.
inline constexpr std::size_t kMaxItem = (kBlockBytes - kBlockHeader - 4 * 2) / 4;
/// Bytes of an item that are neither key nor tag: size and flags, length of the key.
inline constexpr std::size_t kItemHeader = 3;
inline constexpr std::size_t kMaxKey = 255;
/// What Document::add_term() takes (backends/glass/glass_database.cc).
inline constexpr std::size_t kMaxTerm = 245;

/// pack_uint_preserving_sort(): byte order is numeric order.
void put_sortable(std::string& out, std::uint32_t value);

/// The key of a document in docdata and termlist.
[[nodiscard]] std::string document_key(std::uint32_t docid);

}  // namespace nutgraf::glass
