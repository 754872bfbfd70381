// nutgraf search: ranked passages for a query, or for each of a file of queries, as text or data.
#include "nutgraf/search.h"

#include <algorithm>
#include <atomic>
#include <memory>
#include <ostream>
#include <set>
#include <utility>

#include "cli/command.h"
#include "cli/companies_file.h"
#include "cli/options.h"
#include "cli/query_file.h"
#include "nutgraf/error.h"

namespace nutgraf::cli {
namespace {

struct SearchCommand {
  IndexOption index;
  ColorOption color;
  CompaniesOption companies;
  std::vector<std::string> words;
  std::string queries;  // the file of them
  unsigned jobs = 0;
  SearchRequest request;
  std::string format;
  PageOptions page{"passage"};
  std::string duplicates;
  ConditionOptions conditions;
  std::string sort;
  RankOption rank;
  std::string recency;
  bool plain = false;
  bool analyze = false;
  bool json = false;

  [[nodiscard]] bool runs_many() const { return !queries.empty(); }
  [[nodiscard]] bool has_query() const { return runs_many() || !words.empty(); }
};

// Many answers stand on a line each, whichever JSON was asked for.
std::string format_of(const SearchCommand& command) {
  const std::string format = command.json ? "json" : command.format;
  if (command.runs_many()) return format.empty() || format == "json" ? "jsonl" : format;
  return format.empty() ? "text" : format;
}

// What the command line itself cannot say of its options.
void check_combination(const SearchCommand& command) {
  if (!command.has_query() && command.request.company.empty() && !command.conditions.any()) {
    throw Error(ErrorCode::usage, "QUERY is missing", "Usage: nutgraf search [OPTION]... QUERY..., or --queries FILE");
  }
  if (command.runs_many() && !command.words.empty()) {
    throw Error(ErrorCode::usage, "a query and --queries " + command.queries,
                "Give the query, or the file of queries.");
  }
  if (command.runs_many() && command.analyze) {
    throw Error(ErrorCode::usage, "--analyze takes one query, not --queries", "Give the query that is odd.");
  }
}

// Where there is no query, one of the options is it: what is most about the company, or else the newest of what it
// keeps.
void ask_by_option(SearchRequest& request) {
  request.syntax = QuerySyntax::operators;
  if (!request.company.empty()) {
    request.query = "company:\"" + std::exchange(request.company, {}) + "\"";
    return;
  }
  request.sort = SortOrder::date;
  if (!request.source.empty()) {
    request.query = "source:\"" + std::exchange(request.source, {}) + "\"";
  } else if (!request.language.empty()) {
    request.query = "lang:" + std::exchange(request.language, {});
  } else {
    request.query = "date:" + std::exchange(request.since, {}).iso() + ".." + std::exchange(request.until, {}).iso();
  }
}

SearchRequest request_of(const SearchCommand& command, const std::string& format) {
  SearchRequest request = command.request;
  for (const auto& word : command.words) request.query += (request.query.empty() ? "" : " ") + word;
  if (command.plain) request.syntax = QuerySyntax::words;
  command.conditions.apply(request);
  if (!command.has_query()) ask_by_option(request);
  if (!command.sort.empty()) request.sort = command.sort == "date" ? SortOrder::date : SortOrder::relevance;
  request.rank = command.rank.mode();
  command.page.apply(request);
  request.fold_duplicates = command.duplicates.empty() ? format != "trec" : command.duplicates == "fold";
  if (!command.recency.empty()) request.half_life = parse_half_life(command.recency);
  return request;
}

void print(const SearchResponse& response, const std::string& format, const TextStyle& style, std::ostream& out) {
  if (format == "json") {
    out << to_json(response) << '\n';
  } else if (format == "jsonl") {
    out << to_jsonl(response);
  } else if (format == "csv") {
    out << to_csv(response);
  } else if (format == "trec") {
    out << to_trec(response, "1");
  } else {
    out << to_text(response, style);
  }
}

int print_analysis(const QueryAnalysis& analysis, const std::string& format, const Console& console) {
  for (const auto& warning : analysis.warnings) print_diagnostic(console, warning);
  console.out << (format == "json" ? to_json(analysis) + "\n" : to_text(analysis));
  return kDone;
}

// One answer of many.
std::string printed(const SearchResponse& response, const std::string& format, const TextStyle& style,
                    const std::string& qid) {
  if (format == "csv") return to_csv_run(response, qid);
  if (format == "trec") return to_trec(response, qid);
  if (format == "text") return to_text(response, style, qid);
  return to_json(response, 0, qid) + "\n";
}

// What the answers are written by, one after the other. Everyone who waits for an answer gets it at once.
class RunPrinter {
 public:
  RunPrinter(const Console& console, std::string header) : console_(console), header_(std::move(header)) {}

  void print(const std::string& qid, const std::vector<Diagnostic>& warnings, const std::vector<MissingShard>& missing,
             const std::string& answer, bool has_hits) {
    warn_of_missing_shards(console_, missing, qid);
    if (!qids_.insert(qid).second) print_warning(console_, "another query has the qid " + qid + ", too");
    for (const auto& warning : warnings) print_diagnostic(console_, warning, qid);
    console_.out << std::exchange(header_, {}) << answer << std::flush;
    any_hits_ |= has_hits;
    if (!console_.out) closed_ = true;
  }

  /// Nobody reads any more, or the disk is full: asked by the threads that search.
  [[nodiscard]] bool closed() const { return closed_; }
  [[nodiscard]] bool any_hits() const { return any_hits_; }
  [[nodiscard]] bool any_queries() const { return !qids_.empty(); }

 private:
  const Console& console_;
  std::string header_;
  std::set<std::string> qids_;
  bool any_hits_ = false;
  std::atomic<bool> closed_ = false;
};

// Whose articles were tagged with another table than the one in force.
void warn_of_other_companies(const SearchCommand& command, Searcher& searcher, const Console& console) {
  const auto version = command.companies.version();
  if (version && *version != searcher.companies_version()) {
    print_warning(console,
                  "the index was tagged with another table of companies (nutgraf companies --retag tags it anew)");
  }
}

int run_many(const SearchCommand& command, const Console& console) {
  const std::string format = format_of(command);
  const SearchRequest pattern = request_of(command, format);
  const TextStyle style = text_style(console, command.color.choice());
  QueryFile queries(command.queries);
  RunPrinter printer(console, format == "csv" ? csv_run_header() : "");
  const auto next = [&]() -> std::optional<SearchTask> {
    auto query = printer.closed() ? std::nullopt : queries.next();
    if (!query) return std::nullopt;
    SearchTask task{std::move(query->qid), pattern};
    task.request.query = std::move(query->text);
    return task;
  };
  search_all(
      command.index.path(), command.jobs, next, [&](const SearchTask& task, SearchResponse response) -> Delivery {
        return
            [&printer, qid = task.qid, answer = printed(response, format, style, task.qid),
             has_hits = !response.hits.empty(), warnings = std::move(response.warnings),
             missing = std::move(response.missing_shards)] { printer.print(qid, warnings, missing, answer, has_hits); };
      });
  if (!printer.any_queries()) print_warning(console, "no query in " + command.queries);
  return printer.any_hits() ? kDone : kNoHits;
}

int run_search(const SearchCommand& command, const Console& console) {
  check_combination(command);
  if (command.runs_many()) return run_many(command, console);
  const std::string format = format_of(command);
  const SearchRequest request = request_of(command, format);  // wrong options are said before the index is opened
  Searcher searcher(command.index.path());
  warn_of_other_companies(command, searcher, console);
  if (command.analyze) return print_analysis(searcher.analyze(request), format, console);
  const SearchResponse response = searcher.search(request);
  warn_of_missing_shards(console, response.missing_shards);
  for (const auto& warning : response.warnings) print_diagnostic(console, warning);
  print(response, format, text_style(console, command.color.choice()), console.out);
  return response.hits.empty() ? kNoHits : kDone;
}

}  // namespace

Runner define_search(CLI::App& app) {
  auto command = std::make_shared<SearchCommand>();
  auto& request = command->request;
  app.add_option("QUERY", command->words,
                 "Words (alternatives, the more the better) and \"exact phrases\"; without any, --company lists "
                 "what is most about it, and --since, --until, --source and --lang what is newest");
  app.add_option(
         "--queries", command->queries,
         "Search for each line of FILE (- for stdin): qid<TAB>query, or a query, whose qid is its line's number")
      ->type_name("FILE");
  app.add_option("--jobs,-j", command->jobs, "How many threads search for --queries (default: one a core)")
      ->check(CLI::Range(1, 256))
      ->type_name("N");
  command->index.define(app);
  command->page.define(app);
  app.add_flag("--plain", command->plain, "The query is plain text: no operators, quotes or fields in it");
  app.add_option(
         "--format", command->format,
         "How hits are printed (default: text; jsonl with --queries, which then is an answer a line, as is json)")
      ->check(CLI::IsMember({"text", "json", "jsonl", "csv", "trec"}))
      ->type_name("NAME");
  app.add_flag("--json", command->json, "Same as --format json");
  command->conditions.define(app);
  app.add_option("--company", request.company, "Only passages that speak of this company: an id or any of its names")
      ->check(not_empty())
      ->type_name("NAME");
  command->companies.define(app);
  app.add_flag("!--no-expand", request.expand,
               "The name of a company in the query stands for itself, not for all of its names");
  app.add_option("--fragments", request.fragments, "Fragments a snippet may have")
      ->capture_default_str()
      ->check(CLI::Range(1, 10))
      ->type_name("N");
  app.add_option("--dups", command->duplicates,
                 "Passages that say the same: under the earliest, or each as a hit (trec: show, else fold)")
      ->check(CLI::IsMember({"fold", "show"}))
      ->type_name("HOW");
  app.add_option("--sort", command->sort,
                 "Best first, or newest first among all that matches (default: relevance; date without a query)")
      ->check(CLI::IsMember({"relevance", "date"}))
      ->type_name("ORDER");
  command->rank.define(app);
  app.add_option("--recency", command->recency,
                 "Age counts: an article so old (30d, 2w, 6m, 1y) scores half as much as one of today")
      ->check(not_empty())
      ->type_name("HALF-LIFE");
  app.add_option("--facets", request.facets,
                 "Count all that matches by company, source, lang, day, week, month, year (comma between)")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->type_name("NAME,...");
  app.add_flag("--explain", request.explain, "Show every number that made a score (text and JSON)");
  app.add_flag("--analyze", command->analyze, "Show how the query is read, and search nothing (text and JSON)");
  define_strict(app, request);
  app.add_flag("--timing", request.timing, "Add the time taken (makes the output differ from run to run)");
  command->color.define(app);
  return [command](const Console& console) { return run_search(*command, console); };
}

}  // namespace nutgraf::cli
