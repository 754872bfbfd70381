#include "index/glass_segment.h"

#include <algorithm>
#include <future>
#include <queue>

#include "index/glass_blocks.h"
#include "index/glass_deflate.h"
#include "index/glass_version.h"
#include "index/lent_termlists.h"
#include "index/record_store.h"
#include "nutgraf/error.h"

namespace nutgraf {
namespace {

using glass::Posting;
using Parts = std::span<const BulkPart* const>;

/// Xapian is asked for every so manieth term, whether it reads what was written. All are counted before publishing.
constexpr std::size_t kTermsAsked = 64;

void make_empty_database(const std::filesystem::path& folder) {
  Xapian::WritableDatabase(folder.string(), Xapian::DB_CREATE_OR_OVERWRITE | kWithoutTermlists | Xapian::DB_NO_SYNC)
      .close();
}

glass::TableRoot write_records(const std::filesystem::path& file, Parts parts) {
  glass::TableWriter table(file);
  std::uint32_t docid = 0;
  for (const BulkPart* part : parts) {
    for (const std::string& data : part->records) {
      const bool compressed = RecordStore::is_compressed(data);
      table.add(glass::document_key(++docid), compressed ? glass::stored(data) : data, compressed);
    }
  }
  return table.finish();
}

/// The lists of a part that are still to be written: at least one.
class Cursor {
 public:
  Cursor(const BulkPart& part, std::uint32_t docids_before) : part_(&part), docids_before_(docids_before) { read(); }

  [[nodiscard]] std::string_view term() const { return term_; }
  [[nodiscard]] std::span<const Posting> postings() const { return part_->postings_of(list_); }
  /// Of the parts before it.
  [[nodiscard]] std::uint32_t docids_before() const { return docids_before_; }
  /// False at the end.
  [[nodiscard]] bool advance() {
    if (++list_ == part_->lists.size()) return false;
    read();
    return true;
  }
  // For a queue that gives the least term first, and of equal ones the earliest part.
  [[nodiscard]] bool operator<(const Cursor& other) const {
    if (beginning_ != other.beginning_) return beginning_ > other.beginning_;
    const int order = term_.compare(other.term_);
    return order != 0 ? order > 0 : docids_before_ > other.docids_before_;
  }

 private:
  void read() {
    term_ = part_->term(list_);
    beginning_ = beginning_of(term_);
  }

  const BulkPart* part_;
  std::uint32_t docids_before_;
  std::size_t list_ = 0;
  std::string_view term_;
  std::uint64_t beginning_ = 0;
};

/// The lists of all parts as one, term by term.
class PostingMerge {
 public:
  explicit PostingMerge(Parts parts) {
    std::uint32_t docids = 0;
    for (const BulkPart* part : parts) {
      if (!part->lists.empty()) queue_.push(Cursor(*part, docids));
      docids += static_cast<std::uint32_t>(part->lengths.size());
    }
  }

  [[nodiscard]] bool at_end() const { return queue_.empty(); }
  /// The postings of the next term.
  std::span<const Posting> next(std::string& term) {
    term = queue_.top().term();
    postings_.clear();
    while (!queue_.empty() && queue_.top().term() == term) {
      Cursor cursor = queue_.top();
      queue_.pop();
      for (const Posting& posting : cursor.postings())
        postings_.push_back({posting.docid + cursor.docids_before(), posting.wdf});
      if (cursor.advance()) queue_.push(cursor);
    }
    return postings_;
  }

 private:
  std::priority_queue<Cursor> queue_;
  std::vector<Posting> postings_;
};

/// What Xapian has to find.
struct Written {
  glass::TableRoot postings;
  std::uint64_t count = 0;  // of postings
  std::vector<std::pair<std::string, std::uint64_t>> frequencies;
  glass::Statistics statistics;
};

void count(TermCounter& counter, std::string_view term, std::span<const Posting> postings) {
  if (!counter.begin(term, static_cast<Xapian::doccount>(postings.size()))) return;
  for (const Posting& posting : postings) counter.add({posting.docid, posting.wdf});
  counter.end();
}

Written write_postings(const std::filesystem::path& file, Parts parts, TermCounter* counter) {
  Written written;
  std::vector<std::uint32_t> lengths;
  for (const BulkPart* part : parts) lengths.insert(lengths.end(), part->lengths.begin(), part->lengths.end());
  for (const std::uint32_t length : lengths) written.statistics.add_document(length);
  glass::PostingWriter writer(file);
  writer.add_lengths(lengths);
  std::string term;
  PostingMerge merge(parts);
  for (std::size_t number = 0; !merge.at_end(); ++number) {
    const std::span<const Posting> postings = merge.next(term);
    writer.add(term, postings);
    if (counter != nullptr) count(*counter, term, postings);
    written.count += postings.size();
    for (const Posting& posting : postings)
      written.statistics.largest_wdf = std::max(written.statistics.largest_wdf, posting.wdf);
    if (number % kTermsAsked == 0) written.frequencies.emplace_back(term, postings.size());
  }
  written.postings = writer.finish();
  return written;
}

void verify(const GenerationPaths& paths, const Written& written) {
  const Xapian::Database database(paths.passages().string());
  const glass::Statistics& statistics = written.statistics;
  const bool same = database.get_doccount() == statistics.documents &&
                    database.get_lastdocid() == statistics.documents &&
                    database.get_total_length() == statistics.total_length &&
                    std::all_of(written.frequencies.begin(), written.frequencies.end(),
                                [&](const auto& term) { return database.get_termfreq(term.first) == term.second; });
  if (!same) throw Error(ErrorCode::internal, "Xapian does not read what was written to " + paths.passages().string());
}

}  // namespace

std::uint64_t write_database(const GenerationPaths& paths, Parts parts, TermCounter* counter) {
  make_empty_database(paths.passages());
  glass::VersionFile version(paths.passages());
  auto records =
      std::async(std::launch::async, [&] { return write_records(paths.passages() / "docdata.glass", parts); });
  const Written written = write_postings(paths.passages() / "postlist.glass", parts, counter);
  version.write_segment(written.postings, records.get(), written.statistics);
  verify(paths, written);
  return written.count;
}

}  // namespace nutgraf
