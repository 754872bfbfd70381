// Shards: an index in several parts, each of which is an index by itself. All passages of an article are in one shard,
// by a hash of its id.
//
//   <index>/shards                   how many there are: {"schema": "nutgraf.shards/1", "shards": 4}
//   <index>/shard-001/CURRENT ...    the first one, as layout.h has it
//   <index>/lock, watches.json       of the whole
//
// The number is for life. Every batch goes to every shard, if only to tell it that there was one: so the shards agree
// in roots and companies, and the least of their sequence numbers tells up to where all have every article. A batch
// that is cut off between two shards leaves them uneven; the same batch again completes it.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string_view>
#include <vector>

namespace nutgraf {

/// So many databases are open at a time, at about seven files each.
inline constexpr std::size_t kMostShards = 64;

/// The shard, from 0, that an article belongs to.
[[nodiscard]] std::size_t shard_of(std::string_view article_id, std::size_t shards);

/// Folders of the shards (of a cluster: the local ones) in order; the folder itself where the index is in one piece or
/// there is none. Error(index) where `shards` makes no sense or a shard is missing.
[[nodiscard]] std::vector<std::filesystem::path> shard_folders(const std::filesystem::path& index);

/// For what writes: Error(index) with the command that makes one where there is no index, Error(usage) for a cluster.
void require_index(const std::filesystem::path& index);

/// Makes an index of `shards` shards (at least 2) without articles, durably. For the holder of the lock, in a folder
/// where there is no index. Error(index) where there are shards with articles all the same.
void make_shards(const std::filesystem::path& index, std::size_t shards);

}  // namespace nutgraf
