// The live generation of one shard as a reader sees it: database, side files and manifest of one moment. Docids are the
// shard's own. An index that is not sharded is one shard.
#pragma once

#include <xapian.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "index/cluster.h"
#include "index/codec.h"
#include "index/layout.h"
#include "index/manifest.h"
#include "index/record_store.h"
#include "index/signatures.h"
#include "index/statistics.h"
#include "index/word_pairs.h"
#include "nutgraf/index.h"

namespace nutgraf {

/// What it does may throw Xapian::Error: call it inside LiveIndex::read().
class LiveShard {
 public:
  // Opens nothing before refresh().
  explicit LiveShard(std::filesystem::path folder, std::size_t place = 0) : folder_(std::move(folder)), place_(place) {}
  /// Of a cluster: the database is a server's.
  LiveShard(std::filesystem::path folder, std::size_t place, ShardConnection connection)
      : folder_(std::move(folder)), place_(place), connection_(std::move(connection)) {}

  /// Brings the view to the latest state; gives whether it is another one than before. Error(index) where there is no
  /// index, or one that cannot be read; ShardMissing where no server answers.
  bool refresh();
  /// Whether the view is not of the latest state any more, or was overtaken while it was being opened.
  [[nodiscard]] bool overtaken() const;
  /// Of a cluster. After an error of the network no connection can be used any more: the next refresh() makes another,
  /// of another server where `error` names this one.
  void disconnect(const Xapian::NetworkError& error);
  /// All servers may be tried again.
  void forgive() { connection_->forgive(); }

  [[nodiscard]] const std::filesystem::path& folder() const noexcept { return folder_; }
  /// Among the shards of the index, from 0.
  [[nodiscard]] std::size_t place() const noexcept { return place_; }
  [[nodiscard]] bool is_open() const noexcept { return generation_ != 0; }
  [[nodiscard]] bool is_remote() const noexcept { return connection_.has_value(); }
  [[nodiscard]] std::uint64_t generation() const noexcept { return generation_; }
  [[nodiscard]] GenerationPaths paths() const { return generation_paths(folder_, generation_); }
  [[nodiscard]] const Xapian::Database& database() const noexcept { return database_; }
  [[nodiscard]] const Signatures& signatures() const noexcept { return signatures_; }
  /// Of this state of the shard; may be unknown. Opened when first asked for.
  [[nodiscard]] const StatisticsFile& statistics() const { return counts().statistics; }
  /// That these statistics tell of; may be unknown.
  [[nodiscard]] const ChampionsFile& champions() const { return counts().champions; }
  /// Of a term (with prefix); nothing where none are listed, or they cannot be read.
  [[nodiscard]] std::optional<Champions> champions(std::string_view term) const;
  /// Made with these champions; may be unknown.
  [[nodiscard]] const WordPairsFile& word_pairs() const { return counts().word_pairs; }
  /// Of a pair; nothing where it is not listed, or cannot be read. Lives as long as this view.
  [[nodiscard]] std::optional<PairPostings> word_pair(const PairedWord& first, const PairedWord& second) const;
  [[nodiscard]] const Manifest& manifest() const noexcept { return manifest_; }

  // What follows may throw Xapian::Error.

  /// Of the record store; empty where no large batch has come yet.
  [[nodiscard]] const std::string& dictionary() const { return store().dictionary(); }
  /// Docid of the first passage of an article; 0 where there is none.
  [[nodiscard]] Xapian::docid first_passage(std::string_view article_id) const;
  [[nodiscard]] StoredPassage passage(Xapian::docid docid) const;
  /// The record of the article that starts at `first`.
  [[nodiscard]] ArticleRecord article(Xapian::docid first) const { return article(passage(first)); }
  [[nodiscard]] ArticleRecord article(const StoredPassage& first) const;
  /// Docids of the first passages of all articles, ascending: that is the order in which the articles arrived.
  [[nodiscard]] std::vector<Xapian::docid> articles() const;
  /// The same of those that are new, or have another title or text, since `sequence`.
  [[nodiscard]] std::vector<Xapian::docid> changed_after(std::uint64_t sequence) const;

 private:
  struct Counts {
    StatisticsFile statistics;
    ChampionsFile champions;
    WordPairsFile word_pairs;
  };

  void open(std::uint64_t generation);
  [[nodiscard]] const Counts& counts() const;
  [[nodiscard]] const RecordStore& store() const;
  [[nodiscard]] Xapian::Database open_database(const GenerationPaths& paths);

  std::filesystem::path folder_;
  std::size_t place_ = 0;
  std::optional<ShardConnection> connection_;
  std::uint64_t generation_ = 0;          // open; 0: none
  std::optional<std::uint64_t> opening_;  // opened last, or tried
  bool is_whole_ = false;                 // what follows is of one state: not so after a refresh() that failed
  Xapian::Database database_;
  Signatures signatures_;
  Manifest manifest_;
  // Completing a word needs neither:
  mutable std::optional<Counts> counts_;
  mutable std::optional<RecordStore> store_;
};

}  // namespace nutgraf
