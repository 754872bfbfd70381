#include "index/segment.h"

#include "index/codec.h"
#include "index/lent_termlists.h"
#include "index/terms.h"
#include "nutgraf/error.h"

namespace nutgraf {

void DocumentSink::add(const AnalysedPassage& passage) {
  Xapian::Document document;
  for (const TermCount& term : passage.terms) {
    const std::string name(passage.table.term(term.number));
    if (term.wdf == 0) {
      document.add_boolean_term(name);
    } else {
      document.add_term(name, term.wdf);
    }
  }
  StoredPassage stored{passage.record, {}};
  if (passage.article != nullptr) stored.article = encode(*passage.article, roots_);
  document.set_data(store_.pack(encode(stored)));
  const Xapian::docid docid = database_.add_document(document);
  signatures_.append(passage.signature);
  if (docid != signatures_.last_docid()) {
    throw Error(ErrorCode::internal,
                "docid " + std::to_string(docid) + " where " + std::to_string(signatures_.last_docid()) + " was due");
  }
}

std::vector<Xapian::docid> documents_of(const Xapian::Database& database, const std::string& article_id) {
  const std::string term = article_term(article_id);
  return {database.postlist_begin(term), database.postlist_end(term)};
}

std::uint64_t remove_article(Xapian::WritableDatabase& database, const RecordStore& store,
                             const std::string& article_id) {
  std::uint64_t text_bytes = 0;
  for (const auto docid : documents_of(database, article_id)) {
    text_bytes += decode_passage(store.unpack(database.get_document(docid).get_data())).passage.text.size();
    database.delete_document(docid);
  }
  return text_bytes;
}

Segment build_segment(const GenerationPaths& paths, const std::vector<AdmittedArticle>& articles,
                      const std::vector<std::string>& roots, std::string_view dictionary,
                      const CompanyMatcher* companies) {
  // Not DB_DANGEROUS: with it a failed write is reported as "cancel() not supported", and the cause is lost.
  Xapian::WritableDatabase database(paths.passages().string(),
                                    Xapian::DB_CREATE_OR_OVERWRITE | kWithoutTermlists | Xapian::DB_NO_SYNC);
  SignatureWriter signatures(paths, 0);
  const RecordStore store(dictionary);
  DocumentSink sink(database, signatures, roots, store);
  PassageAnalysis analysis(companies);
  for (const AdmittedArticle& admitted : articles) analysis.run(admitted, sink);
  signatures.flush();
  database.commit();
  const std::uint32_t last_docid = database.get_lastdocid();
  const std::uint64_t postings = count_postings(database);
  database.close();
  return {paths, 1, last_docid, postings, analysis.text_bytes(), analysis.languages(), analysis.words()};
}

std::uint64_t count_postings(const Xapian::Database& database) {
  std::uint64_t postings = 0;
  const auto end = database.allterms_end();
  for (auto term = database.allterms_begin(); term != end; ++term) postings += term.get_termfreq();
  return postings;
}

}  // namespace nutgraf
