#include "index/glass_segment.h"

#include <algorithm>
#include <numeric>
#include <span>

#include "index/codec.h"
#include "index/glass_blocks.h"
#include "index/glass_deflate.h"
#include "index/glass_postings.h"
#include "index/glass_version.h"
#include "index/lent_termlists.h"
#include "nutgraf/error.h"

namespace nutgraf {
namespace {

using glass::Posting;

void make_empty_database(const std::filesystem::path& folder) {
  Xapian::WritableDatabase(folder.string(), Xapian::DB_CREATE_OR_OVERWRITE | kWithoutTermlists | Xapian::DB_NO_SYNC)
      .close();
}

/// Writes records and signatures as they come, and keeps the postings.
class BulkSink : public PassageSink {
 public:
  BulkSink(const GenerationPaths& paths, const std::vector<std::string>& roots, std::string_view dictionary)
      : roots_(roots), store_(dictionary), signatures_(paths, 0), documents_(paths.passages() / "docdata.glass") {}

  void add(const AnalysedPassage& passage) override;
  void finish();

  // Terms of all passages, those of passage i (from 0) up to ends[i].
  [[nodiscard]] const std::vector<TermCount>& terms() const { return terms_; }
  [[nodiscard]] const std::vector<std::size_t>& ends() const { return ends_; }
  [[nodiscard]] const std::vector<std::uint32_t>& lengths() const { return lengths_; }
  [[nodiscard]] const glass::Statistics& statistics() const { return statistics_; }
  [[nodiscard]] const glass::TableRoot& documents() const { return root_; }

 private:
  const std::vector<std::string>& roots_;
  RecordStore store_;
  SignatureWriter signatures_;
  glass::TableWriter documents_;
  glass::TableRoot root_;
  std::vector<TermCount> terms_;
  std::vector<std::size_t> ends_;
  std::vector<std::uint32_t> lengths_;
  glass::Statistics statistics_;
};

void BulkSink::add(const AnalysedPassage& passage) {
  std::uint32_t length = 0;
  for (const TermCount& term : passage.terms) {
    length += term.wdf;
    statistics_.largest_wdf = std::max(statistics_.largest_wdf, term.wdf);
  }
  terms_.insert(terms_.end(), passage.terms.begin(), passage.terms.end());
  ends_.push_back(terms_.size());
  lengths_.push_back(length);
  statistics_.add_document(length);
  signatures_.append(passage.signature);

  StoredPassage stored{passage.record, {}};
  if (passage.article != nullptr) stored.article = encode(*passage.article, roots_);
  const std::string data = store_.pack(encode(stored));
  const bool compressed = RecordStore::is_compressed(data);
  documents_.add(glass::document_key(statistics_.documents), compressed ? glass::stored(data) : data, compressed);
}

void BulkSink::finish() {
  signatures_.flush();
  root_ = documents_.finish();
}

/// The terms of a table in byte order.
class SortedTerms {
 public:
  explicit SortedTerms(const TermTable& table) : table_(table), ranks_(table.size()) {
    std::vector<Key> keys;
    keys.reserve(table.size());
    for (std::uint32_t number = 0; number < table.size(); ++number)
      keys.push_back({beginning(table.term(number)), number});
    std::sort(keys.begin(), keys.end(), [&](const Key& a, const Key& b) {
      return a.beginning != b.beginning ? a.beginning < b.beginning : table.term(a.number) < table.term(b.number);
    });
    numbers_.reserve(keys.size());
    for (const Key& key : keys) {
      ranks_[key.number] = static_cast<std::uint32_t>(numbers_.size());
      numbers_.push_back(key.number);
    }
  }

  [[nodiscard]] std::size_t size() const { return numbers_.size(); }
  [[nodiscard]] std::string_view operator[](std::size_t rank) const { return table_.term(numbers_[rank]); }
  [[nodiscard]] std::uint32_t rank_of(std::uint32_t number) const { return ranks_[number]; }

 private:
  struct Key {
    std::uint64_t beginning = 0;  // the first bytes of the term: most comparisons need no more
    std::uint32_t number = 0;
  };
  static std::uint64_t beginning(std::string_view term) {
    std::uint64_t bytes = 0;
    for (std::size_t i = 0; i < sizeof bytes; ++i)
      bytes = bytes << 8U | (i < term.size() ? static_cast<unsigned char>(term[i]) : 0U);
    return bytes;
  }

  const TermTable& table_;
  std::vector<std::uint32_t> numbers_;  // by rank
  std::vector<std::uint32_t> ranks_;    // by number
};

glass::TableRoot write_postings(const std::filesystem::path& file, const BulkSink& sink, const SortedTerms& sorted) {
  // A counting sort by rank, stable: docids ascend within a term.
  std::vector<std::size_t> ends(sorted.size() + 1);
  for (const TermCount& term : sink.terms()) ++ends[sorted.rank_of(term.number) + 1];
  std::partial_sum(ends.begin(), ends.end(), ends.begin());
  std::vector<Posting> postings(sink.terms().size());
  std::size_t next = 0;
  for (std::uint32_t docid = 1; docid <= sink.ends().size(); ++docid) {
    for (; next < sink.ends()[docid - 1]; ++next) {
      const TermCount& term = sink.terms()[next];
      postings[ends[sorted.rank_of(term.number)]++] = {docid, term.wdf};
    }
  }
  glass::PostingWriter writer(file);
  writer.add_lengths(sink.lengths());
  std::size_t begin = 0;
  for (std::size_t rank = 0; rank < sorted.size(); ++rank) {
    const std::size_t end = ends[rank];
    // The table may know the terms of a title that no passage took.
    if (end > begin) writer.add(sorted[rank], std::span(postings).subspan(begin, end - begin));
    begin = end;
  }
  return writer.finish();
}

// Reads the segment with Xapian and compares it with what went in.
void verify(const GenerationPaths& paths, const glass::Statistics& statistics, std::uint64_t postings) {
  const Xapian::Database database(paths.passages().string());
  if (database.get_doccount() != statistics.documents || database.get_lastdocid() != statistics.documents ||
      database.get_total_length() != statistics.total_length || count_postings(database) != postings) {
    throw Error(ErrorCode::internal, "Xapian does not read what was written to " + paths.passages().string());
  }
}

}  // namespace

Segment build_segment_in_bulk(const GenerationPaths& paths, const std::vector<AdmittedArticle>& articles,
                              const std::vector<std::string>& roots, std::string_view dictionary,
                              const CompanyMatcher* companies) {
  make_empty_database(paths.passages());
  glass::VersionFile version(paths.passages());
  BulkSink sink(paths, roots, dictionary);
  PassageAnalysis analysis(companies);
  for (const AdmittedArticle& admitted : articles) analysis.run(admitted, sink);
  const std::uint32_t documents = sink.statistics().documents;
  if (documents > 0) {
    sink.finish();
    const SortedTerms sorted(analysis.table());
    const auto postings = write_postings(paths.passages() / "postlist.glass", sink, sorted);
    version.write_segment(postings, sink.documents(), sink.statistics());
    verify(paths, sink.statistics(), sink.terms().size());
  }
  return {paths, 1, documents, sink.terms().size(), analysis.text_bytes(), analysis.languages(), analysis.words()};
}

}  // namespace nutgraf
