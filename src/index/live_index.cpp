#include "index/live_index.h"

#include <algorithm>

#include "index/company_tags.h"
#include "index/shards.h"
#include "index/terms.h"
#include "nutgraf/error.h"

namespace nutgraf {

LiveIndex::LiveIndex(std::filesystem::path index) : index_(std::move(index)) {
  for (auto& folder : shard_folders(index_)) shards_.emplace_back(std::move(folder));
  read([](LiveIndex&) { return 0; });
}

void LiveIndex::refresh() {
  bool changed = false;
  for (LiveShard& shard : shards_) changed = shard.refresh() || changed;
  if (changed) unite_shards();
}

void LiveIndex::unite_shards() {
  company_names_.reset();
  if (shards_.size() == 1) {
    database_ = shards_.front().database();
    signatures_ = shards_.front().signatures();
    manifest_ = shards_.front().manifest();
    return;
  }
  database_ = Xapian::Database();
  std::vector<Signatures> signatures;
  std::vector<Manifest> manifests;
  for (const LiveShard& shard : shards_) {
    const Manifest& manifest = shard.manifest();
    if (manifest.shard != signatures.size() || manifest.shards != shards_.size()) {
      throw Error(ErrorCode::index,
                  "the index is damaged: " + shard.folder().string() + " holds shard " +
                      std::to_string(manifest.shard + 1) + " of " + std::to_string(manifest.shards),
                  "Bring back the folder that belongs there, or index the articles again into an empty folder.");
    }
    database_.add_database(shard.database());
    signatures.push_back(shard.signatures());
    manifests.push_back(manifest);
  }
  signatures_ = Signatures(signatures);
  manifest_ = united(manifests);
}

bool LiveIndex::overtaken() const {
  try {
    throw;
  } catch (const Xapian::DatabaseModifiedError&) {
    return true;
  } catch (...) {
    // A block that a later commit has used again may also look damaged: it is only if there was no later commit.
    return std::any_of(shards_.begin(), shards_.end(), [](const LiveShard& shard) { return shard.overtaken(); });
  }
}

void LiveIndex::require_writable() const {
  const Manifest& manifest = shards_.front().manifest();
  if (manifest.shards == shards_.size()) return;
  throw Error(ErrorCode::usage,
              index_.string() + " is shard " + std::to_string(manifest.shard + 1) + " of " +
                  std::to_string(manifest.shards) + " of an index",
              "Name the folder of the whole index with --index.");
}

std::uint64_t LiveIndex::state() const {
  std::uint64_t state = 0;
  for (const LiveShard& shard : shards_) state += shard.generation() + shard.manifest().batches;
  return state;
}

const Xapian::Database& LiveIndex::latest() const {
  const auto older = [](const LiveShard& a, const LiveShard& b) { return a.manifest().batches < b.manifest().batches; };
  return std::max_element(shards_.begin(), shards_.end(), older)->database();
}

const CompanyNames& LiveIndex::company_names() {
  if (!company_names_) company_names_.emplace(stored_companies(latest(), kCompanyNamesKey));
  return *company_names_;
}

std::string LiveIndex::company_called(const std::string& name, const Analyzer& analyzer) {
  std::string id = company_names().resolve(name, analyzer);
  if (!id.empty()) return id;
  const std::string nearest = company_names().nearest(name, analyzer);
  throw Error(
      ErrorCode::usage, "no company is called \"" + name + "\"",
      nearest.empty() ? "nutgraf companies lists those that the index speaks of." : "Did you mean " + nearest + "?");
}

CompanyTable LiveIndex::company_table() const {
  const std::string json = stored_companies(latest(), kCompanyTableKey);
  return json.empty() ? CompanyTable() : read_companies(json, "the table of companies in the index").table();
}

Xapian::docid LiveIndex::first_passage(std::string_view article_id) const {
  const std::size_t shard = shard_of(article_id, shards_.size());
  const Xapian::docid first = shards_[shard].first_passage(article_id);
  return first == 0 ? 0 : docid_of(shard, first);
}

StoredPassage LiveIndex::passage(Xapian::docid docid) const { return shard_at(docid).passage(docid_in_shard(docid)); }

ArticleRecord LiveIndex::article(Xapian::docid first) const { return shard_at(first).article(docid_in_shard(first)); }

template <typename DocidsIn>
std::vector<Xapian::docid> LiveIndex::gather(DocidsIn&& docids_in) const {
  std::vector<Xapian::docid> docids;
  for (std::size_t shard = 0; shard < shards_.size(); ++shard) {
    for (const auto docid : docids_in(shards_[shard])) docids.push_back(docid_of(shard, docid));
  }
  std::sort(docids.begin(), docids.end());
  return docids;
}

std::vector<Xapian::docid> LiveIndex::articles() const {
  return gather([](const LiveShard& shard) { return shard.articles(); });
}

std::vector<Xapian::docid> LiveIndex::changed_after(std::uint64_t sequence) const {
  return gather([&](const LiveShard& shard) { return shard.changed_after(sequence); });
}

}  // namespace nutgraf
