// One batch from reader to index: admits articles one by one, hands each to its shard, and takes the small or the large
// path by how many passages there are.
#include <algorithm>
#include <deque>
#include <future>
#include <optional>
#include <thread>

#include "index/admission.h"
#include "index/live_index.h"
#include "index/shard_batch.h"
#include "index/shards.h"
#include "nutgraf/index.h"

namespace nutgraf {
namespace {

namespace fs = std::filesystem;

// A segment of so many passages stays below Xapian's flush threshold of 10,000 documents: it is written in one go. Of
// several shards all fill at the same time: together their slices come to twice as much (measured: tests/bench).
constexpr std::size_t kSlicePassages = 8'000;
constexpr std::size_t kProgressEvery = 64;
constexpr std::size_t kTrainingArticles = 2'000;
constexpr std::size_t kTrainingPassages = 3;  // of each
constexpr std::size_t kJudgedBy = 6;          // the first sixth of a large batch tells that more is to come

void add_samples(const AdmittedArticle& admitted, const std::vector<std::string>& roots,
                 std::vector<std::string>& samples) {
  for (const Passage& passage : admitted.passages) {
    StoredPassage stored;
    stored.passage = {{},
                      passage.ordinal,
                      passage.heading,
                      passage.bytes,
                      passage.lines,
                      admitted.article.text.substr(passage.text.begin, passage.text.size())};
    if (passage.ordinal == 1) stored.article = encode(record_of(admitted), roots);
    samples.push_back(encode(stored));
    if (passage.ordinal == kTrainingPassages) break;
  }
}

class Batch {
 public:
  Batch(const fs::path& index, ArticleReader& reader, const BatchOptions& options, const BatchListener& listener)
      : index_(index),
        reader_(reader),
        options_(options),
        listener_(listener),
        jobs_(options.jobs == 0 ? std::max(1U, std::thread::hardware_concurrency()) : options.jobs),
        turns_(jobs_) {}

  BatchReport run();

 private:
  void make_folder();
  void open();
  [[nodiscard]] std::vector<fs::path> open_shards();
  void read_all();
  void take(Admission::Verdict verdict);
  void prune();
  bool promises_to_be_large() const;
  void start_builds();
  Dictionary train() const;
  void write();
  BatchReport report() const;

  ShardBatch& shard_with(const std::string& id) { return shards_[shard_of(id, shards_.size())]; }

  const fs::path& index_;
  ArticleReader& reader_;
  const BatchOptions& options_;
  const BatchListener& listener_;
  const unsigned jobs_;
  BuildTurns turns_;

  std::optional<WriterLock> lock_;
  std::optional<LiveIndex> live_;  // nothing: there is no index yet
  std::optional<Admission> admission_;
  ShardBatchPlan plan_;
  std::deque<ShardBatch> shards_;
  std::vector<std::string> removed_;
  std::size_t passages_ = 0;
  bool large_ = false;
};

void Batch::make_folder() {
  std::error_code error;
  fs::create_directories(index_, error);
  if (!error) return;
  const bool full = error == std::errc::no_space_on_device;
  throw Error(
      full ? ErrorCode::internal : ErrorCode::usage,
      "cannot make the index folder " + index_.string() + ": " + error.message(),
      full ? "The disk is full. Free some space and run the command again." : "Choose another folder with --index.");
}

// Folders of the shards: of those that there are, or that shall be.
std::vector<fs::path> Batch::open_shards() {
  std::vector<fs::path> folders = shard_folders(index_);
  const bool is_new = !live_generation(folders.front());
  if (is_new && options_.shards > 1 && options_.dry_run) return std::vector<fs::path>(options_.shards, index_);
  if (is_new && options_.shards > 1) {
    make_shards(index_, options_.shards);
    return shard_folders(index_);
  }
  if (!is_new && options_.shards != 0 && options_.shards != folders.size()) {
    throw Error(
        ErrorCode::usage,
        "the index " + index_.string() + " has " +
            (folders.size() == 1 ? "no shards" : std::to_string(folders.size()) + " shards"),
        "The number is chosen when an index is made: leave out --shards, or name an empty folder with --index.");
  }
  return folders;
}

void Batch::open() {
  if (options_.shards > kMostShards)
    throw Error(ErrorCode::usage, "an index has at most " + std::to_string(kMostShards) + " shards",
                "Give --shards a number from 1 to " + std::to_string(kMostShards) + ".");
  if (!options_.dry_run) {
    make_folder();
    lock_.emplace(index_);
  }
  const std::vector<fs::path> folders = open_shards();
  if (!options_.dry_run) {
    for (const auto& folder : folders) sweep_strays(folder, live_generation(folder));
  }
  if (live_generation(folders.front())) live_.emplace(index_);
  if (live_) live_->require_writable();
  plan_ = {reader_.roots(),
           options_.name,
           std::min({kSlicePassages, 2 * kSlicePassages / folders.size(), options_.small_batch_passages}),
           folders.size() == 1 ? kSlicesAtOnce : kSlicesAtOnce / 2,
           (jobs_ + static_cast<unsigned>(folders.size()) - 1) / static_cast<unsigned>(folders.size()),
           &turns_,
           options_.companies,
           options_.builder};
  const std::uint64_t number = live_ ? live_->manifest().batches + 1 : 1;
  std::uint64_t sequence = 0;
  for (std::size_t shard = 0; shard < folders.size(); ++shard) {
    const LiveShard* const live = live_ ? &live_->shards()[shard] : nullptr;
    if (live != nullptr) sequence = std::max(sequence, live->manifest().sequence);
    shards_.emplace_back(folders[shard], live, plan_);
  }
  admission_.emplace(live_ ? &*live_ : nullptr, sequence + 1, static_cast<std::uint32_t>(number));
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

void Batch::take(Admission::Verdict verdict) {
  if (!verdict.admitted || options_.dry_run) return;
  passages_ += verdict.admitted->passages.size();
  ShardBatch& shard = shard_with(verdict.admitted->article.id);
  if (verdict.superseded) shard.drop(*verdict.superseded);
  shard.add(std::move(*verdict.admitted));
  if (!large_ && (passages_ >= options_.small_batch_passages || promises_to_be_large())) start_builds();
}

// By the bytes that are still to be read, so that workers start early. Only where there is nothing yet: elsewhere a
// wrong guess would rebuild a large index for little.
bool Batch::promises_to_be_large() const {
  const bool is_empty = !live_ || live_->manifest().articles == 0;
  if (!is_empty || passages_ * kJudgedBy < options_.small_batch_passages || reader_.bytes_total() == 0) return false;
  const double read = static_cast<double>(reader_.bytes_read()) / static_cast<double>(reader_.bytes_total());
  return static_cast<double>(passages_) > 2 * read * static_cast<double>(options_.small_batch_passages);
}

void Batch::prune() {
  removed_ = admission_->vanished(reader_.roots());
  std::vector<std::vector<std::string>> by_shard(shards_.size());
  for (const auto& id : removed_) by_shard[shard_of(id, by_shard.size())].push_back(id);
  for (std::size_t shard = 0; shard < shards_.size(); ++shard) shards_[shard].remove(std::move(by_shard[shard]));
}

void Batch::start_builds() {
  large_ = true;
  for (ShardBatch& shard : shards_) shard.close_slice();
  const bool untrained =
      std::any_of(shards_.begin(), shards_.end(), [](const ShardBatch& shard) { return !shard.has_dictionary(); });
  const Dictionary dictionary = untrained ? train() : Dictionary();
  for (ShardBatch& shard : shards_) shard.start_build(dictionary);
}

// A dictionary for the record store, from passages spread over what waits; reading goes on meanwhile.
Dictionary Batch::train() const {
  std::vector<ArticleSlice> slices;
  std::size_t articles = 0;
  for (const ShardBatch& shard : shards_) {
    for (ArticleSlice& slice : shard.waiting()) articles += slices.emplace_back(std::move(slice))->size();
  }
  return std::async(std::launch::async,
                    [slices = std::move(slices), step = std::max<std::size_t>(1, articles / kTrainingArticles),
                     roots = shards_.front().roots()]() mutable {
                      std::vector<std::string> samples;
                      for (const ArticleSlice& slice : slices) {
                        for (std::size_t i = 0; i < slice->size(); i += step) add_samples((*slice)[i], roots, samples);
                      }
                      slices.clear();  // the workers free them
                      return train_dictionary(samples);
                    })
      .share();
}

void Batch::write() {
  const bool changes =
      std::any_of(shards_.begin(), shards_.end(), [](const auto& shard) { return shard.has_changes(); });
  if (!changes && (!live_ || live_->is_even())) return;
  const bool articles =
      std::any_of(shards_.begin(), shards_.end(), [](const auto& shard) { return shard.articles() > 0; });
  for (ShardBatch& shard : shards_) shard.prepare(admission_->next_sequence() - 1, articles);
  for (ShardBatch& shard : shards_) shard.commit();
  live_.reset();
  for (const ShardBatch& shard : shards_) shard.sweep();
}

BatchReport Batch::report() const {
  BatchReport total;
  const DocumentLog& log = admission_->log();
  for (DocumentLog::Number number = 0; number < log.size(); ++number) {
    const DocumentReport document = log.report(number);
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
  for (const auto& id : removed_) {
    if (listener_.on_document) listener_.on_document({{}, id, DocumentStatus::removed, 0, "its file is gone"});
  }
  total.removed = removed_.size();
  for (const ShardBatch& shard : shards_) {
    total.rebuilt = total.rebuilt || shard.rebuilt();
    if (total.warning.empty()) total.warning = shard.warning();
  }
  return total;
}

BatchReport Batch::run() {
  open();
  read_all();
  if (options_.prune) prune();
  if (!options_.dry_run) write();
  return report();
}

}  // namespace

BatchReport index_batch(const fs::path& index, ArticleReader& reader, const BatchOptions& options,
                        const BatchListener& listener) {
  require_folder(index);
  return Batch(index, reader, options, listener).run();
}

}  // namespace nutgraf
