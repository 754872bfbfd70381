// Index: articles in, a directory on disk that searches read out. Batches become visible whole or not at all, also
// when the process is killed. No Xapian type shows here.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "nutgraf/article.h"
#include "nutgraf/company.h"
#include "nutgraf/reader.h"

namespace nutgraf {

/// What the index keeps of an article.
struct ArticleRecord {
  std::string id;
  bool id_from_path = false;
  std::string root;
  std::string path;
  std::size_t record = 0;
  std::string title;
  bool title_derived = false;
  std::string source;
  std::string author;
  std::string url;
  std::string language;  ///< declared or detected; "und" where neither
  std::vector<std::string> tags;
  std::vector<std::string> companies;  ///< ids of those it speaks of, most mentioned first
  Date date;
  DateSource date_source = DateSource::none;
  BytesOf bytes_of = BytesOf::text;
  std::uint64_t content_hash = 0;  ///< of all that was indexed: equal means unchanged
  std::uint32_t passages = 0;
  std::uint32_t batch = 0;             ///< number of the batch that brought it
  std::uint64_t sequence = 0;          ///< its place in the order of arrival; a new version has a new one
  std::uint64_t first_sequence = 0;    ///< of its first version
  std::uint64_t changed_sequence = 0;  ///< of the version that brought its title and text as they are
};

/// What the index keeps of a passage.
struct PassageRecord {
  std::string id;  ///< "<article id>#<ordinal>"
  unsigned ordinal = 1;
  std::string heading;
  ByteRange bytes;  ///< in what the article's bytes_of names
  LineRange lines;
  std::string text;
};

/// A shard of a cluster that did not answer.
struct MissingShard {
  std::size_t shard = 0;  ///< from 1
  std::string server;     ///< host:port
  std::string reason;
};

struct IndexInfo {
  std::size_t articles = 0;
  std::size_t passages = 0;
  std::size_t terms = 0;     ///< distinct index terms of the text
  std::uint64_t tokens = 0;  ///< words, numbers and CJK characters in all passages
  std::uint64_t text_bytes = 0;
  std::uint64_t bytes = 0;  ///< on disk
  std::size_t batches = 0;
  std::uint64_t sequence = 0;    ///< grows by one with every article added or updated
  std::uint64_t generation = 0;  ///< of several shards: the largest
  std::size_t shards = 1;
  std::map<std::string, std::size_t> languages;  ///< code -> passages
  Date first;
  Date last;
  std::uint64_t companies_version = 0;  ///< of the table that all articles were tagged with; 0: of none, or of several
};

// ---- writing ----

enum class DocumentStatus : std::uint8_t { added, updated, unchanged, duplicate, rejected, removed };
/// "added", "updated", ... as printed in reports.
[[nodiscard]] constexpr std::string_view name_of(DocumentStatus status) {
  constexpr std::string_view kNames[]{"added", "updated", "unchanged", "duplicate", "rejected", "removed"};
  return kNames[static_cast<std::size_t>(status)];
}

struct DocumentReport {
  std::string path;
  std::string id;
  DocumentStatus status = DocumentStatus::added;
  std::size_t passages = 0;
  std::string reason;  ///< why rejected; or what was noticed ("converted from GB18030")
};

struct BatchReport {
  std::size_t added = 0, updated = 0, unchanged = 0, duplicate = 0, rejected = 0, removed = 0;
  std::size_t passages = 0;  ///< written by this batch
  std::uint64_t text_bytes = 0;
  bool rebuilt = false;  ///< the large path was taken: a new generation
  std::string warning;   ///< all is well, but not as it should be; empty as a rule
};

/// How the large path writes its segments: in bulk, or document by document. Searches find the same in both.
enum class SegmentBuilder : std::uint8_t {
  automatic,  ///< in bulk; document by document where that fails
  add_document,
  bulk,
};

struct BatchOptions {
  unsigned jobs = 0;                          ///< threads; 0: as many as cores
  std::size_t shards = 0;                     ///< of an index that is made, 1 to 64; 0: as many as it has, or 1
  bool prune = false;                         ///< remove articles of the reader's roots whose files are gone
  bool dry_run = false;                       ///< report only, write nothing
  std::string name;                           ///< of the batch; empty: its number
  std::size_t small_batch_passages = 10'000;  ///< from here on segments are built in parallel and merged
  SegmentBuilder builder = SegmentBuilder::automatic;
  const CompanyMatcher* companies = nullptr;  ///< tags the articles; null: no tags. Must outlive the batch
};

/// Called from one thread at a time.
struct BatchListener {
  std::function<void(const DocumentReport&)> on_document;
  std::function<void(std::size_t articles, std::uint64_t bytes_read, std::uint64_t bytes_total)> on_progress;
};

/// Reads all that `reader` gives into the index at `index`, which is made where there is none. When it returns, the
/// batch is on disk and visible; when it throws, the index is as it was. One writer at a time: Error(locked).
///
/// Of an index with shards each is as it was, or has all of the batch that belongs there: where it throws between two
/// of them, the same batch again completes it (what is there already is unchanged). Error(usage) where `options.shards`
/// is not the number that an index has.
BatchReport index_batch(const std::filesystem::path& index, ArticleReader& reader, const BatchOptions& options,
                        const BatchListener& listener = {});

/// Removes articles by id in one transaction; gives the ids that were not there.
std::vector<std::string> remove_articles(const std::filesystem::path& index, const std::vector<std::string>& ids);

struct RetagReport {
  std::size_t articles = 0;
  std::size_t changed = 0;  ///< articles of which a tag changed
};

/// Tags all articles anew, from the stored text, in one transaction.
RetagReport retag_companies(const std::filesystem::path& index, const CompanyMatcher& companies);

// ---- looking ----

/// A company in the articles of an index.
struct CompanySummary {
  std::string id;
  std::string name;
  std::size_t articles = 0;  ///< that speak of it
  std::size_t passages = 0;
  Date first;  ///< of these articles; unknown where none has a date
  Date last;
};

/// All companies that the index speaks of, by articles, most first. `with`: an id, a name, an alias or a product; then
/// only articles and passages that speak of that company as well count, and it is left out. Error(usage) where no
/// company is called so.
[[nodiscard]] std::vector<CompanySummary> company_summaries(const std::filesystem::path& index,
                                                            const std::string& with = {});

[[nodiscard]] IndexInfo index_info(const std::filesystem::path& index);

struct StoredArticle {
  ArticleRecord article;
  std::vector<PassageRecord> passages;
};

/// An article with all its passages, or with one where `id` is a passage id ("<article>#3"); nothing where there is
/// none.
[[nodiscard]] std::optional<StoredArticle> find_article(const std::filesystem::path& index, std::string_view id);

/// Ids that begin like `id` or lie close to it, for "did you mean"; at most `limit`.
[[nodiscard]] std::vector<std::string> similar_ids(const std::filesystem::path& index, std::string_view id,
                                                   std::size_t limit);

/// What is wrong with the index; empty: sound. Reads everything.
[[nodiscard]] std::vector<std::string> check_index(const std::filesystem::path& index);

}  // namespace nutgraf
