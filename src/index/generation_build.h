// The large path: slices of the batch become segments in parallel; merged with what lives on of the live generation
// they make a new one, which is checked, synced and only then published. The live generation is not touched.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <exception>
#include <filesystem>
#include <future>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "index/segment.h"
#include "index/statistics.h"
#include "index/transaction.h"

namespace nutgraf {

/// How many workers build at a time, of all builds that share it: each takes a core and the memory for a segment.
/// No std::counting_semaphore: in libstdc++ 12 a waiter may sleep on when a turn is free (GCC bug 104928).
class BuildTurns {
 public:
  explicit BuildTurns(unsigned turns) : free_(turns) {}

  void acquire() {
    std::unique_lock lock(mutex_);
    freed_.wait(lock, [this] { return free_ > 0; });
    --free_;
  }
  void release() {
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

class GenerationBuild {
 public:
  /// Starts so many workers, each of which waits for its turn before it builds a segment. `generation` is the new one;
  /// its folder must not exist. `dictionary`: the live generation's, or one for the new one to keep.
  GenerationBuild(const std::filesystem::path& index, std::uint64_t generation, unsigned workers, BuildTurns& turns,
                  std::vector<std::string> roots, Dictionary dictionary, const CompanyMatcher* companies,
                  SegmentBuilder builder = SegmentBuilder::automatic);
  ~GenerationBuild();
  GenerationBuild(const GenerationBuild&) = delete;
  GenerationBuild& operator=(const GenerationBuild&) = delete;

  /// Hands over the next slice, each id once in it. Waits while the workers are behind. Throws what a worker threw.
  void add_slice(std::vector<AdmittedArticle> articles);

  /// Waits for the workers, merges and checks. `slice_removals`: by number of the slice (from 0), the ids of which a
  /// later slice brought another version. `live`: the generation to build on, or none. The caller publishes.
  struct Merge {
    std::optional<std::uint64_t> live;
    std::map<std::size_t, std::vector<std::string>> slice_removals;
    BatchChange change;  ///< without articles: those are in the segments
    std::size_t articles = 0;
  };
  void finish(const Merge& merge);

  /// After finish(): what the user should know, or nothing.
  [[nodiscard]] const std::string& warning() const noexcept { return warning_; }

 private:
  struct Slice {
    std::size_t number = 0;
    std::vector<AdmittedArticle> articles;
  };

  void work();
  [[nodiscard]] Segment build_in_turn(const Slice& slice);
  /// In bulk; where that fails and no builder was asked for, with add_document().
  [[nodiscard]] Segment build(const Slice& slice);
  void stop_workers();
  [[nodiscard]] RecordStore store() const { return RecordStore(dictionary_.get()); }
  [[nodiscard]] GenerationPaths part_paths(const std::string& name) const;
  [[nodiscard]] Segment live_part(const Merge& merge);
  void merge_databases(const std::vector<Segment>& parts);
  void merge_signatures(const std::vector<Segment>& parts);
  void write_words(const Merge& merge);
  void write_counts(const Merge& merge, SurfaceCounts surfaces);
  void write_manifest(const Merge& merge, std::uint64_t text_bytes, const std::vector<Segment>& parts);
  /// What all parts together hold.
  struct Sums {
    std::uint64_t documents = 0;
    std::uint64_t postings = 0;
    std::uint32_t last_docid = 0;
  };
  [[nodiscard]] static Sums sums_of(const std::vector<Segment>& parts);
  void verify(const Sums& sums) const;
  void remove_temporary(const std::vector<Segment>& parts) const;

  std::filesystem::path index_;
  GenerationPaths target_;
  std::vector<std::string> roots_;
  Dictionary dictionary_;
  const CompanyMatcher* companies_;
  SegmentBuilder builder_;
  BuildTurns& turns_;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Slice> waiting_;
  std::size_t slices_ = 0;
  bool closed_ = false;
  std::exception_ptr failure_;
  std::string warning_;
  std::map<std::size_t, Segment> segments_;
  WordCounts words_;  // of all segments: those of one are let go when it is done
  std::vector<std::thread> workers_;
};

}  // namespace nutgraf
