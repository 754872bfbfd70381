// Cluster: an index whose shards are served by xapian-tcpsrv, one each, as a file of JSON names them. Posting lists and
// stored texts come from the servers; the side files are read here, from a copy or a mount of each shard's folder, of
// which the database need not be there but for its file iamglass: that tells whether both are of one generation.
//
//   {"schema": "nutgraf.cluster/1", "timeout_ms": 2000,
//    "shards": [{"folder": "index/shard-001", "host": "10.0.0.1", "port": 17001,
//                "replicas": [{"host": "10.0.0.2", "port": 17001}]}]}
//
// Folders count from the place of the file. A cluster is only read: what writes names the folder of the index, on the
// machine that has it.
#pragma once

#include <xapian.h>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "nutgraf/error.h"

namespace nutgraf {

struct ShardServer {
  std::string host;
  unsigned port = 0;

  [[nodiscard]] std::string name() const { return host + ":" + std::to_string(port); }
};

struct ClusterShard {
  std::filesystem::path folder;
  std::vector<ShardServer> servers;  ///< in the order in which they are tried; replicas come last
};

struct Cluster {
  std::vector<ClusterShard> shards;
  unsigned timeout_ms = 2000;  ///< to connect, and then for every answer
};

/// Whether `index` is a file of JSON, not a folder.
[[nodiscard]] bool is_cluster(const std::filesystem::path& index);

/// Error(index) where the file makes no sense.
[[nodiscard]] Cluster read_cluster(const std::filesystem::path& file);

/// Error(usage) for a cluster. What writes asks here first.
void require_folder(const std::filesystem::path& index);

/// Every server of a shard failed.
class ShardMissing : public Error {
 public:
  ShardMissing(std::string server, std::string reason)
      : Error(ErrorCode::index, server + " does not answer: " + reason),
        server_(std::move(server)),
        reason_(std::move(reason)) {}

  [[nodiscard]] const std::string& server() const noexcept { return server_; }
  [[nodiscard]] const std::string& reason() const noexcept { return reason_; }

 private:
  std::string server_;
  std::string reason_;
};

/// The database of one shard, of the first of its servers that answers.
class ShardConnection {
 public:
  ShardConnection(std::vector<ShardServer> servers, unsigned timeout_ms)
      : servers_(std::move(servers)), timeout_ms_(timeout_ms) {}

  /// Passes over servers that have failed. ShardMissing where none is left.
  [[nodiscard]] Xapian::Database open();
  /// Of the connection opened last: whether `error` names it. One that was closed by the other side names none: then
  /// the next open() tells.
  [[nodiscard]] bool is_source_of(const Xapian::NetworkError& error) const;
  /// It has failed.
  void fail(const Xapian::Error& error);
  /// All servers may be tried again.
  void forgive() { failed_ = 0; }

  /// Opened last.
  [[nodiscard]] const ShardServer& server() const { return servers_[std::min(failed_, servers_.size() - 1)]; }

 private:
  std::vector<ShardServer> servers_;  // at least one
  unsigned timeout_ms_ = 0;
  std::size_t failed_ = 0;  // so many of the first ones have
  std::string reason_;      // of the first one
};

}  // namespace nutgraf
