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

#include "index/codec.h"
#include "index/layout.h"
#include "index/manifest.h"
#include "index/record_store.h"
#include "index/signatures.h"
#include "index/statistics.h"
#include "nutgraf/index.h"

namespace nutgraf {

/// What it does may throw Xapian::Error: call it inside LiveIndex::read().
class LiveShard {
 public:
  /// Opens nothing before refresh().
  explicit LiveShard(std::filesystem::path folder) : folder_(std::move(folder)) {}

  /// Brings the view to the latest state; gives whether it is another one than before. Error(index) where there is no
  /// index, or one that cannot be read.
  bool refresh();
  /// Whether the view is not of the latest state any more, or was overtaken while it was being opened.
  [[nodiscard]] bool overtaken() const;

  [[nodiscard]] const std::filesystem::path& folder() const noexcept { return folder_; }
  [[nodiscard]] std::uint64_t generation() const noexcept { return generation_; }
  [[nodiscard]] GenerationPaths paths() const { return generation_paths(folder_, generation_); }
  [[nodiscard]] const Xapian::Database& database() const noexcept { return database_; }
  [[nodiscard]] const Signatures& signatures() const noexcept { return signatures_; }
  /// Of this state of the shard; may be unknown.
  [[nodiscard]] const StatisticsFile& statistics() const noexcept { return statistics_; }
  [[nodiscard]] const Manifest& manifest() const noexcept { return manifest_; }
  /// Of the record store; empty where no large batch has come yet.
  [[nodiscard]] const std::string& dictionary() const noexcept { return dictionary_; }

  /// Docid of the first passage of an article; 0 where there is none.
  [[nodiscard]] Xapian::docid first_passage(std::string_view article_id) const;
  [[nodiscard]] StoredPassage passage(Xapian::docid docid) const;
  /// The record of the article that starts at `first`.
  [[nodiscard]] ArticleRecord article(Xapian::docid first) const;
  /// Docids of the first passages of all articles, ascending: that is the order in which the articles arrived.
  [[nodiscard]] std::vector<Xapian::docid> articles() const;
  /// The same of those that are new, or have another title or text, since `sequence`.
  [[nodiscard]] std::vector<Xapian::docid> changed_after(std::uint64_t sequence) const;

 private:
  void open(std::uint64_t generation);

  std::filesystem::path folder_;
  std::uint64_t generation_ = 0;          // open; 0: none
  std::optional<std::uint64_t> opening_;  // opened last, or tried
  Xapian::Database database_;
  Signatures signatures_;
  StatisticsFile statistics_;
  Manifest manifest_;
  std::string dictionary_;
  RecordStore store_;
};

}  // namespace nutgraf
