#include "index/generation_build.h"

#include <algorithm>
#include <future>
#include <sstream>

#include "index/company_tags.h"
#include "index/glass_segment.h"
#include "index/lent_termlists.h"
#include "index/live_index.h"
#include "index/stored_words.h"
#include "index/xapian_error.h"

namespace nutgraf {
namespace {

namespace fs = std::filesystem;

// Compaction drops the unused docids before the first and after the last one in use; the side files must follow.
void find_used_docids(Segment& segment) {
  const Xapian::Database database(segment.paths.passages().string());
  segment.first_docid = 1;
  segment.last_docid = 0;
  const auto end = database.postlist_end(std::string());
  for (auto posting = database.postlist_begin(std::string()); posting != end; ++posting) {
    if (segment.last_docid == 0) segment.first_docid = *posting;
    segment.last_docid = *posting;
  }
}

// Surfaces are counted part by part: that needs no merged database.
SurfaceCounts count_surfaces_of(const std::vector<Segment>& parts) {
  SurfaceCounts counts;
  for (const auto& part : parts) {
    const Xapian::Database database(part.paths.passages().string());
    counts += count_surfaces(database, Signatures(part.paths, database.get_lastdocid()));
  }
  return counts;
}

}  // namespace

Dictionary trained_dictionary(std::string dictionary) {
  std::promise<std::string> trained;
  trained.set_value(std::move(dictionary));
  return trained.get_future().share();
}

GenerationBuild::GenerationBuild(const fs::path& index, std::uint64_t generation, unsigned workers, BuildTurns& turns,
                                 std::vector<std::string> roots, Dictionary dictionary, const CompanyMatcher* companies,
                                 SegmentBuilder builder)
    : index_(index),
      target_(generation_paths(index, generation)),
      roots_(std::move(roots)),
      dictionary_(std::move(dictionary)),
      companies_(companies),
      builder_(builder),
      turns_(turns) {
  fs::create_directories(target_.folder);
  for (unsigned i = 0; i < workers; ++i) workers_.emplace_back([this] { work(); });
}

GenerationBuild::~GenerationBuild() { stop_workers(); }

void GenerationBuild::stop_workers() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  changed_.notify_all();
  for (auto& worker : workers_) worker.join();
  workers_.clear();
}

void GenerationBuild::add_slice(std::vector<AdmittedArticle> articles) {
  std::unique_lock lock(mutex_);
  // One slice may wait: enough to keep the workers busy, and memory stays bounded.
  changed_.wait(lock, [this] { return waiting_.empty() || failure_; });
  if (failure_) std::rethrow_exception(failure_);
  waiting_.push_back({slices_++, std::move(articles)});
  lock.unlock();
  changed_.notify_all();
}

void GenerationBuild::work() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [this] { return !waiting_.empty() || closed_ || failure_; });
    if (failure_ || waiting_.empty()) return;
    Slice slice = std::move(waiting_.front());
    waiting_.pop_front();
    lock.unlock();
    changed_.notify_all();
    try {
      Segment segment = build_in_turn(slice);
      lock.lock();
      words_.add(std::exchange(segment.words, {}));
      segments_.emplace(slice.number, std::move(segment));
    } catch (...) {
      if (!lock.owns_lock()) lock.lock();
      if (!failure_) failure_ = std::current_exception();
      changed_.notify_all();
      return;
    }
  }
}

Segment GenerationBuild::build_in_turn(const Slice& slice) {
  struct Turn {
    explicit Turn(BuildTurns& all) : turns(all) { turns.acquire(); }
    ~Turn() { turns.release(); }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    BuildTurns& turns;
  };
  const Turn turn(turns_);
  return build(slice);
}

Segment GenerationBuild::build(const Slice& slice) {
  const std::string& dictionary = dictionary_.get();
  const std::string name = "segment-" + std::to_string(slice.number);
  if (builder_ != SegmentBuilder::add_document) {
    try {
      return translating(
          [&] { return build_segment_in_bulk(part_paths(name), slice.articles, roots_, dictionary, companies_); });
    } catch (const std::exception& error) {
      if (builder_ == SegmentBuilder::bulk) throw;
      const std::lock_guard lock(mutex_);
      warning_ = std::string("indexing takes the slow way: ") + error.what();
    }
    fs::remove_all(target_.folder / name);
  }
  return translating([&] { return build_segment(part_paths(name), slice.articles, roots_, dictionary, companies_); });
}

GenerationPaths GenerationBuild::part_paths(const std::string& name) const {
  const GenerationPaths paths{target_.folder / name};
  fs::create_directories(paths.folder);
  return paths;
}

void GenerationBuild::finish(const Merge& merge) {
  stop_workers();
  if (failure_) std::rethrow_exception(failure_);
  translating([&] {
    std::uint64_t text_bytes = 0;
    std::vector<Segment> parts;
    if (merge.live) {
      parts.push_back(live_part(merge));
      text_bytes += parts.back().text_bytes;
    }
    for (auto& [number, segment] : segments_) {
      if (const auto removals = merge.slice_removals.find(number); removals != merge.slice_removals.end()) {
        const LentTermlists lent(
            segment.paths.passages(),
            termlists_of(Xapian::Database(segment.paths.passages().string()), removals->second, store(), roots_));
        Xapian::WritableDatabase database(segment.paths.passages().string(),
                                          Xapian::DB_OPEN | kWithoutTermlists | Xapian::DB_NO_SYNC);
        for (const auto& id : removals->second) segment.text_bytes -= remove_article(database, store(), id);
        database.commit();
        find_used_docids(segment);
        segment.postings = count_postings(database);
      }
      text_bytes += segment.text_bytes;
      parts.push_back(segment);
    }
    // The workers are done: what does not wait for each other is done side by side.
    auto side_files = std::async(std::launch::async, [&] {
      merge_signatures(parts);
      write_words(merge);
      return count_surfaces_of(parts);
    });
    merge_databases(parts);
    auto counts = std::async(std::launch::async,
                             [&, surfaces = side_files.get()]() mutable { write_counts(merge, std::move(surfaces)); });
    const Sums sums = sums_of(parts);
    // Deleting waits for the disk where that is busy.
    auto removal = std::async(std::launch::async, [&] { remove_temporary(parts); });
    verify(sums);
    write_manifest(merge, text_bytes, parts);
    counts.get();
    removal.get();
    sync_folder(target_.passages());
    sync_folder(target_.folder);
  });
}

// The live generation as a part of the new one: as it is, or a copy without the articles that go.
Segment GenerationBuild::live_part(const Merge& merge) {
  Segment part;
  part.paths = generation_paths(index_, *merge.live);
  part.text_bytes = merge.change.manifest.text_bytes;
  if (const auto leaving = merge.change.leaving(); !leaving.empty()) {
    const GenerationPaths copy = part_paths("live");
    copy_folder(part.paths.folder, copy.folder);
    part.paths = copy;
    const LentTermlists lent(copy.passages(),
                             termlists_of(Xapian::Database(copy.passages().string()), leaving, store(), roots_));
    Xapian::WritableDatabase database(copy.passages().string(),
                                      Xapian::DB_OPEN | kWithoutTermlists | Xapian::DB_NO_SYNC);
    for (const auto& id : leaving) part.text_bytes -= remove_article(database, store(), id);
    database.commit();
  }
  find_used_docids(part);
  part.postings = count_postings(Xapian::Database(part.paths.passages().string()));
  return part;
}

void GenerationBuild::merge_databases(const std::vector<Segment>& parts) {
  Xapian::Database sources;
  for (const auto& part : parts) sources.add_database(Xapian::Database(part.paths.passages().string()));
  // FULLER breaks assumptions of the B-tree in 1.4.22 (#842). Docids go on from part to part.
  sources.compact(target_.passages().string(), Xapian::Compactor::FULL);
}

void GenerationBuild::merge_signatures(const std::vector<Segment>& parts) {
  SignatureWriter merged(target_, 0);
  for (const auto& part : parts) merged.append_from(part.paths, part.first_docid, part.last_docid);
  merged.commit();
}

void GenerationBuild::write_words(const Merge& merge) {
  const std::uint64_t batch = merge.change.record.number;
  if (merge.live) {
    const GenerationPaths live = generation_paths(index_, *merge.live);
    words_.add(vocabulary_before(live.words(), batch, [&] {
      return count_stored_words(Xapian::Database(live.passages().string()), store(), roots_);
    }));
  }
  write_vocabulary(target_.words(), batch, words_);
}

void GenerationBuild::write_counts(const Merge& merge, SurfaceCounts surfaces) {
  const Xapian::Database database(target_.passages().string());
  const Signatures signatures(target_, database.get_lastdocid());
  write_statistics(target_.statistics(), merge.change.record.number,
                   {std::move(surfaces), count_terms(database, signatures), database.get_doccount()});
}

void GenerationBuild::write_manifest(const Merge& merge, std::uint64_t text_bytes, const std::vector<Segment>& parts) {
  Manifest manifest = merge.change.manifest;
  manifest.articles = manifest.articles + merge.articles - merge.change.superseded.size() - merge.change.removed.size();
  manifest.text_bytes = text_bytes;
  for (const auto& part : parts) add_languages(manifest, part.languages);
  Xapian::WritableDatabase database(target_.passages().string(), Xapian::DB_OPEN | kWithoutTermlists);
  if (merge.change.brings_articles)
    store_companies(database, manifest, companies_, merge.change.manifest.articles == 0);
  database.set_metadata(std::string(kManifestKey), encode(manifest));
  database.set_metadata(std::string(kDictionaryKey), dictionary_.get());
  database.set_metadata(batch_key(merge.change.record.number), encode(merge.change.record));
  database.commit();
}

GenerationBuild::Sums GenerationBuild::sums_of(const std::vector<Segment>& parts) {
  Sums sums;
  for (const auto& part : parts) {
    sums.documents += Xapian::Database(part.paths.passages().string()).get_doccount();
    sums.postings += part.postings;
    sums.last_docid += part.last_docid + 1 - part.first_docid;
  }
  return sums;
}

void GenerationBuild::remove_temporary(const std::vector<Segment>& parts) const {
  for (const auto& part : parts) {
    if (part.paths.folder.parent_path() == target_.folder) fs::remove_all(part.paths.folder);
  }
}

// Compaction copies blocks without a look at what they hold: look before anyone searches them.
void GenerationBuild::verify(const Sums& sums) const {
  const Xapian::Database merged(target_.passages().string());
  std::ostringstream complaints;
  const auto errors = Xapian::Database::check(target_.passages().string(), 0, &complaints);
  if (errors != 0 || merged.get_doccount() != sums.documents || merged.get_lastdocid() != sums.last_docid ||
      count_postings(merged) != sums.postings) {
    throw Error(ErrorCode::internal,
                "the merged index does not check out (" + std::to_string(errors) + " errors, " +
                    std::to_string(merged.get_doccount()) + " of " + std::to_string(sums.documents) +
                    " passages): " + complaints.str(),
                "The index is as it was before. Run the command again with --builder api; if that does not help, check "
                "the disk.");
  }
}

}  // namespace nutgraf
