// Removing articles by id: a batch that only takes away.
#include <algorithm>

#include "index/file_io.h"
#include "index/live_index.h"
#include "index/shard_batch.h"
#include "index/shards.h"
#include "nutgraf/index.h"

namespace nutgraf {

std::vector<std::string> remove_articles(const std::filesystem::path& index, const std::vector<std::string>& ids) {
  require_index(index);  // before the lock file is made in a folder that is no index
  const WriterLock lock(index);
  LiveIndex live(index);
  live.require_writable();
  std::vector<std::string> missing;
  std::vector<std::vector<std::string>> removed;  // by shard
  live.read([&](LiveIndex& view) {
    missing.clear();
    removed.assign(view.shards().size(), {});
    for (const auto& id : ids) {
      auto& of_shard = removed[shard_of(id, removed.size())];
      if (std::find(of_shard.begin(), of_shard.end(), id) != of_shard.end()) continue;
      (view.first_passage(id) == 0 ? missing : of_shard).push_back(id);
    }
    return 0;
  });
  if (std::all_of(removed.begin(), removed.end(), [](const auto& of_shard) { return of_shard.empty(); }))
    return missing;
  const ShardBatchPlan plan{.name = "remove"};
  for (std::size_t shard = 0; shard < removed.size(); ++shard) {
    const LiveShard& before = live.shards()[shard];
    ShardBatch batch(before.folder(), &before, plan);
    batch.remove(std::move(removed[shard]));
    batch.prepare(before.manifest().sequence, false);
    batch.commit();
  }
  return missing;
}

}  // namespace nutgraf
