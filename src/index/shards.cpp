#include "index/shards.h"

#include <xxhash.h>

#include <array>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "index/cluster.h"
#include "index/file_io.h"
#include "index/lent_termlists.h"
#include "index/live_shard.h"
#include "index/xapian_error.h"
#include "nutgraf/error.h"

namespace nutgraf {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr std::string_view kSchema = "nutgraf.shards/1";
constexpr std::uint64_t kFirstGeneration = 1;

fs::path file_of(const fs::path& index) { return index / "shards"; }

fs::path folder_of(const fs::path& index, std::size_t shard) {
  std::array<char, 32> name{};
  std::snprintf(name.data(), name.size(), "shard-%03zu", shard + 1);
  return index / name.data();
}

Error damaged(const fs::path& index, const std::string& what) {
  return {ErrorCode::index, "the index " + index.string() + " is damaged: " + what,
          "Bring back what is missing, or index the articles again into an empty folder."};
}

std::size_t number_of_shards(const fs::path& index, const std::string& text) {
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object() || !json.contains("schema") || json["schema"] != kSchema)
    throw damaged(index, "its file shards is not one of " + std::string(kSchema));
  const Json& number = json.contains("shards") ? json["shards"] : Json();
  if (!number.is_number_unsigned() || number < 2 || number > kMostShards)
    throw damaged(index, "its file shards names " + number.dump() + " shards");
  return number.get<std::size_t>();
}

void make_empty_shard(const fs::path& folder, std::size_t shard, std::size_t shards) {
  const GenerationPaths paths = generation_paths(folder, kFirstGeneration);
  fs::create_directories(paths.folder);
  Xapian::WritableDatabase database(paths.passages().string(), Xapian::DB_CREATE | kWithoutTermlists);
  Manifest manifest;
  manifest.shard = shard;
  manifest.shards = shards;
  database.set_metadata(std::string(kManifestKey), encode(manifest));
  database.commit();
  SignatureWriter(paths, 0).commit();
  sync_folder(paths.passages());
  sync_folder(paths.folder);
  publish_generation(folder, kFirstGeneration);
}

// What a making leaves that was cut off before it wrote `shards`: shards without articles.
void sweep_unfinished(const fs::path& index) {
  for (std::size_t shard = 0; shard < kMostShards; ++shard) {
    const fs::path folder = folder_of(index, shard);
    std::error_code ignored;
    if (!fs::exists(folder, ignored)) continue;
    LiveShard found(folder);
    if (live_generation(folder) && (found.refresh(), found.manifest().articles > 0))
      throw damaged(index, "its file shards is missing");
    fs::remove_all(folder);
  }
}

}  // namespace

std::size_t shard_of(std::string_view article_id, std::size_t shards) {
  return shards == 1 ? 0 : XXH3_64bits(article_id.data(), article_id.size()) % shards;
}

std::vector<fs::path> shard_folders(const fs::path& index) {
  if (is_cluster(index)) {
    std::vector<fs::path> of_cluster;
    for (auto& shard : read_cluster(index).shards) of_cluster.push_back(std::move(shard.folder));
    return of_cluster;
  }
  const auto text = read_small_file(file_of(index));
  if (!text) return {index};
  std::vector<fs::path> folders;
  const std::size_t shards = number_of_shards(index, *text);
  for (std::size_t shard = 0; shard < shards; ++shard) {
    folders.push_back(folder_of(index, shard));
    if (!live_generation(folders.back())) throw damaged(index, folders.back().filename().string() + " is missing");
  }
  return folders;
}

void require_index(const fs::path& index) {
  require_folder(index);
  (void)require_live_generation(shard_folders(index).front());
}

void make_shards(const fs::path& index, std::size_t shards) {
  translating([&] {
    sweep_unfinished(index);
    for (std::size_t shard = 0; shard < shards; ++shard) make_empty_shard(folder_of(index, shard), shard, shards);
  });
  replace_file(file_of(index), Json{{"schema", kSchema}, {"shards", shards}}.dump() + "\n");
}

}  // namespace nutgraf
