// Present: values in, text for people or data for programs out. Pure functions, and the only place that escapes:
// whatever an article holds, no control character of it reaches a terminal and no output format breaks on it.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "nutgraf/eval.h"
#include "nutgraf/index.h"
#include "nutgraf/search.h"
#include "nutgraf/spelling.h"
#include "nutgraf/timeline.h"
#include "nutgraf/watch.h"

namespace nutgraf {

struct TextStyle {
  bool colour = false;     ///< true: ANSI colours; false: what matched stands between *asterisks*
  std::size_t width = 80;  ///< columns; CJK characters take two
  bool blocks = true;      ///< bars are of block characters, to an eighth of a column; false: of "#"
};

// ---- text: ends with a line break; only ids, file names and words wider than a line run over the width ----

/// Hits for a person at a terminal. With no hits, says so. Warnings are not in it: they belong on stderr. `qid` puts
/// it and the query in front, and an empty line behind, for runs of many queries.
[[nodiscard]] std::string to_text(const SearchResponse& response, const TextStyle& style, std::string_view qid = {});
/// Each step that a query goes through.
[[nodiscard]] std::string to_text(const QueryAnalysis& analysis);
/// An article with its passages.
[[nodiscard]] std::string to_text(const StoredArticle& stored, const TextStyle& style);
/// What an index holds.
[[nodiscard]] std::string to_text(const IndexInfo& info, const TextStyle& style);
/// A table: id, articles, passages, first and last day.
[[nodiscard]] std::string to_text(std::span<const CompanySummary> companies);
/// A bar chart of articles, a line a bucket (of four empty ones or more in a row one line that counts them), then the
/// best passage of each peak.
[[nodiscard]] std::string to_text(const Timeline& timeline, const TextStyle& style);

/// A block for a mail: name and query, then the news; empty where there are none.
[[nodiscard]] std::string to_text(const WatchNews& news, const TextStyle& style);
/// A line a watch: name, query, conditions, how far it has read.
[[nodiscard]] std::string to_text(std::span<const Watch> watches);

/// Metrics, one run a line; `per_topic`: and of each topic.
[[nodiscard]] std::string to_text(const EvaluationReport& report, bool per_topic);

/// `text` on one line and safe for a terminal: white space collapsed, control characters and invalid UTF-8 replaced.
/// For messages that quote what users, files and articles say.
[[nodiscard]] std::string printable(std::string_view text);

// ---- JSON: without a line break at the end; `indent` 0 gives one line ----

/// schema "nutgraf.search/1" (src/present/search.schema.json). `qid` adds the key "qid", for runs of many queries.
[[nodiscard]] std::string to_json(const SearchResponse& response, int indent = 2, std::string_view qid = {});
/// schema "nutgraf.analysis/1" (src/present/analysis.schema.json)
[[nodiscard]] std::string to_json(const QueryAnalysis& analysis, int indent = 2);
/// schema "nutgraf.article/1" (src/present/article.schema.json)
[[nodiscard]] std::string to_json(const StoredArticle& stored, int indent = 2);
/// schema "nutgraf.info/1" (src/present/info.schema.json)
[[nodiscard]] std::string to_json(const IndexInfo& info, int indent = 2);
/// schema "nutgraf.companies-report/1" (src/present/companies.schema.json); `with`: what company_summaries() was asked
/// for.
[[nodiscard]] std::string to_json(std::span<const CompanySummary> companies, std::string_view with, int indent = 2);
/// schema "nutgraf.timeline/1" (src/present/timeline.schema.json)
[[nodiscard]] std::string to_json(const Timeline& timeline, int indent = 2);
/// schema "nutgraf.watch/1" (src/present/watch.schema.json)
[[nodiscard]] std::string to_json(std::span<const WatchNews> news, int indent = 2);
/// schema "nutgraf.suggest/1" (src/present/suggest.schema.json)
[[nodiscard]] std::string to_json(std::string_view prefix, std::span<const Completion> words, int indent = 2);
/// schema "nutgraf.eval/1" (src/present/eval.schema.json); `per_topic` adds the key "queries".
[[nodiscard]] std::string to_json(const EvaluationReport& report, bool per_topic, int indent = 2);
/// One line of `index --report` (src/present/report.schema.json).
[[nodiscard]] std::string to_json(const DocumentReport& report);

// ---- pictures ----

/// The bar chart as a picture that needs nothing else; ends with a line break.
[[nodiscard]] std::string to_svg(const Timeline& timeline);

// ---- feeds ----

struct FeedOptions {
  std::string title;       ///< what the news is of
  std::string key;         ///< tells its id from those of other feeds
  std::string now;         ///< time of the run: "2025-02-27T08:00:00Z"
  std::size_t most = 100;  ///< entries; more only where there is more news
};

/// An Atom feed (RFC 4287) of news, an entry an item, followed by the entries of `former`, the feed of an earlier run
/// ("" for none), as far as there is room; news of what is in it already takes the place of the old entry. An entry is
/// "updated" when a run found it, "published" on the day of the article. Error(usage) where `former` is no such feed.
[[nodiscard]] std::string to_atom(std::span<const WatchNews> news, std::string_view former, const FeedOptions& options);

// ---- rows: one hit a line, each line ended; no hits: no rows ----

/// Each line is one element of "hits" of the JSON form.
[[nodiscard]] std::string to_jsonl(const SearchResponse& response);
/// RFC 4180 with a header line. Text cells that a spreadsheet would run as a formula get an apostrophe in front.
[[nodiscard]] std::string to_csv(const SearchResponse& response);
/// The same for runs of many queries: the header once, then the rows of each, the qid in front.
[[nodiscard]] std::string csv_run_header();
[[nodiscard]] std::string to_csv_run(const SearchResponse& response, std::string_view qid);
/// TREC run: "qid Q0 docno rank score nutgraf"; docno is the article's id under ResultUnit::article, else the
/// passage's. White space in ids is percent-encoded.
[[nodiscard]] std::string to_trec(const SearchResponse& response, std::string_view qid);
/// The same of a whole run, by qid.
[[nodiscard]] std::string to_trec(const Run& run);

}  // namespace nutgraf
