#include "index/transaction.h"

#include "index/company_tags.h"
#include "index/segment.h"
#include "index/statistics.h"
#include "index/stored_words.h"
#include "index/xapian_error.h"

namespace nutgraf {
namespace {

namespace fs = std::filesystem;

// Inside the transaction; leaves the manifest of after the batch in the database. Gives the words of the articles.
WordCounts apply(Xapian::WritableDatabase& database, SignatureWriter& signatures, StatisticsUpdate& statistics,
                 const BatchChange& change) {
  Manifest manifest = change.manifest;
  const RecordStore store(database.get_metadata(std::string(kDictionaryKey)));
  for (const auto* ids : {&change.superseded, &change.removed}) {
    for (const auto& id : *ids) {
      statistics.remove(database, id);
      manifest.text_bytes -= remove_article(database, store, id);
    }
  }
  PassageAnalysis analysis(change.companies);
  DocumentSink sink(database, signatures, manifest.roots, store);
  for (const auto& admitted : change.articles) analysis.run(admitted, sink);
  signatures.flush();
  statistics.add(database);
  manifest.articles = manifest.articles + change.articles.size() - change.superseded.size() - change.removed.size();
  manifest.text_bytes += analysis.text_bytes();
  add_languages(manifest, analysis.languages());
  if (!change.articles.empty()) store_companies(database, manifest, change.companies, change.manifest.articles == 0);
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

void commit_batch(const fs::path& index, std::uint64_t generation, bool is_new, const BatchChange& change) {
  const GenerationPaths paths = generation_paths(index, generation);
  translating([&] {
    if (is_new) fs::create_directories(paths.folder);
    Xapian::WritableDatabase database(paths.passages().string(),
                                      (is_new ? Xapian::DB_CREATE : Xapian::DB_OPEN) | Xapian::DB_BACKEND_GLASS);
    SignatureWriter signatures(paths, database.get_lastdocid());
    StatisticsUpdate statistics(paths, change.record.number, database);
    // An exception leaves the transaction open; the database then cancels it as it closes.
    database.begin_transaction();
    add_words(paths, change, apply(database, signatures, statistics, change));
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
