#include "index/live_index.h"

#include "index/company_tags.h"
#include "index/layout.h"
#include "index/terms.h"
#include "nutgraf/error.h"

namespace nutgraf {

LiveIndex::LiveIndex(std::filesystem::path index) : index_(std::move(index)) {
  read([](LiveIndex&) { return 0; });
}

void LiveIndex::refresh() {
  const auto generation = require_live_generation(index_);
  if (generation != generation_) {
    open(generation);
  } else if (database_.reopen()) {
    manifest_ = decode_manifest(database_.get_metadata(std::string(kManifestKey)));
    company_names_.reset();
    if (signatures_.last_docid() != database_.get_lastdocid()) {
      signatures_ = Signatures(generation_paths(index_, generation_), database_.get_lastdocid());
    }
    statistics_ = StatisticsFile(generation_paths(index_, generation_).statistics(), manifest_.batches);
  }
}

void LiveIndex::open(std::uint64_t generation) {
  generation_ = 0;  // until all of it is open
  company_names_.reset();
  opening_ = generation;
  const GenerationPaths paths = generation_paths(index_, generation);
  database_ = Xapian::Database(paths.passages().string());
  manifest_ = decode_manifest(database_.get_metadata(std::string(kManifestKey)));
  signatures_ = Signatures(paths, database_.get_lastdocid());
  statistics_ = StatisticsFile(paths.statistics(), manifest_.batches);
  dictionary_ = database_.get_metadata(std::string(kDictionaryKey));  // the same as long as the generation lives
  store_ = RecordStore(dictionary_);
  generation_ = generation;
}

bool LiveIndex::overtaken() const {
  try {
    throw;
  } catch (const Xapian::DatabaseModifiedError&) {
    return true;
  } catch (...) {
    // A block that a later commit has used again may also look damaged: it is only if there was no later commit.
    if (live_generation(index_) != opening_) return true;
    if (generation_ == 0) return opening_.has_value();  // overtaken while opening: nothing to compare with
    const Xapian::Database latest(generation_paths(index_, generation_).passages().string());
    return latest.get_revision() != database_.get_revision();
  }
}

const CompanyNames& LiveIndex::company_names() {
  if (!company_names_) company_names_.emplace(stored_companies(database_, kCompanyNamesKey));
  return *company_names_;
}

std::string LiveIndex::company_called(const std::string& name, const Analyzer& analyzer) {
  std::string id = company_names().resolve(name, analyzer);
  if (!id.empty()) return id;
  const std::string nearest = company_names().nearest(name, analyzer);
  throw Error(
      ErrorCode::usage, "no company is called \"" + name + "\"",
      nearest.empty() ? "nutgraf companies lists those that the index speaks of." : "Did you mean " + nearest + "?");
}

CompanyTable LiveIndex::company_table() const {
  const std::string json = stored_companies(database_, kCompanyTableKey);
  return json.empty() ? CompanyTable() : read_companies(json, "the table of companies in the index").table();
}

Xapian::docid LiveIndex::first_passage(std::string_view article_id) const {
  const std::string term = article_term(article_id);
  const auto posting = database_.postlist_begin(term);
  return posting == database_.postlist_end(term) ? 0 : *posting;
}

StoredPassage LiveIndex::passage(Xapian::docid docid) const {
  return decode_passage(store_.unpack(database_.get_document(docid).get_data()));
}

ArticleRecord LiveIndex::article(Xapian::docid first) const {
  return decode_article(passage(first).article, manifest_.roots);
}

std::vector<Xapian::docid> LiveIndex::articles() const {
  std::vector<Xapian::docid> firsts;
  firsts.reserve(manifest_.articles);
  const auto end = database_.postlist_end(std::string());
  for (auto posting = database_.postlist_begin(std::string()); posting != end; ++posting) {
    if (signatures_.ordinal(*posting) == 1) firsts.push_back(*posting);
  }
  return firsts;
}

}  // namespace nutgraf
