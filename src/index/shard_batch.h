// What a batch does to one shard. Admitted articles wait in slices: few become one transaction in the live generation;
// of a large batch, slices go to the build of a new generation as they fill.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "index/admission.h"
#include "index/generation_build.h"
#include "index/live_shard.h"
#include "index/transaction.h"

namespace nutgraf {

/// The same for all shards of a batch.
struct ShardBatchPlan {
  std::vector<std::string> roots = {};  ///< of the reader
  std::string name = {};                ///< of the batch
  std::size_t slice_passages = 0;       ///< a slice is full
  std::size_t slices_at_once = 0;       ///< of each shard: SegmentBuild
  unsigned workers = 1;                 ///< of each shard
  BuildTurns* turns = nullptr;          ///< taken by the workers of all shards
  const CompanyMatcher* companies = nullptr;
  SegmentBuilder builder = SegmentBuilder::automatic;
};

class ShardBatch {
 public:
  /// `live`: the shard as it is; null where there is no index yet. `plan` must outlive the batch.
  ShardBatch(std::filesystem::path folder, const LiveShard* live, const ShardBatchPlan& plan);

  /// An earlier version goes.
  void drop(const Superseded& superseded);
  void add(AdmittedArticle admitted);
  /// These articles go for good.
  void remove(std::vector<std::string> ids) { change_.removed = std::move(ids); }

  /// The open slice counts as full.
  void close_slice();
  /// The slices that are full and wait.
  [[nodiscard]] std::vector<ArticleSlice> waiting() const { return {slices_.begin(), slices_.end()}; }
  /// As they will be in the manifest.
  [[nodiscard]] const std::vector<std::string>& roots() const noexcept { return change_.manifest.roots; }
  /// Whether the live generation has one for its records.
  [[nodiscard]] bool has_dictionary() const noexcept { return dictionary_.valid(); }
  /// From here on slices go to a build as they fill; `dictionary` is for a shard that has none.
  void start_build(const Dictionary& dictionary);

  [[nodiscard]] std::size_t articles() const noexcept { return articles_; }
  [[nodiscard]] bool has_changes() const noexcept { return articles_ > 0 || !change_.removed.empty(); }
  /// Finishes the build, if there is one; nothing of it shows yet. `sequence`: of the last article of the whole batch;
  /// `articles`: whether the batch brings any, to this shard or to another.
  void prepare(std::uint64_t sequence, bool articles);
  /// Makes the batch visible.
  void commit();
  /// Deletes what the shard holds beside its live generation.
  void sweep() const;

  [[nodiscard]] bool rebuilt() const noexcept { return build_.has_value(); }
  [[nodiscard]] std::string warning() const { return build_ ? build_->warning() : std::string(); }

 private:
  void hand_over_slices();

  std::filesystem::path folder_;
  const ShardBatchPlan& plan_;
  std::optional<std::uint64_t> live_generation_;
  Dictionary dictionary_;
  BatchChange change_;
  std::set<std::string> superseded_;

  std::vector<std::shared_ptr<std::vector<AdmittedArticle>>> slices_;  // full, not yet handed over
  std::vector<AdmittedArticle> slice_;                                 // the open one
  std::size_t passages_in_slice_ = 0;
  std::size_t handed_over_ = 0;            // slices
  std::size_t articles_ = 0;               // that the batch writes
  std::vector<std::uint64_t> slice_ends_;  // by number of the slice, but for the open one: its last sequence number
  bool large_ = false;
  std::optional<GenerationBuild> build_;  // of a large batch, from its first full slice on
};

}  // namespace nutgraf
