#include "index/live_shard.h"

#include <algorithm>
#include <utility>

#include "index/glass_version.h"
#include "index/terms.h"

namespace nutgraf {

bool LiveShard::refresh() {
  const auto generation = require_live_generation(folder_);
  if (generation != generation_) {
    open(generation);
    return true;
  }
  if (!database_.reopen() && is_whole_) return false;
  is_whole_ = false;
  manifest_ = decode_manifest(database_.get_metadata(std::string(kManifestKey)));
  if (signatures_.last_docid() != database_.get_lastdocid())
    signatures_ = Signatures(paths(), database_.get_lastdocid());
  counts_.reset();
  is_whole_ = true;
  return true;
}

void LiveShard::open(std::uint64_t generation) {
  generation_ = 0;  // until all of it is open
  opening_ = generation;
  const GenerationPaths paths = generation_paths(folder_, generation);
  database_ = open_database(paths);
  manifest_ = decode_manifest(database_.get_metadata(std::string(kManifestKey)));
  signatures_ = Signatures(paths, database_.get_lastdocid());
  counts_.reset();
  store_.reset();
  is_whole_ = true;
  generation_ = generation;
}

const LiveShard::Counts& LiveShard::counts() const {
  if (!counts_) {
    Counts counts{StatisticsFile(paths().statistics(), manifest_.batches), {}, {}};
    if (counts.statistics.known()) {
      const std::uint64_t batch = counts.statistics.champions_batch();
      counts.champions = ChampionsFile(paths().champions(), batch);
      counts.word_pairs = WordPairsFile(paths().word_pairs(), batch);
    }
    counts_ = std::move(counts);
  }
  return *counts_;
}

// The dictionary stays the same as long as the generation lives.
const RecordStore& LiveShard::store() const {
  if (!store_) store_.emplace(database_.get_metadata(std::string(kDictionaryKey)));
  return *store_;
}

Xapian::Database LiveShard::open_database(const GenerationPaths& paths) {
  if (!connection_) return Xapian::Database(paths.passages().string());
  Xapian::Database database = connection_->open();
  std::error_code ignored;
  const bool whole =
      std::filesystem::file_size(paths.directory(), ignored) / sizeof(DirectoryEntry) >= database.get_lastdocid();
  if (whole && glass::stored_uuid(paths.passages()) == database.get_uuid()) return database;
  throw Error(ErrorCode::index,
              "the server " + connection_->server().name() + " and the folder " + folder_.string() +
                  " hold different states of the shard",
              "Copy CURRENT, and what it names, from the machine of the server (of passages only iamglass is needed), "
              "or start the server anew.");
}

void LiveShard::disconnect(const Xapian::NetworkError& error) {
  if (generation_ != 0 && connection_->is_source_of(error)) connection_->fail(error);
  generation_ = 0;
}

bool LiveShard::overtaken() const {
  if (!opening_ || connection_) return false;
  if (live_generation(folder_) != opening_) return true;
  if (generation_ == 0) return true;  // overtaken while opening: nothing to compare with
  const Xapian::Database latest(paths().passages().string());
  return latest.get_revision() != database_.get_revision();
}

std::optional<Champions> LiveShard::champions(std::string_view term) const {
  auto postings = champions().known() ? champions().of(term) : std::nullopt;
  if (!postings) return std::nullopt;
  take_out(*postings, statistics().removed());
  return Champions{std::move(*postings), champions().last_docid()};
}

std::optional<PairPostings> LiveShard::word_pair(const PairedWord& first, const PairedWord& second) const {
  const auto list = word_pairs().known() ? word_pairs().of(first, second) : std::nullopt;
  if (!list) return std::nullopt;
  return PairPostings(*list, statistics().removed());
}

Xapian::docid LiveShard::first_passage(std::string_view article_id) const {
  const std::string term = article_term(article_id);
  const auto posting = database_.postlist_begin(term);
  return posting == database_.postlist_end(term) ? 0 : *posting;
}

StoredPassage LiveShard::passage(Xapian::docid docid) const {
  // That it exists, its record tells: Xapian would look it up among the lengths first.
  const std::string record = database_.get_document(docid, Xapian::DOC_ASSUME_VALID).get_data();
  if (record.empty()) throw Xapian::DocNotFoundError("no document " + std::to_string(docid));
  return decode_passage(store().unpack(record));
}

ArticleRecord LiveShard::article(const StoredPassage& first) const {
  return decode_article(first.article, manifest_.roots);
}

std::vector<Xapian::docid> LiveShard::articles() const {
  std::vector<Xapian::docid> firsts;
  firsts.reserve(manifest_.articles);
  const auto end = database_.postlist_end(std::string());
  for (auto posting = database_.postlist_begin(std::string()); posting != end; ++posting) {
    if (signatures_.ordinal(*posting) == 1) firsts.push_back(*posting);
  }
  return firsts;
}

std::vector<Xapian::docid> LiveShard::changed_after(std::uint64_t sequence) const {
  std::vector<Xapian::docid> firsts = articles();
  const auto known = [&](Xapian::docid first) { return article(first).sequence <= sequence; };
  firsts.erase(firsts.begin(), std::partition_point(firsts.begin(), firsts.end(), known));
  std::erase_if(firsts, [&](Xapian::docid first) { return article(first).changed_sequence <= sequence; });
  return firsts;
}

}  // namespace nutgraf
