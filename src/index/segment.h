// Segment: passages written with Xapian's add_document(), into a temporary database of its own or into the live one.
#pragma once

#include <xapian.h>

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "index/bulk_part.h"
#include "index/layout.h"
#include "index/passage_analysis.h"
#include "index/record_store.h"
#include "index/signatures.h"

namespace nutgraf {

/// A sink into one database and its side files. The caller commits both, the side files first.
class DocumentSink : public PassageSink {
 public:
  /// `roots`: the batch folders, as in the manifest. All must outlive the sink.
  DocumentSink(Xapian::WritableDatabase& database, SignatureWriter& signatures, const std::vector<std::string>& roots,
               const RecordStore& store)
      : database_(database), signatures_(signatures), roots_(roots), store_(store) {}

  void add(const AnalysedPassage& passage) override;

 private:
  Xapian::WritableDatabase& database_;
  SignatureWriter& signatures_;
  const std::vector<std::string>& roots_;
  const RecordStore& store_;
};

/// Those of an article, ascending; none where there is no such article.
[[nodiscard]] std::vector<Xapian::docid> documents_of(const Xapian::Database& database, const std::string& article_id);

/// Those of several articles, each article once, by docid; articles that are not there are left out.
[[nodiscard]] std::vector<std::vector<Xapian::docid>> documents_of_articles(
    const Xapian::Database& database, const std::vector<std::string>& article_ids);

/// Deletes the documents of an article, whose termlists were lent; gives the bytes of text that went.
std::uint64_t remove_article(Xapian::WritableDatabase& database, const RecordStore& store,
                             std::span<const Xapian::docid> docids);

/// A finished temporary segment: a part of a generation that is being built.
struct Segment {
  GenerationPaths paths;
  std::uint32_t first_docid = 1;  ///< docids in use lie in first_docid..last_docid
  std::uint32_t last_docid = 0;   ///< below first_docid: an empty segment
  std::uint64_t postings = 0;     ///< as count_postings() has it
  std::uint64_t text_bytes = 0;
  std::vector<std::string> languages;  ///< may repeat
  WordCounts words;
};

/// Writes articles, each id once, into a new segment at `paths` (a folder that exists); `companies` may be null.
[[nodiscard]] Segment build_segment(const GenerationPaths& paths, const std::vector<AdmittedArticle>& articles,
                                    const std::vector<std::string>& roots, std::string_view dictionary,
                                    const CompanyMatcher* companies);

/// The same of a part, where it cannot be written in bulk; without its words.
[[nodiscard]] Segment build_segment(const GenerationPaths& paths, const BulkPart& part);

/// Pairs of term and document: the least that two databases with the same content agree in.
[[nodiscard]] std::uint64_t count_postings(const Xapian::Database& database);

/// Xapian's check of a table in the folder `passages`: how many errors it has; what they are is added to `complaints`.
[[nodiscard]] std::size_t check_table(const std::filesystem::path& passages, const char* table,
                                      std::string& complaints);

}  // namespace nutgraf
