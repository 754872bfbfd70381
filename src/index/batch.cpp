// One batch from reader to index: admits articles one by one, and takes the small or the large path by how many
// passages there are.
#include <algorithm>
#include <optional>
#include <set>
#include <thread>
#include <unordered_map>

#include "index/admission.h"
#include "index/generation_build.h"
#include "index/live_index.h"
#include "index/transaction.h"
#include "nutgraf/index.h"

namespace nutgraf {
namespace {

namespace fs = std::filesystem;

// A segment of so many passages stays below Xapian's flush threshold of 10,000 documents: it is written in one go.
constexpr std::size_t kSlicePassages = 8'000;
constexpr std::size_t kProgressEvery = 64;
constexpr std::size_t kTrainingArticles = 2'000;
constexpr std::size_t kTrainingPassages = 3;  // of each
constexpr std::size_t kJudgedBy = 4;          // the first quarter of a large batch tells that more is to come

class Batch {
 public:
  Batch(const fs::path& index, ArticleReader& reader, const BatchOptions& options, const BatchListener& listener)
      : index_(index), reader_(reader), options_(options), listener_(listener) {}

  BatchReport run();

 private:
  void open();
  void read_all();
  void take(Admission::Verdict verdict);
  void drop_earlier_version(const std::string& id);
  void close_slice();
  std::string train() const;
  void hand_over_slices();
  void write();
  BatchReport report() const;

  bool small() const { return passages_ < options_.small_batch_passages && !promises_to_be_large(); }
  bool promises_to_be_large() const;
  std::uint64_t generation_to_write() const {
    return rebuilds() ? live_generation_.value_or(0) + 1 : *live_generation_;
  }
  bool rebuilds() const { return build_.has_value() || !live_generation_; }

  const fs::path& index_;
  ArticleReader& reader_;
  const BatchOptions& options_;
  const BatchListener& listener_;

  std::optional<WriterLock> lock_;
  std::optional<std::uint64_t> live_generation_;
  std::optional<LiveIndex> live_;
  std::optional<Admission> admission_;
  BatchChange change_;
  std::set<std::string> superseded_;

  // Admitted articles wait in slices; from the small limit on they go to the build as they fill.
  std::vector<std::vector<AdmittedArticle>> slices_;  // closed, not yet handed over
  std::vector<AdmittedArticle> slice_;                // the open one
  std::size_t slice_passages_ = 0;
  std::size_t handed_over_ = 0;                            // slices
  std::unordered_map<std::string, std::size_t> slice_of_;  // article id -> number of its slice
  std::map<std::size_t, std::vector<std::string>> slice_removals_;
  std::size_t passages_ = 0;
  std::optional<GenerationBuild> build_;
};

void Batch::open() {
  if (!options_.dry_run) {
    std::error_code error;
    fs::create_directories(index_, error);
    if (error) {
      const bool full = error == std::errc::no_space_on_device;
      throw Error(full ? ErrorCode::internal : ErrorCode::usage,
                  "cannot make the index folder " + index_.string() + ": " + error.message(),
                  full ? "The disk is full. Free some space and run the command again."
                       : "Choose another folder with --index.");
    }
    lock_.emplace(index_);
  }
  live_generation_ = live_generation(index_);
  if (!options_.dry_run) sweep_strays(index_, live_generation_);
  if (live_generation_) {
    live_.emplace(index_);
    change_.manifest = live_->manifest();
  }
  Manifest& manifest = change_.manifest;
  for (const auto& root : reader_.roots()) {
    if (std::find(manifest.roots.begin(), manifest.roots.end(), root) == manifest.roots.end())
      manifest.roots.push_back(root);
  }
  change_.record.number = ++manifest.batches;
  change_.record.name = options_.name;
  change_.companies = options_.companies;
  admission_.emplace(live_ ? &*live_ : nullptr, manifest.sequence + 1, static_cast<std::uint32_t>(manifest.batches));
}

void Batch::read_all() {
  std::size_t articles = 0;
  while (auto result = reader_.next()) {
    take(admission_->judge(std::move(*result)));
    if (listener_.on_progress && ++articles % kProgressEvery == 0) {
      listener_.on_progress(articles, reader_.bytes_read(), reader_.bytes_total());
    }
  }
  if (listener_.on_progress) listener_.on_progress(articles, reader_.bytes_read(), reader_.bytes_total());
}

// By the bytes that are still to be read, so that workers start early. Only where there is no index yet: elsewhere a
// wrong guess would rebuild a large one for little.
bool Batch::promises_to_be_large() const {
  if (live_generation_ || passages_ * kJudgedBy < options_.small_batch_passages || reader_.bytes_total() == 0)
    return false;
  const double read = static_cast<double>(reader_.bytes_read()) / static_cast<double>(reader_.bytes_total());
  return static_cast<double>(passages_) > 2 * read * static_cast<double>(options_.small_batch_passages);
}

void Batch::take(Admission::Verdict verdict) {
  if (verdict.superseded) {
    if (verdict.superseded->in_index) superseded_.insert(verdict.superseded->id);
    if (verdict.superseded->in_batch) drop_earlier_version(verdict.superseded->id);
  }
  if (!verdict.admitted || options_.dry_run) return;
  AdmittedArticle& admitted = *verdict.admitted;
  passages_ += admitted.passages.size();
  slice_passages_ += admitted.passages.size();
  slice_of_[admitted.article.id] = handed_over_ + slices_.size();
  slice_.push_back(std::move(admitted));
  const bool begins_build = !build_ && !small();
  if (begins_build || slice_passages_ >= std::min(kSlicePassages, options_.small_batch_passages)) close_slice();
  if (build_ || begins_build) hand_over_slices();
}

void Batch::drop_earlier_version(const std::string& id) {
  const auto found = slice_of_.find(id);
  if (found == slice_of_.end()) return;
  const std::size_t number = found->second;
  slice_of_.erase(found);
  if (number < handed_over_) {
    slice_removals_[number].push_back(id);
    return;
  }
  auto& slice = number - handed_over_ < slices_.size() ? slices_[number - handed_over_] : slice_;
  std::erase_if(slice, [&](const AdmittedArticle& earlier) { return earlier.article.id == id; });
}

void Batch::close_slice() {
  slices_.push_back(std::move(slice_));
  slice_.clear();
  slice_passages_ = 0;
}

// A dictionary for the record store, from passages spread over what waits.
std::string Batch::train() const {
  std::vector<std::string> samples;
  for (const auto& slice : slices_) {
    const std::size_t step = std::max<std::size_t>(1, slice.size() * slices_.size() / kTrainingArticles);
    for (std::size_t i = 0; i < slice.size(); i += step) {
      const AdmittedArticle& admitted = slice[i];
      for (const Passage& passage : admitted.passages) {
        StoredPassage stored;
        stored.passage = {{},
                          passage.ordinal,
                          passage.heading,
                          passage.bytes,
                          passage.lines,
                          admitted.article.text.substr(passage.text.begin, passage.text.size())};
        if (passage.ordinal == 1) stored.article = encode(record_of(admitted), change_.manifest.roots);
        samples.push_back(encode(stored));
        if (passage.ordinal == kTrainingPassages) break;
      }
    }
  }
  return train_dictionary(samples);
}

void Batch::hand_over_slices() {
  if (!build_) {
    const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
    build_.emplace(index_, live_generation_.value_or(0) + 1, options_.jobs == 0 ? cores : options_.jobs,
                   change_.manifest.roots, live_ && !live_->dictionary().empty() ? live_->dictionary() : train(),
                   options_.companies, options_.builder);
  }
  for (auto& slice : slices_) build_->add_slice(std::move(slice));
  handed_over_ += slices_.size();
  slices_.clear();
}

void Batch::write() {
  if (slice_of_.empty() && change_.removed.empty()) return;
  change_.superseded.assign(superseded_.begin(), superseded_.end());
  change_.manifest.sequence = admission_->next_sequence() - 1;
  change_.record.updated = superseded_.size();
  change_.record.added = slice_of_.size() - superseded_.size();
  change_.record.removed = change_.removed.size();
  close_slice();
  const std::uint64_t generation = generation_to_write();
  if (build_) {
    hand_over_slices();
    build_->finish({live_generation_, slice_removals_, change_, slice_of_.size()});
  } else {
    for (auto& slice : slices_) std::move(slice.begin(), slice.end(), std::back_inserter(change_.articles));
    commit_batch(index_, generation, !live_generation_, change_);
  }
  if (!rebuilds()) return;
  publish_generation(index_, generation);
  live_.reset();
  sweep_strays(index_, generation);
}

BatchReport Batch::report() const {
  BatchReport total;
  for (const auto& document : admission_->reports()) {
    if (listener_.on_document) listener_.on_document(document);
    switch (document.status) {
      case DocumentStatus::added: ++total.added; break;
      case DocumentStatus::updated: ++total.updated; break;
      case DocumentStatus::unchanged: ++total.unchanged; break;
      case DocumentStatus::duplicate: ++total.duplicate; break;
      case DocumentStatus::rejected: ++total.rejected; break;
      case DocumentStatus::removed: break;
    }
    if (document.status == DocumentStatus::added || document.status == DocumentStatus::updated)
      total.passages += document.passages;
  }
  for (const auto& id : change_.removed) {
    if (listener_.on_document) listener_.on_document({{}, id, DocumentStatus::removed, 0, "its file is gone"});
  }
  total.removed = change_.removed.size();
  total.rebuilt = build_.has_value();
  if (build_) total.warning = build_->warning();
  return total;
}

BatchReport Batch::run() {
  open();
  read_all();
  if (options_.prune) change_.removed = admission_->vanished(reader_.roots());
  if (!options_.dry_run) write();
  return report();
}

}  // namespace

BatchReport index_batch(const fs::path& index, ArticleReader& reader, const BatchOptions& options,
                        const BatchListener& listener) {
  return Batch(index, reader, options, listener).run();
}

}  // namespace nutgraf
