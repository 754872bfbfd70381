#include "index/segment.h"

#include <algorithm>
#include <sstream>

#include "index/codec.h"
#include "index/lent_termlists.h"
#include "index/terms.h"
#include "nutgraf/error.h"

namespace nutgraf {
namespace {

// Not DB_DANGEROUS: with it a failed write is reported as "cancel() not supported", and the cause is lost.
Xapian::WritableDatabase new_database(const GenerationPaths& paths) {
  return Xapian::WritableDatabase(paths.passages().string(),
                                  Xapian::DB_CREATE_OR_OVERWRITE | kWithoutTermlists | Xapian::DB_NO_SYNC);
}

void add_term(Xapian::Document& document, const std::string& name, std::uint32_t wdf) {
  if (wdf == 0) {
    document.add_boolean_term(name);
  } else {
    document.add_term(name, wdf);
  }
}

}  // namespace

void DocumentSink::add(const AnalysedPassage& passage) {
  Xapian::Document document;
  for (const TermCount& term : passage.terms)
    add_term(document, std::string(passage.table.term(term.number)), term.wdf);
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

std::vector<std::vector<Xapian::docid>> documents_of_articles(const Xapian::Database& database,
                                                              const std::vector<std::string>& article_ids) {
  std::vector<std::vector<Xapian::docid>> articles;
  for (const auto& id : article_ids) {
    if (auto docids = documents_of(database, id); !docids.empty()) articles.push_back(std::move(docids));
  }
  std::sort(articles.begin(), articles.end());
  articles.erase(std::unique(articles.begin(), articles.end()), articles.end());
  return articles;
}

std::uint64_t remove_article(Xapian::WritableDatabase& database, const RecordStore& store,
                             std::span<const Xapian::docid> docids) {
  std::uint64_t text_bytes = 0;
  for (const auto docid : docids) {
    text_bytes += decode_passage(store.unpack(database.get_document(docid).get_data())).passage.text.size();
    database.delete_document(docid);
  }
  return text_bytes;
}

Segment build_segment(const GenerationPaths& paths, const std::vector<AdmittedArticle>& articles,
                      const std::vector<std::string>& roots, std::string_view dictionary,
                      const CompanyMatcher* companies) {
  Xapian::WritableDatabase database = new_database(paths);
  SignatureWriter signatures(paths, 0);
  const RecordStore store{std::string(dictionary)};
  DocumentSink sink(database, signatures, roots, store);
  const Analyzer analyzer;
  PassageAnalysis analysis(analyzer, companies);
  for (const AdmittedArticle& admitted : articles) analysis.run(admitted, sink);
  signatures.flush();
  database.commit();
  const std::uint32_t last_docid = database.get_lastdocid();
  const std::uint64_t postings = count_postings(database);
  database.close();
  return {paths, 1, last_docid, postings, analysis.text_bytes(), analysis.languages(), analysis.words()};
}

Segment build_segment(const GenerationPaths& paths, const BulkPart& part) {
  struct Occurrence {
    std::size_t list = 0;  // of the part: a term
    std::uint32_t wdf = 0;
  };
  std::vector<std::vector<Occurrence>> terms(part.records.size());  // by docid - 1
  for (std::size_t list = 0; list < part.lists.size(); ++list) {
    for (const glass::Posting& posting : part.postings_of(list))
      terms[posting.docid - 1].push_back({list, posting.wdf});
  }
  Xapian::WritableDatabase database = new_database(paths);
  for (std::size_t i = 0; i < terms.size(); ++i) {
    Xapian::Document document;
    for (const Occurrence& term : terms[i]) add_term(document, std::string(part.term(term.list)), term.wdf);
    document.set_data(part.records[i]);
    database.add_document(document);
  }
  SignatureWriter signatures(paths, 0);
  append_signatures(signatures, part);
  signatures.flush();
  database.commit();
  const std::uint64_t postings = count_postings(database);
  return {paths, 1, signatures.last_docid(), postings, part.text_bytes(), part.languages, {}};
}

std::uint64_t count_postings(const Xapian::Database& database) {
  std::uint64_t postings = 0;
  const auto end = database.allterms_end();
  for (auto term = database.allterms_begin(); term != end; ++term) postings += term.get_termfreq();
  return postings;
}

std::size_t check_table(const std::filesystem::path& passages, const char* table, std::string& complaints) {
  std::ostringstream out;
  const std::size_t errors = Xapian::Database::check((passages / table).string(), 0, &out);
  complaints += out.str();
  return errors;
}

}  // namespace nutgraf
