#include "index/cluster.h"

#include <nlohmann/json.hpp>
#include <string_view>

#include "index/file_io.h"

namespace nutgraf {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr std::string_view kSchema = "nutgraf.cluster/1";
constexpr unsigned kLongestTimeout = 600'000;
constexpr unsigned kLastPort = 65'535;

class ClusterFile {
 public:
  explicit ClusterFile(const fs::path& file) : file_(file) {}

  Cluster read() const {
    const Json json = Json::parse(read_small_file(file_).value_or(""), nullptr, false);
    if (!json.is_object() || !json.contains("schema") || json["schema"] != kSchema)
      throw senseless("it is no JSON object with \"schema\": \"" + std::string(kSchema) + "\"");
    Cluster cluster;
    if (json.contains("timeout_ms")) cluster.timeout_ms = number(json, "timeout_ms", kLongestTimeout);
    for (const Json& shard : list(json, "shards")) cluster.shards.push_back(shard_of(shard));
    if (cluster.shards.empty()) throw senseless("it names no shards");
    return cluster;
  }

 private:
  [[nodiscard]] Error senseless(const std::string& what) const {
    return {ErrorCode::index, file_.string() + " is no cluster file: " + what,
            "scripts/cluster.sh writes one; README.md describes it."};
  }

  [[nodiscard]] ClusterShard shard_of(const Json& json) const {
    ClusterShard shard{file_.parent_path() / text(json, "folder"), {server_of(json)}};
    if (json.contains("replicas")) {
      for (const Json& replica : list(json, "replicas")) shard.servers.push_back(server_of(replica));
    }
    return shard;
  }

  [[nodiscard]] ShardServer server_of(const Json& json) const {
    return {text(json, "host"), number(json, "port", kLastPort)};
  }

  [[nodiscard]] const Json& value(const Json& json, const char* key) const {
    if (!json.is_object() || !json.contains(key)) throw senseless("\"" + std::string(key) + "\" is missing");
    return json[key];
  }

  [[nodiscard]] std::string text(const Json& json, const char* key) const {
    const Json& found = value(json, key);
    if (!found.is_string() || found.get_ref<const std::string&>().empty())
      throw senseless("\"" + std::string(key) + "\" is no text");
    return found.get<std::string>();
  }

  [[nodiscard]] unsigned number(const Json& json, const char* key, unsigned most) const {
    const Json& found = value(json, key);
    if (!found.is_number_unsigned() || found < 1 || found > most)
      throw senseless("\"" + std::string(key) + "\" is no number from 1 to " + std::to_string(most));
    return found.get<unsigned>();
  }

  [[nodiscard]] const Json& list(const Json& json, const char* key) const {
    const Json& found = value(json, key);
    if (!found.is_array()) throw senseless("\"" + std::string(key) + "\" is no list");
    return found;
  }

  const fs::path& file_;
};

// As people would say it: "Connection refused", "Timeout expired while trying to read".
std::string reason_of(const Xapian::Error& error) {
  const char* const system = error.get_error_string();
  return system != nullptr ? system : error.get_msg();
}

}  // namespace

bool is_cluster(const fs::path& index) {
  std::error_code ignored;
  return index.extension() == ".json" && fs::is_regular_file(index, ignored);
}

Cluster read_cluster(const fs::path& file) { return ClusterFile(file).read(); }

void require_folder(const fs::path& index) {
  if (!is_cluster(index)) return;
  throw Error(ErrorCode::usage, index.string() + " names a cluster, which is only read",
              "Name the folder of the index, on the machine that has it.");
}

Xapian::Database ShardConnection::open() {
  while (failed_ < servers_.size()) {
    try {
      return Xapian::Remote::open(server().host, server().port, timeout_ms_, timeout_ms_);
    } catch (const Xapian::Error& error) {
      fail(error);
    }
  }
  throw ShardMissing(servers_.front().name(), reason_);
}

bool ShardConnection::is_source_of(const Xapian::NetworkError& error) const {
  return error.get_context().find("(" + server().name() + ")") != std::string::npos;
}

void ShardConnection::fail(const Xapian::Error& error) {
  if (failed_++ == 0) reason_ = reason_of(error);
}

}  // namespace nutgraf
