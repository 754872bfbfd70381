// Segment build: the slices of a batch become segments. Workers analyse slices; neighbouring ones wait in memory until
// there are enough of them for a segment, which is written in bulk or, where that fails, with add_document().
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <exception>
#include <future>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "index/bulk_part.h"
#include "index/segment.h"
#include "index/statistics.h"
#include "nutgraf/index.h"

namespace nutgraf {

/// How many workers build at a time, of all builds that share it: each takes a core and the memory for a slice.
/// No std::counting_semaphore: in libstdc++ 12 a waiter may sleep on when a turn is free (GCC bug 104928).
class BuildTurns {
 public:
  explicit BuildTurns(unsigned turns) : free_(turns) {}

  /// Waits for a turn; named so that std::lock_guard takes and gives it back.
  void lock() {
    std::unique_lock lock(mutex_);
    freed_.wait(lock, [this] { return free_ > 0; });
    --free_;
  }
  void unlock() {
    const std::lock_guard lock(mutex_);
    ++free_;
    freed_.notify_one();
  }

 private:
  std::mutex mutex_;
  std::condition_variable freed_;
  unsigned free_;
};

/// For the records of a generation; it may still be in training.
using Dictionary = std::shared_future<std::string>;
[[nodiscard]] Dictionary trained_dictionary(std::string dictionary);

/// Counts what a segment holds: docids in use, postings.
void count_segment(Segment& segment);
/// Takes articles out of a segment, and counts it.
void remove_articles(Segment& segment, const std::vector<std::string>& ids, const RecordStore& store,
                     const std::vector<std::string>& roots);

/// A batch of so many slices waits in memory, to be written at once: there is nothing to merge then.
inline constexpr std::size_t kSlicesAtOnce = 32;

class SegmentBuild {
 public:
  /// Starts so many workers, or as many as can be started, each of which waits for its turn before it analyses a slice.
  /// Segments are written to folders in that of `target`. `roots`: the batch folders, as in the manifest; `companies`
  /// may be null.
  SegmentBuild(GenerationPaths target, unsigned workers, BuildTurns& turns, std::vector<std::string> roots,
               Dictionary dictionary, const CompanyMatcher* companies, SegmentBuilder builder,
               std::size_t slices_at_once);
  ~SegmentBuild();
  SegmentBuild(const SegmentBuild&) = delete;
  SegmentBuild& operator=(const SegmentBuild&) = delete;

  /// Hands over the next slice, each id once in it. Waits while the workers are behind. Throws what a worker threw.
  void add_slice(ArticleSlice articles);
  /// Of an article in slice `number` (from 0) a later slice will bring another version.
  void supersede(std::size_t number, std::string id);
  /// Ends the workers. Throws what one threw. The rest is for afterwards.
  void wait();

  /// Of all slices.
  [[nodiscard]] WordCounts take_words() { return std::exchange(words_, {}); }
  /// Where all passages wait in memory, writes them as the database and the signatures of `target` itself, and counts
  /// them on the way: then there is nothing to merge.
  struct Whole {
    Segment segment;
    CollectionCounts counts;
  };
  [[nodiscard]] std::optional<Whole> write_at_once();
  /// All segments, in the order of their slices.
  [[nodiscard]] std::vector<Segment> write_all();
  /// What the user should know, or nothing.
  [[nodiscard]] const std::string& warning() const noexcept { return warning_; }

 private:
  struct Slice {
    std::size_t number = 0;
    ArticleSlice articles;
  };
  /// Neighbouring slices, analysed, by number.
  using Run = std::map<std::size_t, BulkPart>;

  void work();
  void build(Slice slice, const Analyzer& analyzer);
  [[nodiscard]] std::optional<BulkPart> analyse(const Slice& slice, const Analyzer& analyzer);
  /// Keeps an analysed slice. Gives a run that is to be written, or nothing.
  [[nodiscard]] Run keep(std::size_t number, BulkPart part);
  /// Makes segments of a run: one, or where that fails one a slice, with add_document().
  void write_segments(Run run);
  /// Makes the folder of the segment of a slice.
  [[nodiscard]] GenerationPaths new_segment(std::size_t number) const;
  /// Falls back to add_document(); throws on where the user asked for the builder that failed.
  void warn_of(const std::exception& error);
  /// Takes out what later slices brought other versions of. Those in the run itself are known by now, so no id is in a
  /// segment twice.
  void remove_superseded(Run& run);
  void stop();
  [[nodiscard]] GenerationPaths segment_paths(std::size_t number) const;

  GenerationPaths target_;
  std::vector<std::string> roots_;
  Dictionary dictionary_;
  const CompanyMatcher* companies_;
  SegmentBuilder builder_;
  std::size_t slices_at_once_;
  BuildTurns& turns_;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Slice> waiting_;
  std::size_t slices_ = 0;
  bool closed_ = false;
  std::exception_ptr failure_;
  std::string warning_;
  std::future<void> freed_;
  Run analysed_;                                                // not in a segment yet
  std::map<std::size_t, std::vector<std::string>> superseded_;  // by slice, ids
  std::map<std::size_t, Segment> segments_;                     // by their first slice
  WordCounts words_;
  std::vector<std::thread> workers_;
};

}  // namespace nutgraf
