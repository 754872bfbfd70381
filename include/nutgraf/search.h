// Search: a request in, ranked passages out, as plain values that presenters print.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "nutgraf/article.h"
#include "nutgraf/index.h"
#include "nutgraf/query.h"
#include "nutgraf/snippet.h"

namespace nutgraf {

enum class ResultUnit : std::uint8_t { passage, article };

struct SearchRequest {
  std::string query;
  std::size_t limit = 10;
  std::size_t offset = 0;
  ResultUnit by = ResultUnit::passage;
  Date since;  ///< included; unknown: open
  Date until;  ///< included; unknown: open
  Date today;  ///< what "7d" in a date filter counts from
  std::string source;    ///< "" for any; compared folded (case, accents, width)
  std::string language;  ///< "" for any; ISO 639-1
  bool fold_duplicates = true;
  std::size_t fragments = 1;
};

/// A passage that says the same as the hit it is listed under.
struct DuplicateRef {
  std::string article;  ///< article id
  std::string passage;  ///< passage id
  std::string source;
  Date date;
};

struct Hit {
  std::size_t rank = 0;  ///< from 1, counted over all pages
  double score = 0;
  ArticleRecord article;
  PassageRecord passage;
  std::vector<Fragment> snippet;
  std::vector<DuplicateRef> duplicates;
};

struct Totals {
  std::size_t passages = 0;
  std::size_t articles = 0;
  bool exact = true;  ///< false: estimates
};

struct SearchResponse {
  std::string query;   ///< as typed
  std::string parsed;  ///< canonical form
  std::vector<Diagnostic> warnings;
  Totals total;
  std::size_t offset = 0;
  std::size_t limit = 0;
  ResultUnit by = ResultUnit::passage;
  std::vector<Hit> hits;
  std::optional<double> milliseconds;  ///< set by who wants it printed
};

/// Searches one index. Not thread-safe: one per thread. Sees the state of the index at each call.
class Searcher {
 public:
  /// Throws Error(index) where the index is missing, damaged or of another version.
  explicit Searcher(const std::filesystem::path& index);
  ~Searcher();
  Searcher(Searcher&&) noexcept;
  Searcher& operator=(Searcher&&) noexcept;

  [[nodiscard]] SearchResponse search(const SearchRequest& request);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace nutgraf
