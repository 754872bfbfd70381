// An index as a reader sees it: its shards at one moment, as one. Private to index and search; the only header of ours,
// with the index's own, that shows a Xapian type.
#pragma once

#include <xapian.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "index/live_shard.h"
#include "index/posting_list.h"
#include "index/xapian_error.h"

namespace nutgraf {

/// Whether a view may be of those shards of a cluster only whose servers answer.
enum class MissingShards : std::uint8_t { refused, left_out };

/// Of which moment a request is to be. Who writes to an index, or has many small questions, needs no look at the disk
/// before each.
enum class View : std::uint8_t { fresh, at_hand };

/// Docids are those of Xapian over all shards (signatures.h) that are there.
class LiveIndex {
 public:
  /// `index`: its folder, or the file of a cluster. Error(index) where there is no index, or one that cannot be read.
  explicit LiveIndex(std::filesystem::path index, MissingShards missing = MissingShards::refused);

  /// Runs `request` on a fresh view and gives what it gives. A writer that commits or publishes meanwhile can pull
  /// blocks away from under it: then the view is renewed and the whole request is done again. The one place where
  /// that is handled.
  template <typename Request>
  auto read(Request&& request, View view = View::fresh) {
    return translating([&] {
      for (int attempt = 1;; ++attempt) {
        try {
          if (view == View::fresh || attempt > 1) refresh();
          return request(*this);
        } catch (...) {
          if (attempt == kAttempts || !(overtaken() || disconnected())) throw;
        }
      }
    });
  }

  [[nodiscard]] Xapian::Database& database() noexcept { return database_; }
  [[nodiscard]] const Signatures& signatures() const noexcept { return signatures_; }
  [[nodiscard]] const Manifest& manifest() const noexcept { return manifest_; }
  /// Of the companies that the index was tagged with; empty where it was not.
  [[nodiscard]] const CompanyNames& company_names();
  /// The id of the company with this id, name, alias or product; Error(usage), with a near name, where there is none.
  [[nodiscard]] std::string company_called(const std::string& name, const Analyzer& analyzer);
  [[nodiscard]] const std::filesystem::path& path() const noexcept { return index_; }
  /// At least one. What is asked of each by itself: a shard's docids are its own.
  [[nodiscard]] std::span<const LiveShard> shards() const noexcept { return shards_; }
  /// Whether the databases are those of servers.
  [[nodiscard]] bool is_remote() const noexcept { return shards_.front().is_remote(); }
  /// Shards of which nothing is in the view.
  [[nodiscard]] const std::vector<MissingShard>& missing_shards() const noexcept { return missing_; }
  /// Error(index) where there are any.
  void require_all_shards() const;
  /// Docid of what has the docid `docid` in a shard (from 0).
  [[nodiscard]] Xapian::docid docid_of(std::size_t shard, Xapian::docid docid) const {
    return static_cast<Xapian::docid>((docid - 1) * shards_.size() + shard + 1);
  }
  /// Whether all shards have every article; not so after a batch that was cut off between two of them.
  [[nodiscard]] bool is_even() const;
  /// Error(usage) where this is one shard of an index: what is written there alone does not fit the others.
  void require_writable() const;
  /// Tells the states of an index apart: after a batch, in a new generation, with other shards.
  [[nodiscard]] std::uint64_t state() const;

  // What follows may throw Xapian::Error: call it inside read().

  /// In how many passages a term (with prefix) is.
  [[nodiscard]] Xapian::doccount frequency(const std::string& term);
  /// All terms that begin so, ascending.
  struct Term {
    std::string term;
    Xapian::doccount frequency = 0;
  };
  [[nodiscard]] std::vector<Term> terms_from(const std::string& start);
  /// Of a term (with prefix), over all shards; and in one of them, by its docids.
  [[nodiscard]] PostingList postings(const std::string& term);
  [[nodiscard]] PostingList postings(const std::string& term, std::size_t shard);
  /// The best postings of a frequent body term (with prefix), which Champions says how to read: docids are those of
  /// this view. Nothing where none are listed, which is so of rare terms and other prefixes, of an index of several
  /// shards or on servers, and where the file cannot be used: the postings tell the same then.
  [[nodiscard]] std::optional<Champions> champions(std::string_view term) const;
  /// The passages up to `complete_to` in whose text the first of two frequent words stands before the second, and which
  /// have the terms of both; nothing where they are not listed, as with champions.
  struct WordPair {
    PairPostings postings;
    Xapian::docid complete_to = 0;
  };
  [[nodiscard]] std::optional<WordPair> word_pair(const PairedWord& first, const PairedWord& second) const;
  /// Of the companies that the index was tagged with; empty where it was not.
  [[nodiscard]] CompanyTable company_table() const;
  /// Docid of the first passage of an article; 0 where there is none.
  [[nodiscard]] Xapian::docid first_passage(std::string_view article_id) const;
  [[nodiscard]] StoredPassage passage(Xapian::docid docid) const;
  /// The record of the article that starts at `first`.
  [[nodiscard]] ArticleRecord article(Xapian::docid first) const;
  /// The same where that passage was read.
  [[nodiscard]] ArticleRecord article(Xapian::docid first, const StoredPassage& passage) const;
  /// Docids of the first passages of all articles, ascending.
  [[nodiscard]] std::vector<Xapian::docid> articles() const;
  /// The same of those that are new, or have another title or text, since `sequence`.
  [[nodiscard]] std::vector<Xapian::docid> changed_after(std::uint64_t sequence) const;

 private:
  /// A request that so many writers in a row overtake gives up.
  static constexpr int kAttempts = 20;

  /// In a cluster, servers that failed are tried again after so long.
  static constexpr std::chrono::seconds kRetry{10};

  /// Over all shards, then of each.
  using FetchedLists = std::vector<FetchedPostings>;

  void refresh();
  /// Connections are made side by side: several slow servers cost as long as one.
  bool refresh_connections();
  void retry_missing();
  void unite_shards();
  const FetchedLists& fetched(const std::string& term);
  /// Inside a catch block: whether the exception came from a connection; then all are made anew.
  [[nodiscard]] bool disconnected();
  [[nodiscard]] std::size_t number_of_shards() const { return shards_.size() + absent_.size(); }
  /// Inside a catch block: whether the exception came from a view that is no longer the latest. Of a generation that is
  /// swept while it is being read anything may be missing, so any exception counts then.
  [[nodiscard]] bool overtaken() const;
  [[nodiscard]] const LiveShard& shard_at(Xapian::docid docid) const {
    return shards_[shards_.size() == 1 ? 0 : (docid - 1) % shards_.size()];
  }
  [[nodiscard]] Xapian::docid docid_in_shard(Xapian::docid docid) const {
    return static_cast<Xapian::docid>((docid - 1) / shards_.size() + 1);
  }
  /// Ascending: what `docids_in` gives of each shard.
  template <typename DocidsIn>
  [[nodiscard]] std::vector<Xapian::docid> gather(DocidsIn&& docids_in) const;
  /// Where the metadata of companies are the last batch's.
  [[nodiscard]] const Xapian::Database& latest() const;

  std::filesystem::path index_;
  MissingShards missing_may_be_;
  std::vector<LiveShard> shards_;  // that are there, by place
  std::vector<LiveShard> absent_;
  std::vector<MissingShard> missing_;  // what is to say of these
  std::chrono::steady_clock::time_point missed_;
  Xapian::Database database_;  // of all shards, as are the next ones
  Signatures signatures_;
  Manifest manifest_;
  std::optional<CompanyNames> company_names_;  // read when first asked for
  // Of a cluster, where every question costs a way there and back:
  std::map<std::string, FetchedLists> fetched_;          // for the request at hand
  std::map<std::string, Xapian::doccount> frequencies_;  // in this view
};

}  // namespace nutgraf
