// Removing articles by id: a batch that only takes away.
#include <algorithm>

#include "index/file_io.h"
#include "index/live_index.h"
#include "index/transaction.h"
#include "nutgraf/index.h"

namespace nutgraf {

std::vector<std::string> remove_articles(const std::filesystem::path& index, const std::vector<std::string>& ids) {
  (void)require_live_generation(index);  // before the lock file is made in a folder that is no index
  const WriterLock lock(index);
  LiveIndex live(index);
  std::vector<std::string> missing;
  BatchChange change;
  live.read([&](LiveIndex& view) {
    missing.clear();
    change.removed.clear();
    for (const auto& id : ids) {
      if (std::find(change.removed.begin(), change.removed.end(), id) != change.removed.end()) continue;
      (view.first_passage(id) == 0 ? missing : change.removed).push_back(id);
    }
    return 0;
  });
  if (change.removed.empty()) return missing;
  change.manifest = live.manifest();
  change.record.number = ++change.manifest.batches;
  change.record.name = "remove";
  change.record.removed = change.removed.size();
  commit_batch(index, live.generation(), false, change);
  return missing;
}

}  // namespace nutgraf
