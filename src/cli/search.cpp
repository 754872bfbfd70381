// nutgraf search: ranked passages for a query, as text or data.
#include "nutgraf/search.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <ostream>

#include "cli/command.h"
#include "cli/options.h"
#include "nutgraf/error.h"

namespace nutgraf::cli {
namespace {

struct SearchCommand {
  IndexOption index;
  ColorOption color;
  std::vector<std::string> words;
  SearchRequest request;
  std::string format = "text";
  PageOptions page{"passage"};
  std::string duplicates;
  std::string since;
  std::string until;
  std::string sort = "relevance";
  bool analyze = false;
  bool json = false;
  bool timing = false;
};

// ISO 639: two letters or three ("und": undetermined).
bool is_language_code(const std::string& code) {
  const auto letter = [](char c) { return c >= 'a' && c <= 'z'; };
  return (code.size() == 2 || code.size() == 3) && std::all_of(code.begin(), code.end(), letter);
}

SearchRequest request_of(const SearchCommand& command, const std::string& format) {
  SearchRequest request = command.request;
  for (const auto& word : command.words) request.query += (request.query.empty() ? "" : " ") + word;
  request.today = today();
  request.sort = command.sort == "date" ? SortOrder::date : SortOrder::relevance;
  command.page.apply(request);
  request.fold_duplicates = command.duplicates.empty() ? format != "trec" : command.duplicates == "fold";
  if (!command.since.empty()) request.since = parse_day_option("--since", command.since, false);
  if (!command.until.empty()) request.until = parse_day_option("--until", command.until, true);
  if (request.since.known() && request.until.known() && request.until < request.since)
    throw Error(ErrorCode::usage, "--since " + command.since + " is after --until " + command.until);
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

int run_search(const SearchCommand& command, const Console& console) {
  const auto start = std::chrono::steady_clock::now();
  const std::string format = command.json ? "json" : command.format;
  const SearchRequest request = request_of(command, format);  // wrong options are said before the index is opened
  Searcher searcher(command.index.path());
  if (command.analyze) return print_analysis(searcher.analyze(request), format, console);
  SearchResponse response = searcher.search(request);
  if (command.timing) {
    response.milliseconds = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
  }
  for (const auto& warning : response.warnings) print_diagnostic(console, warning);
  print(response, format, text_style(console, command.color.choice()), console.out);
  return response.hits.empty() ? kNoHits : kDone;
}

}  // namespace

Runner define_search(CLI::App& app) {
  auto command = std::make_shared<SearchCommand>();
  auto& request = command->request;
  app.add_option("QUERY", command->words, "Words (alternatives, the more the better) and \"exact phrases\"")
      ->required();
  command->index.define(app);
  command->page.define(app);
  app.add_option("--format", command->format, "How hits are printed")
      ->check(CLI::IsMember({"text", "json", "jsonl", "csv", "trec"}))
      ->capture_default_str()
      ->type_name("NAME");
  app.add_flag("--json", command->json, "Same as --format json");
  app.add_option("--since", command->since, "First day: 2025-02-27, 2025-02, 2025, or 30d for the last 30 days")
      ->check(not_empty())
      ->type_name("DATE");
  app.add_option("--until", command->until, "Last day")->check(not_empty())->type_name("DATE");
  app.add_option("--source", request.source, "Only from sources whose name holds these words")
      ->check(not_empty())
      ->type_name("NAME");
  app.add_option("--lang", request.language, "Only in this language: en, zh, ...")
      ->check([](const std::string& code) {
        return is_language_code(code) ? std::string() : code + " is no language code (en, zh, de, ...)";
      })
      ->type_name("CODE");
  app.add_option("--fragments", request.fragments, "Fragments a snippet may have")
      ->capture_default_str()
      ->check(CLI::Range(1, 10))
      ->type_name("N");
  app.add_option("--dups", command->duplicates,
                 "Passages that say the same: under the earliest, or each as a hit (trec: show, else fold)")
      ->check(CLI::IsMember({"fold", "show"}))
      ->type_name("HOW");
  app.add_option("--sort", command->sort, "Best first, or newest first among all that matches")
      ->check(CLI::IsMember({"relevance", "date"}))
      ->capture_default_str()
      ->type_name("ORDER");
  app.add_option("--facets", request.facets,
                 "Count all that matches by source, lang, day, week, month, year (comma between)")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->type_name("NAME,...");
  app.add_flag("--explain", request.explain, "Show every number that made a score (text and JSON)");
  app.add_flag("--analyze", command->analyze, "Show how the query is read, and search nothing (text and JSON)");
  app.add_flag("--timing", command->timing, "Add the time taken (makes the output differ from run to run)");
  command->color.define(app);
  return [command](const Console& console) { return run_search(*command, console); };
}

}  // namespace nutgraf::cli
