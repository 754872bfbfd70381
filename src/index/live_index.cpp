#include "index/live_index.h"

#include <algorithm>
#include <exception>
#include <future>

#include "index/company_tags.h"
#include "index/shards.h"
#include "index/terms.h"
#include "nutgraf/error.h"

namespace nutgraf {

LiveIndex::LiveIndex(std::filesystem::path index, MissingShards missing)
    : index_(std::move(index)), missing_may_be_(missing) {
  if (is_cluster(index_)) {
    Cluster cluster = read_cluster(index_);
    for (auto& shard : cluster.shards)
      shards_.emplace_back(std::move(shard.folder), shards_.size(),
                           ShardConnection(std::move(shard.servers), cluster.timeout_ms));
  } else {
    for (auto& folder : shard_folders(index_)) shards_.emplace_back(std::move(folder), shards_.size());
  }
  read([](LiveIndex&) { return 0; });
}

void LiveIndex::refresh() {
  fetched_.clear();
  retry_missing();
  bool changed = false;
  if (is_remote()) {
    changed = refresh_connections();
  } else {
    for (LiveShard& shard : shards_) changed = shard.refresh() || changed;
  }
  if (missing_may_be_ == MissingShards::refused || shards_.empty()) require_all_shards();
  if (changed) unite_shards();
}

bool LiveIndex::refresh_connections() {
  std::vector<std::future<bool>> refreshed;
  for (LiveShard& shard : shards_) {
    const auto when = shard.is_open() ? std::launch::deferred : std::launch::async;
    refreshed.push_back(std::async(when, [&shard] { return shard.refresh(); }));
  }
  bool changed = false;
  std::vector<MissingShard> missing;
  std::exception_ptr problem;
  for (std::size_t i = 0; i < shards_.size(); ++i) {
    try {
      changed = refreshed[i].get() || changed;
    } catch (const ShardMissing& shard) {
      missing.push_back({shards_[i].place() + 1, shard.server(), shard.reason()});
    } catch (...) {
      problem = std::current_exception();
    }
  }
  if (problem) std::rethrow_exception(problem);
  for (auto& shard : missing) {
    const auto gone = std::find_if(shards_.begin(), shards_.end(),
                                   [&](const LiveShard& one) { return one.place() + 1 == shard.shard; });
    absent_.push_back(std::move(*gone));
    shards_.erase(gone);
    missing_.push_back(std::move(shard));
    missed_ = std::chrono::steady_clock::now();
    changed = true;
  }
  return changed;
}

void LiveIndex::retry_missing() {
  if (absent_.empty() || (!shards_.empty() && std::chrono::steady_clock::now() - missed_ < kRetry)) return;
  missing_.clear();
  for (LiveShard& shard : absent_) {
    shard.forgive();
    shards_.push_back(std::move(shard));
  }
  absent_.clear();
  std::sort(shards_.begin(), shards_.end(),
            [](const LiveShard& a, const LiveShard& b) { return a.place() < b.place(); });
}

void LiveIndex::require_all_shards() const {
  if (missing_.empty()) return;
  const MissingShard& first = missing_.front();
  throw Error(ErrorCode::index,
              "shard " + std::to_string(first.shard) + " (" + first.server + ") does not answer: " + first.reason,
              "Start its server (scripts/cluster.sh), or name one that runs in " + index_.string() + ".");
}

bool LiveIndex::disconnected() {
  try {
    throw;
  } catch (const Xapian::NetworkError& error) {
    if (!is_remote()) return false;
    for (LiveShard& shard : shards_) shard.disconnect(error);
    return true;
  } catch (...) {
    return false;
  }
}

void LiveIndex::unite_shards() {
  company_names_.reset();
  frequencies_.clear();
  if (number_of_shards() == 1) {
    database_ = shards_.front().database();
    signatures_ = shards_.front().signatures();
    manifest_ = shards_.front().manifest();
    return;
  }
  database_ = Xapian::Database();
  std::vector<Signatures> signatures;
  std::vector<Manifest> manifests;
  for (const LiveShard& shard : shards_) {
    const Manifest& manifest = shard.manifest();
    if (manifest.shard != shard.place() || manifest.shards != number_of_shards()) {
      throw Error(ErrorCode::index,
                  "the index is damaged: " + shard.folder().string() + " holds shard " +
                      std::to_string(manifest.shard + 1) + " of " + std::to_string(manifest.shards),
                  "Bring back the folder that belongs there, or index the articles again into an empty folder.");
    }
    database_.add_database(shard.database());
    signatures.push_back(shard.signatures());
    manifests.push_back(manifest);
  }
  signatures_ = Signatures(signatures);
  manifest_ = united(manifests);
}

bool LiveIndex::overtaken() const {
  try {
    throw;
  } catch (const Xapian::DatabaseModifiedError&) {
    return true;
  } catch (...) {
    // A block that a later commit has used again may also look damaged: it is only if there was no later commit.
    return std::any_of(shards_.begin(), shards_.end(), [](const LiveShard& shard) { return shard.overtaken(); });
  }
}

bool LiveIndex::is_even() const {
  return std::all_of(shards_.begin(), shards_.end(),
                     [&](const LiveShard& shard) { return shard.manifest().sequence == manifest_.sequence; });
}

void LiveIndex::require_writable() const {
  const Manifest& manifest = shards_.front().manifest();
  if (manifest.shards == shards_.size()) return;
  throw Error(ErrorCode::usage,
              index_.string() + " is shard " + std::to_string(manifest.shard + 1) + " of " +
                  std::to_string(manifest.shards) + " of an index",
              "Name the folder of the whole index with --index.");
}

std::uint64_t LiveIndex::state() const {
  constexpr std::uint64_t kPrime = 1'000'003;
  std::uint64_t state = 0;
  for (const LiveShard& shard : shards_) {
    for (const std::uint64_t number : {shard.place(), shard.generation(), shard.manifest().batches})
      state = state * kPrime + number;
  }
  return state;
}

const Xapian::Database& LiveIndex::latest() const {
  const auto older = [](const LiveShard& a, const LiveShard& b) {
    return a.manifest().sequence < b.manifest().sequence;
  };
  return std::max_element(shards_.begin(), shards_.end(), older)->database();
}

const CompanyNames& LiveIndex::company_names() {
  if (!company_names_) company_names_.emplace(stored_companies(latest(), kCompanyNamesKey));
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
  const std::string json = stored_companies(latest(), kCompanyTableKey);
  return json.empty() ? CompanyTable() : read_companies(json, "the table of companies in the index").table();
}

Xapian::docid LiveIndex::first_passage(std::string_view article_id) const {
  const std::size_t place = shard_of(article_id, number_of_shards());
  const auto shard =
      std::find_if(shards_.begin(), shards_.end(), [&](const LiveShard& one) { return one.place() == place; });
  if (shard == shards_.end()) require_all_shards();
  const Xapian::docid first = shard->first_passage(article_id);
  return first == 0 ? 0 : docid_of(static_cast<std::size_t>(shard - shards_.begin()), first);
}

Xapian::doccount LiveIndex::frequency(const std::string& term) {
  if (!is_remote()) return database_.get_termfreq(term);
  const auto known = frequencies_.find(term);
  if (known != frequencies_.end()) return known->second;
  return frequencies_[term] = database_.get_termfreq(term);
}

std::vector<LiveIndex::Term> LiveIndex::terms_from(const std::string& start) {
  std::vector<Term> terms;
  const auto end = database_.allterms_end(start);
  for (auto term = database_.allterms_begin(start); term != end; ++term) {
    terms.push_back({*term, term.get_termfreq()});
    if (is_remote()) frequencies_[terms.back().term] = terms.back().frequency;
  }
  return terms;
}

PostingList LiveIndex::postings(const std::string& term) {
  return is_remote() ? PostingList(fetched(term).front()) : PostingList(database_, term);
}

PostingList LiveIndex::postings(const std::string& term, std::size_t shard) {
  return is_remote() ? PostingList(fetched(term)[shard + 1]) : PostingList(shards_[shard].database(), term);
}

std::optional<Champions> LiveIndex::champions(std::string_view term) const {
  if (is_remote() || number_of_shards() > 1) return std::nullopt;
  return shards_.front().champions(term);
}

std::optional<LiveIndex::WordPair> LiveIndex::word_pair(const PairedWord& first, const PairedWord& second) const {
  if (is_remote() || number_of_shards() > 1) return std::nullopt;
  const LiveShard& shard = shards_.front();
  auto postings = shard.word_pair(first, second);
  if (!postings) return std::nullopt;
  return WordPair{*postings, shard.word_pairs().last_docid()};
}

const LiveIndex::FetchedLists& LiveIndex::fetched(const std::string& term) {
  FetchedLists& lists = fetched_[term];
  if (!lists.empty()) return lists;
  const FetchedPostings all = fetch_postings(database_, term, frequency(term));
  std::vector<std::vector<Posting>> of_shards(shards_.size());
  for (const Posting& posting : *all)
    of_shards[(posting.docid - 1) % shards_.size()].push_back({docid_in_shard(posting.docid), posting.wdf});
  lists.push_back(all);
  for (auto& of_shard : of_shards) lists.push_back(std::make_shared<const std::vector<Posting>>(std::move(of_shard)));
  return lists;
}

StoredPassage LiveIndex::passage(Xapian::docid docid) const { return shard_at(docid).passage(docid_in_shard(docid)); }

ArticleRecord LiveIndex::article(Xapian::docid first) const { return shard_at(first).article(docid_in_shard(first)); }

ArticleRecord LiveIndex::article(Xapian::docid first, const StoredPassage& passage) const {
  return shard_at(first).article(passage);
}

template <typename DocidsIn>
std::vector<Xapian::docid> LiveIndex::gather(DocidsIn&& docids_in) const {
  std::vector<Xapian::docid> docids;
  for (std::size_t shard = 0; shard < shards_.size(); ++shard) {
    for (const auto docid : docids_in(shards_[shard])) docids.push_back(docid_of(shard, docid));
  }
  std::sort(docids.begin(), docids.end());
  return docids;
}

std::vector<Xapian::docid> LiveIndex::articles() const {
  return gather([](const LiveShard& shard) { return shard.articles(); });
}

std::vector<Xapian::docid> LiveIndex::changed_after(std::uint64_t sequence) const {
  return gather([&](const LiveShard& shard) { return shard.changed_after(sequence); });
}

}  // namespace nutgraf
