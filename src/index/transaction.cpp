#include "index/transaction.h"

#include "index/company_tags.h"
#include "index/lent_termlists.h"
#include "index/segment.h"
#include "index/statistics.h"
#include "index/stored_words.h"
#include "index/xapian_error.h"

namespace nutgraf {
namespace {

namespace fs = std::filesystem;

/// Passes on what it counts.
class CountingSink : public PassageSink {
 public:
  CountingSink(PassageSink& next, StatisticsUpdate& statistics) : next_(next), statistics_(statistics) {}

  void add(const AnalysedPassage& passage) override {
    statistics_.add_terms(passage);
    next_.add(passage);
  }

 private:
  PassageSink& next_;
  StatisticsUpdate& statistics_;
};

std::vector<std::vector<Xapian::docid>> documents_leaving(const GenerationPaths& paths, const BatchChange& change) {
  const std::vector<std::string> leaving = change.leaving();
  if (leaving.empty()) return {};
  return documents_of_articles(Xapian::Database(paths.passages().string()), leaving);
}

LentTermlists lend_termlists(const GenerationPaths& paths, std::span<const std::vector<Xapian::docid>> leaving,
                             const std::vector<std::string>& roots) {
  if (leaving.empty()) return {paths.passages(), leaving, RecordStore(), roots};
  const Xapian::Database database(paths.passages().string());
  return {paths.passages(), leaving, RecordStore(database.get_metadata(std::string(kDictionaryKey))), roots};
}

// Inside the transaction; leaves the manifest of after the batch in the database. Gives the words of the articles.
WordCounts apply(Xapian::WritableDatabase& database, SignatureWriter& signatures, StatisticsUpdate& statistics,
                 const BatchChange& change, std::span<const std::vector<Xapian::docid>> leaving) {
  Manifest manifest = change.manifest;
  const RecordStore store(database.get_metadata(std::string(kDictionaryKey)));
  for (const auto& docids : leaving) {
    statistics.remove(database, docids);
    manifest.text_bytes -= remove_article(database, store, docids);
  }
  const Analyzer analyzer;
  PassageAnalysis analysis(analyzer, change.companies);
  DocumentSink documents(database, signatures, manifest.roots, store);
  CountingSink sink(documents, statistics);
  for (const auto& admitted : change.articles) analysis.run(admitted, sink);
  signatures.flush();
  statistics.add_surfaces(database);
  manifest.articles = manifest.articles + change.articles.size() - change.superseded.size() - change.removed.size();
  manifest.text_bytes += analysis.text_bytes();
  add_languages(manifest, analysis.languages());
  if (change.brings_articles) {
    if (const auto companies = other_companies(manifest, change.companies))
      store_companies(database, manifest, *companies, change.manifest.articles == 0);
  }
  database.set_metadata(std::string(kManifestKey), encode(manifest));
  database.set_metadata(batch_key(change.record.number), encode(change.record));
  return analysis.words();
}

void add_words(const GenerationPaths& paths, const BatchChange& change, const WordCounts& words) {
  append_vocabulary(paths.words(), change.record.number, words, [&] {
    // As of the last commit: this batch adds its own words.
    const Xapian::Database database(paths.passages().string());
    const RecordStore store(database.get_metadata(std::string(kDictionaryKey)));
    return count_stored_words(database, store, change.manifest.roots);
  });
}

}  // namespace

std::vector<std::string> BatchChange::leaving() const {
  std::vector<std::string> ids = superseded;
  ids.insert(ids.end(), removed.begin(), removed.end());
  return ids;
}

void commit_batch(const fs::path& index, std::uint64_t generation, bool is_new, const BatchChange& change) {
  const GenerationPaths paths = generation_paths(index, generation);
  translating([&] {
    if (is_new) fs::create_directories(paths.folder);
    const auto leaving = documents_leaving(paths, change);
    const LentTermlists lent = lend_termlists(paths, leaving, change.manifest.roots);
    Xapian::WritableDatabase database(paths.passages().string(),
                                      (is_new ? Xapian::DB_CREATE : Xapian::DB_OPEN) | kWithoutTermlists);
    SignatureWriter signatures(paths, database.get_lastdocid());
    StatisticsUpdate statistics(paths, change.record.number, change.manifest.shards, database);
    // An exception leaves the transaction open; the database then cancels it as it closes.
    database.begin_transaction();
    add_words(paths, change, apply(database, signatures, statistics, change, leaving));
    signatures.commit();
    statistics.write(database);
    database.commit_transaction();
    database.close();
    // Xapian syncs its files, but not the folder in which it renamed one.
    sync_folder(paths.passages());
    if (is_new) sync_folder(paths.folder);
  });
}

}  // namespace nutgraf
