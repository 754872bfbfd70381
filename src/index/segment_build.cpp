#include "index/segment_build.h"

#include <iterator>
#include <system_error>
#include <utility>

#include "index/glass_segment.h"
#include "index/lent_termlists.h"
#include "index/xapian_error.h"
#include "nutgraf/error.h"

namespace nutgraf {
namespace {

namespace fs = std::filesystem;

/// Of a batch that does not wait in memory so many slices make a segment: fewer segments are less to merge, but all of
/// one is in memory.
constexpr std::size_t kSlicesOfRun = 8;

using Parts = std::vector<const BulkPart*>;

template <typename Run>
Parts parts_of(const Run& run) {
  Parts parts;
  for (const auto& [number, part] : run) parts.push_back(&part);
  return parts;
}

/// As TermCounter wants them.
std::vector<std::uint16_t> ordinals_of(const Parts& parts) {
  std::vector<std::uint16_t> ordinals{0};
  for (const BulkPart* part : parts) {
    for (const auto& signature : part->signatures) ordinals.push_back(static_cast<std::uint16_t>(signature.ordinal));
  }
  return ordinals;
}

/// The database of neighbouring parts and its side files; fills `counts`, if given.
Segment write_run(const GenerationPaths& paths, const Parts& parts, CollectionCounts* counts = nullptr) {
  fs::create_directories(paths.folder);
  auto side_files = std::async(std::launch::async, [&] {
    SignatureWriter signatures(paths, 0);
    for (const BulkPart* part : parts) append_signatures(signatures, *part);
    signatures.flush();
    if (counts != nullptr) counts->surfaces = count_surfaces(Signatures(paths, signatures.last_docid()));
  });
  Segment segment{paths, 1, 0, 0, 0, {}, {}};
  if (counts == nullptr) {
    segment.postings = write_database(paths, parts);
  } else {
    TermCounter counter(ordinals_of(parts));
    segment.postings = write_database(paths, parts, &counter);
    counts->terms = counter.take();
  }
  side_files.get();
  for (const BulkPart* part : parts) {
    segment.last_docid += static_cast<std::uint32_t>(part->records.size());
    segment.text_bytes += part->text_bytes();
    segment.languages.insert(segment.languages.end(), part->languages.begin(), part->languages.end());
  }
  return segment;
}

}  // namespace

Dictionary trained_dictionary(std::string dictionary) {
  std::promise<std::string> trained;
  trained.set_value(std::move(dictionary));
  return trained.get_future().share();
}

// Compaction drops the unused docids before the first and after the last one in use; the side files must follow.
void count_segment(Segment& segment) {
  const Xapian::Database database(segment.paths.passages().string());
  segment.first_docid = 1;
  segment.last_docid = 0;
  const auto end = database.postlist_end(std::string());
  for (auto posting = database.postlist_begin(std::string()); posting != end; ++posting) {
    if (segment.last_docid == 0) segment.first_docid = *posting;
    segment.last_docid = *posting;
  }
  segment.postings = count_postings(database);
}

void remove_articles(Segment& segment, const std::vector<std::string>& ids, const RecordStore& store,
                     const std::vector<std::string>& roots) {
  {
    const std::string passages = segment.paths.passages().string();
    const auto articles = documents_of_articles(Xapian::Database(passages), ids);
    const LentTermlists lent(passages, articles, store, roots);
    Xapian::WritableDatabase database(passages, Xapian::DB_OPEN | kWithoutTermlists | Xapian::DB_NO_SYNC);
    for (const auto& docids : articles) segment.text_bytes -= remove_article(database, store, docids);
    database.commit();
  }
  count_segment(segment);
}

SegmentBuild::SegmentBuild(GenerationPaths target, unsigned workers, BuildTurns& turns, std::vector<std::string> roots,
                           Dictionary dictionary, const CompanyMatcher* companies, SegmentBuilder builder,
                           std::size_t slices_at_once)
    : target_(std::move(target)),
      roots_(std::move(roots)),
      dictionary_(std::move(dictionary)),
      companies_(companies),
      builder_(builder),
      slices_at_once_(slices_at_once),
      turns_(turns) {
  try {
    for (unsigned i = 0; i < workers; ++i) workers_.emplace_back([this] { work(); });
  } catch (const std::system_error& error) {
    // As many threads as the system gives.
    if (workers_.empty())
      throw Error(ErrorCode::internal, std::string("cannot start a thread: ") + error.what(),
                  "Too many processes or threads run. End some and run the command again.");
  }
}

SegmentBuild::~SegmentBuild() { stop(); }

void SegmentBuild::stop() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  changed_.notify_all();
  for (auto& worker : workers_) worker.join();
  workers_.clear();
}

void SegmentBuild::wait() {
  stop();
  if (failure_) std::rethrow_exception(failure_);
}

void SegmentBuild::add_slice(ArticleSlice articles) {
  std::unique_lock lock(mutex_);
  // One slice may wait: enough to keep the workers busy, and memory stays bounded.
  changed_.wait(lock, [this] { return waiting_.empty() || failure_; });
  if (failure_) std::rethrow_exception(failure_);
  waiting_.push_back({slices_++, std::move(articles)});
  lock.unlock();
  changed_.notify_all();
}

void SegmentBuild::supersede(std::size_t number, std::string id) {
  const std::lock_guard lock(mutex_);
  superseded_[number].push_back(std::move(id));
}

void SegmentBuild::work() {
  const Analyzer analyzer;  // of all slices: it knows the stems of what it has met
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [this] { return !waiting_.empty() || closed_ || failure_; });
    if (failure_ || waiting_.empty()) return;
    Slice slice = std::move(waiting_.front());
    waiting_.pop_front();
    lock.unlock();
    changed_.notify_all();
    try {
      const std::lock_guard turn(turns_);
      build(std::move(slice), analyzer);
      lock.lock();
    } catch (...) {
      if (!lock.owns_lock()) lock.lock();
      if (!failure_) failure_ = std::current_exception();
      changed_.notify_all();
      return;
    }
  }
}

void SegmentBuild::build(Slice slice, const Analyzer& analyzer) {
  if (builder_ != SegmentBuilder::add_document) {
    if (auto part = analyse(slice, analyzer)) {
      slice.articles.reset();
      Run run = keep(slice.number, std::move(*part));
      if (!run.empty()) write_segments(std::move(run));
      return;
    }
  }
  Segment segment = translating(
      [&] { return build_segment(new_segment(slice.number), *slice.articles, roots_, dictionary_.get(), companies_); });
  const std::lock_guard lock(mutex_);
  words_.add(std::exchange(segment.words, {}));
  segments_.emplace(slice.number, std::move(segment));
}

std::optional<BulkPart> SegmentBuild::analyse(const Slice& slice, const Analyzer& analyzer) {
  try {
    return translating(
        [&] { return analyse_in_bulk(*slice.articles, roots_, dictionary_.get(), analyzer, companies_); });
  } catch (const std::exception& error) {
    warn_of(error);
    return {};
  }
}

SegmentBuild::Run SegmentBuild::keep(std::size_t number, BulkPart part) {
  const std::lock_guard lock(mutex_);
  words_.add(std::exchange(part.words, {}));
  if (part.records.empty()) return {};  // a later slice had all of it
  analysed_.emplace(number, std::move(part));
  if (slices_ <= slices_at_once_) return {};
  for (auto begin = analysed_.begin(); begin != analysed_.end();) {
    const auto end = analysed_.lower_bound((begin->first / kSlicesOfRun + 1) * kSlicesOfRun);
    if (std::distance(begin, end) == kSlicesOfRun) {
      Run run;
      while (begin != end) run.insert(analysed_.extract(begin++));
      return run;
    }
    begin = end;
  }
  return {};
}

void SegmentBuild::remove_superseded(Run& run) {
  for (auto& [number, part] : run) {
    std::vector<std::string> ids;
    {
      const std::lock_guard lock(mutex_);
      if (auto node = superseded_.extract(number)) ids = std::move(node.mapped());
    }
    if (!ids.empty()) remove_articles(part, ids);
  }
  std::erase_if(run, [](const auto& slice) { return slice.second.records.empty(); });
}

void SegmentBuild::write_segments(Run run) {
  remove_superseded(run);
  if (run.empty()) return;
  const std::size_t first = run.begin()->first;
  try {
    Segment segment = translating([&] { return write_run(segment_paths(first), parts_of(run)); });
    const std::lock_guard lock(mutex_);
    segments_.emplace(first, std::move(segment));
    return;
  } catch (const std::exception& error) {
    warn_of(error);
  }
  fs::remove_all(segment_paths(first).folder);
  for (const auto& [number, part] : run) {
    Segment segment = translating([&] { return build_segment(new_segment(number), part); });
    const std::lock_guard lock(mutex_);
    segments_.emplace(number, std::move(segment));
  }
}

GenerationPaths SegmentBuild::new_segment(std::size_t number) const {
  GenerationPaths paths = segment_paths(number);
  fs::create_directories(paths.folder);
  return paths;
}

void SegmentBuild::warn_of(const std::exception& error) {
  if (builder_ == SegmentBuilder::bulk) throw;
  const std::lock_guard lock(mutex_);
  warning_ = std::string("indexing takes the slow way: ") + error.what();
}

GenerationPaths SegmentBuild::segment_paths(std::size_t number) const {
  return {target_.folder / ("segment-" + std::to_string(number))};
}

std::optional<SegmentBuild::Whole> SegmentBuild::write_at_once() {
  if (!segments_.empty() || analysed_.size() > slices_at_once_) return {};
  remove_superseded(analysed_);
  if (analysed_.empty()) return {};
  try {
    Whole whole;
    whole.segment = translating([&] { return write_run(target_, parts_of(analysed_), &whole.counts); });
    freed_ = std::async(std::launch::async, [run = std::move(analysed_)]() mutable { run.clear(); });
    return whole;
  } catch (const std::exception& error) {
    warn_of(error);
    fs::remove_all(target_.passages());
    return {};
  }
}

std::vector<Segment> SegmentBuild::write_all() {
  while (!analysed_.empty()) {
    Run run;
    for (std::size_t number = analysed_.begin()->first; analysed_.contains(number); ++number)
      run.insert(analysed_.extract(number));
    write_segments(std::move(run));
  }
  const RecordStore store(dictionary_.get());
  for (const auto& [number, ids] : superseded_)
    remove_articles(std::prev(segments_.upper_bound(number))->second, ids, store, roots_);
  std::vector<Segment> segments;
  for (auto& [number, segment] : segments_) segments.push_back(std::move(segment));
  return segments;
}

}  // namespace nutgraf
