#include "index/shard_batch.h"

#include <algorithm>

namespace nutgraf {

namespace fs = std::filesystem;

ShardBatch::ShardBatch(fs::path folder, const LiveShard* live, const ShardBatchPlan& plan)
    : folder_(std::move(folder)), plan_(plan) {
  if (live != nullptr) {
    live_generation_ = live->generation();
    if (!live->dictionary().empty()) dictionary_ = trained_dictionary(live->dictionary());
    change_.manifest = live->manifest();
  }
  add_roots(change_.manifest, plan.roots);
  change_.record.number = ++change_.manifest.batches;
  change_.record.name = plan.name;
  change_.companies = plan.companies;
}

void ShardBatch::drop(const Superseded& superseded) {
  if (superseded.in_index) superseded_.insert(superseded.id);
  if (superseded.in_batch == 0) return;
  --articles_;
  const auto end = std::lower_bound(slice_ends_.begin(), slice_ends_.end(), superseded.in_batch);
  const auto number = static_cast<std::size_t>(end - slice_ends_.begin());
  if (number < handed_over_) {
    build_->supersede(number, superseded.id);
    return;
  }
  auto& slice = number - handed_over_ < slices_.size() ? *slices_[number - handed_over_] : slice_;
  std::erase_if(slice, [&](const AdmittedArticle& earlier) { return earlier.article.id == superseded.id; });
}

void ShardBatch::add(AdmittedArticle admitted) {
  passages_in_slice_ += admitted.passages.size();
  ++articles_;
  slice_.push_back(std::move(admitted));
  if (passages_in_slice_ < plan_.slice_passages) return;
  close_slice();
  if (large_) hand_over_slices();
}

void ShardBatch::close_slice() {
  if (slice_.empty()) return;
  slice_ends_.push_back(slice_.back().sequence);
  slices_.push_back(std::make_shared<std::vector<AdmittedArticle>>(std::move(slice_)));
  slice_.clear();
  passages_in_slice_ = 0;
}

void ShardBatch::start_build(const Dictionary& dictionary) {
  large_ = true;
  if (!has_dictionary()) dictionary_ = dictionary;
  hand_over_slices();
}

void ShardBatch::hand_over_slices() {
  if (!build_ && !slices_.empty()) {
    build_.emplace(folder_, live_generation_.value_or(0) + 1, plan_.workers, *plan_.turns, change_.manifest.roots,
                   dictionary_, plan_.companies, plan_.builder, plan_.slices_at_once);
  }
  for (auto& slice : slices_) build_->add_slice(std::move(slice));
  handed_over_ += slices_.size();
  slices_.clear();
}

void ShardBatch::prepare(std::uint64_t sequence, bool articles) {
  change_.superseded.assign(superseded_.begin(), superseded_.end());
  change_.manifest.sequence = sequence;
  change_.brings_articles = articles;
  change_.record.updated = superseded_.size();
  change_.record.added = articles_ - superseded_.size();
  change_.record.removed = change_.removed.size();
  close_slice();
  if (large_) {
    hand_over_slices();
  } else {
    for (auto& slice : slices_) std::move(slice->begin(), slice->end(), std::back_inserter(change_.articles));
  }
  if (build_) build_->finish({live_generation_, change_, articles_});
}

void ShardBatch::commit() {
  const std::uint64_t generation = build_ || !live_generation_ ? live_generation_.value_or(0) + 1 : *live_generation_;
  if (!build_) commit_batch(folder_, generation, !live_generation_, change_);
  if (generation != live_generation_) publish_generation(folder_, generation);
  live_generation_ = generation;
}

void ShardBatch::sweep() const { sweep_strays(folder_, live_generation_); }

}  // namespace nutgraf
