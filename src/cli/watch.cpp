// nutgraf watch: saved queries, and what came in for them since the last run.
#include "nutgraf/watch.h"

#include <algorithm>
#include <ctime>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <ostream>

#include "cli/command.h"
#include "cli/options.h"
#include "cli/reference.h"
#include "nutgraf/error.h"
#include "nutgraf/present.h"

namespace nutgraf::cli {
namespace {

/// An option and the actions that take it.
struct ActionOption {
  CLI::Option* option = nullptr;
  std::vector<std::string> actions;
};

struct WatchCommand {
  IndexOption index;
  ColorOption color;
  std::string action;
  std::vector<std::string> words;
  Watch watch;
  std::string by = "article";
  bool plain = false;
  WatchRunOptions run;
  bool dry_run = false;
  bool json = false;
  std::string atom;
  std::vector<ActionOption> options;
};

void check_options(const WatchCommand& command) {
  for (const auto& [option, actions] : command.options) {
    if (option->count() == 0 || std::find(actions.begin(), actions.end(), command.action) != actions.end()) continue;
    throw Error(ErrorCode::usage, option->get_name() + " is no option of watch " + command.action,
                "It goes with watch " + listed(actions, " and ") + ".");
  }
}

// ---- add, list, remove ----

int run_add(const WatchCommand& command, const Console& console) {
  if (command.words.size() < 2)
    throw Error(ErrorCode::usage, "a name and a query are needed", "Usage: nutgraf watch add NAME QUERY...");
  Watch watch = command.watch;
  watch.name = command.words.front();
  for (std::size_t i = 1; i < command.words.size(); ++i) watch.query += (i > 1 ? " " : "") + command.words[i];
  watch.syntax = command.plain ? QuerySyntax::words : QuerySyntax::operators;
  watch.by = command.by == "article" ? ResultUnit::article : ResultUnit::passage;
  SearchRequest request = request_of(watch);
  request.today = today();
  const SearchResponse response = Searcher(command.index.path()).search(request);
  for (const auto& warning : response.warnings) print_diagnostic(console, warning);
  add_watch(command.index.path(), watch);
  console.out << "watching " << watch.name << ": the first run marks where to begin, the next ones show what is new\n";
  return kDone;
}

int run_list(const WatchCommand& command, const Console& console) {
  if (!command.words.empty()) throw Error(ErrorCode::usage, "watch list takes no name", "Write: nutgraf watch list");
  const auto watches = read_watches(command.index.path());
  console.out << (command.json ? to_json(watches) + "\n" : to_text(watches));
  if (watches.empty()) print_warning(console, "there is no watch");
  return watches.empty() ? kNoHits : kDone;
}

int run_remove(const WatchCommand& command, const Console& console) {
  if (command.words.size() != 1)
    throw Error(ErrorCode::usage, "one name is needed", "Usage: nutgraf watch remove NAME");
  remove_watch(command.index.path(), command.words.front());
  console.out << "removed the watch " << command.words.front() << '\n';
  return kDone;
}

// ---- run ----

std::string now_in_utc() {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  ::gmtime_r(&now, &utc);
  std::string text(sizeof "2025-02-27T08:00:00Z", '\0');
  text.resize(std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &utc));
  return text;
}

bool any_hits(const std::vector<WatchNews>& news) {
  return std::any_of(news.begin(), news.end(), [](const WatchNews& one) { return !one.response.hits.empty(); });
}

/// The feed with the news in it; nothing where it stays as it is.
std::optional<std::string> feed_with(const std::vector<WatchNews>& news, const WatchCommand& command) {
  if (command.atom.empty()) return {};
  std::ifstream file(command.atom, std::ios::binary);
  const std::string former(std::istreambuf_iterator<char>(file), {});
  FeedOptions options;
  options.title = command.words.empty() ? "all watches" : listed(command.words, ", ");
  options.key = std::filesystem::absolute(command.index.path()).lexically_normal().string() + "\n" + options.title;
  options.now = now_in_utc();
  std::string feed = to_atom(news, former, options);
  if (feed == former) return {};
  return feed;
}

void print_notes(const std::vector<WatchNews>& news, const Console& console) {
  if (news.empty()) print_warning(console, "there is no watch (nutgraf watch add NAME QUERY adds one)");
  for (const WatchNews& one : news) {
    if (!one.watch.mark)
      console.err << "nutgraf: " << printable(one.watch.name) << ": from now on, what is new will be shown\n";
    if (one.index_went_back())
      print_warning(console,
                    one.watch.name + ": the index is older than the last run; what came in since is not shown");
  }
}

/// Gives whether all of it arrived.
bool print_news(const std::vector<WatchNews>& news, const WatchCommand& command, const Console& console) {
  if (command.json) {
    console.out << to_json(news) << '\n';
  } else {
    for (const WatchNews& one : news) console.out << to_text(one, text_style(console, command.color.choice()));
  }
  console.out.flush();
  return static_cast<bool>(console.out);
}

int look(const WatchCommand& command, const Console& console) {
  const auto news = look_for_news(command.index.path(), command.run);
  print_notes(news, console);
  print_news(news, command, console);
  return any_hits(news) ? kDone : kNoHits;
}

// The marks move last: whatever fails before leaves the news for the next run.
int run_run(const WatchCommand& command, const Console& console) {
  WatchRun run(command.index.path(), command.run);
  const auto feed = feed_with(run.news(), command);
  print_notes(run.news(), console);
  if (!print_news(run.news(), command, console)) {
    print_warning(console, "not all of the news could be written: the next run shows it again");
    return kDone;
  }
  if (feed) publish_file(command.atom, *feed);
  run.move_marks();
  return any_hits(run.news()) ? kDone : kNoHits;
}

int run_watch(const WatchCommand& given, const Console& console) {
  check_options(given);
  if (given.action == "add") return run_add(given, console);
  if (given.action == "list") return run_list(given, console);
  if (given.action == "remove") return run_remove(given, console);
  WatchCommand command = given;
  command.run.names = command.words;
  command.run.today = today();
  return command.dry_run ? look(command, console) : run_run(command, console);
}

}  // namespace

Runner define_watch(CLI::App& app) {
  auto command = std::make_shared<WatchCommand>();
  const auto only_for = [&options = command->options](std::vector<std::string> actions, CLI::Option* option) {
    options.push_back({option, std::move(actions)});
    return option;
  };
  app.add_option("ACTION", command->action,
                 "What to do: add NAME QUERY saves a query; run [NAME]... shows what is new since the last run (exit "
                 "code 1 and no "
                 "output where nothing is; the first run only marks where to begin); list; remove NAME")
      ->check(CLI::IsMember({"add", "run", "list", "remove"}))
      ->required();
  app.add_option("NAME", command->words, "Names of watches; behind the name of a new one its query");
  command->index.define(app);
  only_for({"add"},
           app.add_option("--by", command->by, "What an item is; of an article, its best passage is shown (add)")
               ->check(CLI::IsMember({"passage", "article"}))
               ->capture_default_str()
               ->type_name("UNIT"));
  only_for({"add"}, app.add_option("--company", command->watch.company, "Only what speaks of this company (add)")
                        ->check(not_empty())
                        ->type_name("NAME"));
  only_for({"add"},
           app.add_option("--source", command->watch.source, "Only from sources whose name holds these words (add)")
               ->check(not_empty())
               ->type_name("NAME"));
  only_for({"add"}, app.add_option("--lang", command->watch.language, "Only in this language: en, zh, ... (add)")
                        ->check(language_code())
                        ->type_name("CODE"));
  only_for({"add"}, app.add_flag("--plain", command->plain, "The query is plain text, without operators (add)"));
  only_for({"run"}, app.add_option("--limit,-n", command->run.limit,
                                   "How many items of each watch to show; what is left out is counted (run)")
                        ->check(CLI::Range(1, 10000))
                        ->capture_default_str()
                        ->type_name("N"));
  only_for({"run"}, app.add_flag("--all", command->run.all, "Also what was there before the last run (run)"));
  auto* const dry_run =
      only_for({"run"}, app.add_flag("--dry-run", command->dry_run, "Show what is new and leave it new (run)"));
  only_for({"run"}, app.add_option("--atom", command->atom,
                                   "Put what is new at the top of this Atom feed, too, which keeps 100 entries (run)")
                        ->check(not_empty())
                        ->excludes(dry_run)
                        ->type_name("FILE"));
  only_for({"run", "list"}, app.add_flag("--json", command->json, "As JSON (run, list)"));
  command->color.define(app);
  return [command](const Console& console) { return run_watch(*command, console); };
}

}  // namespace nutgraf::cli
