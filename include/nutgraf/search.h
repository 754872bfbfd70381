// Search: a request in, ranked passages out, as plain values that presenters print.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "nutgraf/article.h"
#include "nutgraf/index.h"
#include "nutgraf/query.h"
#include "nutgraf/snippet.h"

namespace nutgraf {

enum class ResultUnit : std::uint8_t { passage, article };

enum class SortOrder : std::uint8_t {
  relevance,  ///< by score, then newer date, then id
  date,       ///< newest first among all matches, then by score, then id; undated ones last
};

/// How relevance is scored: how much work a better order is worth.
enum class RankMode : std::uint8_t {
  fast,        ///< few candidates; each by itself and its whole article
  standard,    ///< the default: more candidates, and what similar articles give
  thorough,    ///< many candidates, and words that stand together as in the query
  exhaustive,  ///< a yardstick: as standard, with every match a candidate
  bm25,        ///< a yardstick: Xapian's BM25 of the passage (k1 1.2, b 0.75) and nothing else; without explanations
};

/// "company", "source", "lang", "day", "week", "month", "year": what matches can be counted by.
[[nodiscard]] std::span<const std::string_view> facet_names();

struct SearchRequest {
  std::string query;
  QuerySyntax syntax = QuerySyntax::operators;
  std::size_t limit = 10;
  std::size_t offset = 0;
  ResultUnit by = ResultUnit::passage;
  Date since;               ///< included; unknown: open
  Date until;               ///< included; unknown: open
  Date today;               ///< what "7d" in a date filter counts from, and ages
  std::string source;       ///< "" for any; compared folded (case, accents, width)
  std::string company;      ///< "" for any; an id, a name, an alias or a product
  std::string language;     ///< "" for any; ISO 639-1
  std::uint64_t after = 0;  ///< only articles whose title or text changed later (ArticleRecord::changed_sequence)
  bool expand = true;       ///< the name of a company stands for all its names, except where `rank` is bm25
  bool fold_duplicates = true;
  std::size_t fragments = 1;  ///< of a snippet; 0: none is made
  SortOrder sort = SortOrder::relevance;
  RankMode rank = RankMode::standard;  ///< of SortOrder::relevance
  /// Days in which an article comes to count half; 0: age does not count. Of the 2,000 most relevant matches; one
  /// without a date counts as old as the oldest of them. Of SortOrder::relevance.
  unsigned half_life = 0;
  std::vector<std::string> facets;  ///< of facet_names(); Error(usage) for another
  bool explain = false;             ///< fill Hit::explanation
  bool timing = false;              ///< fill SearchResponse::milliseconds; answers are then no longer equal
  bool strict = false;              ///< Error(index) where a shard is missing, instead of a partial answer
};

/// What a word gave to a score: weight * idf * tf * (k1 + 1) / (tf + saturation).
struct ScorePart {
  double idf = 0;
  double tf = 0;
  double saturation = 0;  ///< k1 * (1 - b + b * length / average length)
  double score = 0;
};

struct WordScore {
  std::string word;
  bool exact = false;  ///< only where it is written exactly so
  double weight = 1;
  ScorePart passage;
  ScorePart article;
};

/// Every number that made a score: total = (passage + article_share * article + neighbours) * recency - behind;
/// passage and article are the sums of their words' parts.
struct Explanation {
  std::string of;  ///< the passage that was scored: of folded copies, the one that scored best
  std::vector<WordScore> words;
  double passage = 0;
  double article = 0;
  double article_share = 0;
  double neighbours = 0;  ///< what good articles that say the same gave
  double recency = 1;     ///< what age leaves of it; 1 where it does not count
  double behind = 0;      ///< taken off where only a deeper search found it: it ranks behind what was found before
  double total = 0;
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
  std::optional<Explanation> explanation = {};
};

struct FacetValue {
  std::string value;  ///< "Delta Wire", "zh", "2025-02-27", "2025-W09", "2025-02", "2025"
  std::size_t count = 0;
};

/// Counts of all matches, copies included: passages, or articles under ResultUnit::article. Undated ones have no day.
struct Facet {
  std::string name;
  std::vector<FacetValue> values;  ///< most frequent first; days, weeks, months and years in their order
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
  std::optional<std::string> corrected;  ///< nothing matched what was typed: the hits are those of this query
  Totals total;
  std::size_t offset = 0;
  std::size_t limit = 0;
  ResultUnit by = ResultUnit::passage;
  std::vector<Hit> hits;
  std::vector<Facet> facets;                      ///< as asked for
  std::optional<double> milliseconds;             ///< that it took; as asked for
  std::vector<MissingShard> missing_shards = {};  ///< where there are any, the answer is what the others have
  std::uint64_t sequence = 0;                     ///< of the latest article that had arrived when it was searched
};

/// A query word as it is read.
struct AnalysedToken {
  std::string surface;
  std::vector<std::string> terms;  ///< in the languages of the index
  std::string role;                ///< "piece", "whole", "gram", "part"
  ByteRange bytes;                 ///< in the query
};

/// Words of a query that name a company: one concept with all its names.
struct AnalysedCompany {
  std::string id;
  ByteRange bytes;  ///< in the query
};

/// What becomes of a query before anything is searched.
struct QueryAnalysis {
  std::string query;
  std::string parsed;
  std::vector<AnalysedToken> tokens;
  std::vector<AnalysedCompany> companies;
  QueryNode tree;
  std::string compiled;  ///< the query of the database; for reading, not for programs
  std::vector<Diagnostic> warnings;
};

struct Timeline;  // nutgraf/timeline.h
struct TimelineRequest;

/// Searches one index. Not thread-safe: one per thread. Sees the state of the index at each call.
class Searcher {
 public:
  /// Throws Error(index) where the index is missing, damaged or of another version.
  explicit Searcher(const std::filesystem::path& index);
  ~Searcher();
  Searcher(Searcher&&) noexcept;
  Searcher& operator=(Searcher&&) noexcept;

  /// Where shards of a cluster do not answer in time, what the others have (see SearchRequest::strict). Other questions
  /// are answered whole or not at all.
  [[nodiscard]] SearchResponse search(const SearchRequest& request);

  /// The articles most like an article or a passage, by the words that tell its text from others; itself and its copies
  /// are left out. Of `request` counts all but the query. Nothing where there is no such id.
  [[nodiscard]] std::optional<SearchResponse> similar(std::string_view id, const SearchRequest& request);

  /// Error(usage) where no company is called so, or where there are more than kMaxBuckets.
  [[nodiscard]] Timeline timeline(const TimelineRequest& request);

  /// Of the table that all of the index was tagged with; 0: of none, or of several.
  [[nodiscard]] std::uint64_t companies_version();

  [[nodiscard]] QueryAnalysis analyze(const SearchRequest& request);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// One of many searches, by the name that its topic has in runs and judgments.
struct SearchTask {
  std::string qid;
  SearchRequest request;
};

/// Gives the next task; nothing after the last. Called by one thread at a time.
using NextTask = std::function<std::optional<SearchTask>()>;
/// What is left to do with an answer; not empty. Called by the thread that called search_all(), in the order of tasks.
using Delivery = std::function<void()>;
/// Called by several threads at once, as answers come.
using OnAnswer = std::function<Delivery(const SearchTask& task, SearchResponse response)>;

/// Searches on `jobs` threads (0: as many as cores), each with a Searcher of its own; what is delivered is the same for
/// any number. Few answers wait at a time, and each task is read only when there is room for its answer. The first
/// exception in the order of tasks, of a search or of what is called, is thrown on after all before it was delivered;
/// no thread is left then, and no task is read any more. Error(index) before anything is called where there is no
/// index.
void search_all(const std::filesystem::path& index, unsigned jobs, const NextTask& next, const OnAnswer& answered);

}  // namespace nutgraf
