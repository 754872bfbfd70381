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

/// Terms by number and where the postings of each end, in byte order of the terms.
class SortedTerms {
 public:
  SortedTerms(const TermTable& table, const std::vector<TermCount>& postings) : table_(table), ends_(table.size()) {
    for (const TermCount& posting : postings) ++ends_[posting.number];
    for (std::uint32_t number = 0; number < ends_.size(); ++number) {
      if (ends_[number] > 0) order_.push_back({beginning(table.term(number)), number});
    }
    std::sort(order_.begin(), order_.end(), [&](const Key& a, const Key& b) {
      return a.beginning != b.beginning ? a.beginning < b.beginning : table.term(a.number) < table.term(b.number);
    });
  }

  /// The postings, term after term; docids ascend within one.
  void write(glass::PostingWriter& writer, const BulkSink& sink) {
    std::size_t begin = 0;
    for (const Key& key : order_) begin += std::exchange(ends_[key.number], begin);
    std::vector<Posting> postings(sink.terms().size());
    std::size_t next = 0;
    for (std::uint32_t docid = 1; docid <= sink.ends().size(); ++docid) {
      for (; next < sink.ends()[docid - 1]; ++next) {
        const TermCount& term = sink.terms()[next];
        postings[ends_[term.number]++] = {docid, term.wdf};
      }
    }
    begin = 0;
    for (const Key& key : order_) {
      const std::size_t end = ends_[key.number];
      writer.add(table_.term(key.number), std::span(postings).subspan(begin, end - begin));
      begin = end;
    }
  }

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
  std::vector<std::size_t> ends_;  // by number: where its postings end, of terms that have any
  std::vector<Key> order_;
};

glass::TableRoot write_postings(const std::filesystem::path& file, const BulkSink& sink, const TermTable& table) {
  glass::PostingWriter writer(file);
  writer.add_lengths(sink.lengths());
  SortedTerms(table, sink.terms()).write(writer, sink);
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
    const auto postings = write_postings(paths.passages() / "postlist.glass", sink, analysis.table());
    version.write_segment(postings, sink.documents(), sink.statistics());
    verify(paths, sink.statistics(), sink.terms().size());
  }
  return {paths, 1, documents, sink.terms().size(), analysis.text_bytes(), analysis.languages(), analysis.words()};
}

}  // namespace nutgraf
