// The live generation as a reader sees it: database, side files and manifest of one moment. Private to index and
// search; the only header of ours, with the index's own, that shows a Xapian type.
#pragma once

#include <xapian.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

#include "index/codec.h"
#include "index/manifest.h"
#include "index/record_store.h"
#include "index/signatures.h"
#include "index/statistics.h"
#include "index/xapian_error.h"
#include "nutgraf/index.h"

namespace nutgraf {

class LiveIndex {
 public:
  /// Error(index) where there is no index, or one that cannot be read.
  explicit LiveIndex(std::filesystem::path index);

  /// Runs `request` on a fresh view and gives what it gives. A writer that commits or publishes meanwhile can pull
  /// blocks away from under it: then the view is renewed and the whole request is done again. The one place where
  /// that is handled.
  template <typename Request>
  auto read(Request&& request) {
    return translating([&] {
      for (int attempt = 1;; ++attempt) {
        try {
          refresh();
          return request(*this);
        } catch (...) {
          if (attempt == kAttempts || !overtaken()) throw;
        }
      }
    });
  }

  [[nodiscard]] Xapian::Database& database() noexcept { return database_; }
  [[nodiscard]] const Signatures& signatures() const noexcept { return signatures_; }
  /// Of this state of the index; may be unknown.
  [[nodiscard]] const StatisticsFile& statistics() const noexcept { return statistics_; }
  [[nodiscard]] const Manifest& manifest() const noexcept { return manifest_; }
  /// Of the record store; empty where no large batch has come yet.
  [[nodiscard]] const std::string& dictionary() const noexcept { return dictionary_; }
  /// Of the companies that the index was tagged with; empty where it was not.
  [[nodiscard]] const CompanyNames& company_names();
  /// The id of the company with this id, name, alias or product; Error(usage), with a near name, where there is none.
  [[nodiscard]] std::string company_called(const std::string& name, const Analyzer& analyzer);
  [[nodiscard]] std::uint64_t generation() const noexcept { return generation_; }
  [[nodiscard]] const std::filesystem::path& path() const noexcept { return index_; }

  // What follows may throw Xapian::Error: call it inside read().

  /// Of the companies that the index was tagged with; empty where it was not.
  [[nodiscard]] CompanyTable company_table() const;
  /// Docid of the first passage of an article; 0 where there is none.
  [[nodiscard]] Xapian::docid first_passage(std::string_view article_id) const;
  [[nodiscard]] StoredPassage passage(Xapian::docid docid) const;
  /// The record of the article that starts at `first`.
  [[nodiscard]] ArticleRecord article(Xapian::docid first) const;
  /// Docids of the first passages of all articles, ascending: that is the order in which the articles arrived.
  [[nodiscard]] std::vector<Xapian::docid> articles() const;

 private:
  /// A request that so many writers in a row overtake gives up.
  static constexpr int kAttempts = 20;

  void refresh();
  void open(std::uint64_t generation);
  /// Inside a catch block: whether the exception came from a view that is no longer the latest. Of a generation that is
  /// swept while it is being read anything may be missing, so any exception counts then.
  [[nodiscard]] bool overtaken() const;

  std::filesystem::path index_;
  std::uint64_t generation_ = 0;          // open; 0: none
  std::optional<std::uint64_t> opening_;  // opened last, or tried
  Xapian::Database database_;
  Signatures signatures_;
  StatisticsFile statistics_;
  Manifest manifest_;
  std::string dictionary_;
  RecordStore store_;
  std::optional<CompanyNames> company_names_;  // read when first asked for
};

}  // namespace nutgraf
