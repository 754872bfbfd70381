// Tags an index anew from its stored text: one transaction in the live generation of each shard, so all of a shard
// shows or nothing.
#include <algorithm>

#include "index/company_tags.h"
#include "index/file_io.h"
#include "index/lent_termlists.h"
#include "index/live_index.h"
#include "index/shards.h"
#include "index/terms.h"

namespace nutgraf {
namespace {

namespace fs = std::filesystem;

std::vector<Xapian::docid> all_documents(const Xapian::Database& database) {
  return {database.postlist_begin(std::string()), database.postlist_end(std::string())};
}

// The terms that companies give a document, with prefix.
std::map<std::string, std::uint32_t> company_terms(const std::vector<CompanyCount>& counts, const CompanyTable& table) {
  std::map<std::string, std::uint32_t> terms;
  for (const CompanyCount& count : counts) {
    const std::string& id = table.companies[count.company].id;
    terms[std::string(kCompanyPrefix) + id] = count.mentions;
    if (count.named > 0) terms[std::string(kCompanyNamePrefix) + id] = count.named;
  }
  return terms;
}

std::map<std::string, std::uint32_t> company_terms(const Xapian::Document& document) {
  std::map<std::string, std::uint32_t> terms;
  for (const auto prefix : {kCompanyPrefix, kCompanyNamePrefix}) {
    auto term = document.termlist_begin();
    for (term.skip_to(std::string(prefix)); term != document.termlist_end() && (*term).starts_with(prefix); ++term)
      terms[*term] = term.get_wdf();
  }
  return terms;
}

class Retagging {
 public:
  Retagging(const LiveShard& live, Xapian::WritableDatabase& database, const CompanyMatcher& companies)
      : live_(live), database_(database), companies_(companies), store_(live.dictionary()) {}

  // Gives whether anything of the article changed.
  bool retag(Xapian::docid first) {
    StoredPassage first_stored = live_.passage(first);
    ArticleRecord record = decode_article(first_stored.article, live_.manifest().roots);
    CompanyTags tags = find(first, record);
    std::vector<std::string> ids = ids_of(tags.article, companies_.table());
    bool changed = false;
    for (std::uint32_t i = 0; i < record.passages; ++i) {
      Xapian::Document document = database_.get_document(first + i);
      const auto before = company_terms(document);
      const auto after = company_terms(tags.passages[i], companies_.table());
      const bool new_record = i == 0 && ids != record.companies;
      if (before == after && !new_record) continue;
      changed = true;
      for (const auto& [term, wdf] : before) document.remove_term(term);
      for (const auto& [term, wdf] : after) document.add_term(term, wdf);
      if (new_record) {
        record.companies = ids;
        first_stored.article = encode(record, live_.manifest().roots);
        document.set_data(store_.pack(encode(first_stored)));
      }
      database_.replace_document(first + i, document);
    }
    return changed;
  }

 private:
  CompanyTags find(Xapian::docid first, const ArticleRecord& record) {
    std::vector<std::vector<CompanyMention>> mentions(record.passages + 1);
    if (!record.title_derived) add(record.title, mentions.front());
    for (std::uint32_t i = 0; i < record.passages; ++i) {
      const PassageRecord passage = live_.passage(first + i).passage;
      add(passage.text, mentions[i + 1]);
      add(passage.heading, mentions[i + 1]);
    }
    return tag_companies(mentions);
  }

  void add(std::string_view text, std::vector<CompanyMention>& mentions) {
    analyzer_.tokenize_surfaces(text, stream_);
    companies_.find(stream_.tokens(), text, mentions);
  }

  const LiveShard& live_;
  Xapian::WritableDatabase& database_;
  const CompanyMatcher& companies_;
  RecordStore store_;
  Analyzer analyzer_;
  TokenStream stream_;
};

RetagReport retag(const LiveShard& shard, const CompanyMatcher& companies) {
  RetagReport report;
  const fs::path passages = shard.paths().passages();
  // All that is changed of a document: other terms are not asked for, and stay.
  const LentTermlists lent(passages, all_documents(shard.database()),
                           {std::string(kCompanyPrefix), std::string(kCompanyNamePrefix)});
  Xapian::WritableDatabase database(passages.string(), Xapian::DB_OPEN | kWithoutTermlists);
  database.begin_transaction();
  Retagging retagging(shard, database, companies);
  for (const Xapian::docid first : shard.articles()) {
    ++report.articles;
    report.changed += retagging.retag(first) ? 1 : 0;
  }
  Manifest manifest = shard.manifest();
  manifest.companies_version = 0;
  store_companies(database, manifest, *other_companies(manifest, &companies), true);
  database.set_metadata(std::string(kManifestKey), encode(manifest));
  database.commit_transaction();
  database.close();
  sync_folder(passages);
  return report;
}

}  // namespace

RetagReport retag_companies(const fs::path& index, const CompanyMatcher& companies) {
  require_index(index);  // before the lock file is made in a folder that is no index
  const WriterLock lock(index);
  LiveIndex(index).require_writable();
  RetagReport total;
  // Each shard in a view of its own: one that changes does not make the request about the next one be done again.
  for (const auto& folder : shard_folders(index)) {
    LiveIndex live(folder);
    const RetagReport report = live.read([&](LiveIndex& view) { return retag(view.shards().front(), companies); });
    total.articles += report.articles;
    total.changed += report.changed;
  }
  return total;
}

}  // namespace nutgraf
