// What help, man page, completions and messages are made from is complete, and all of them show all of it.
#include "cli/reference.h"

#include <doctest/doctest.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "cli/command.h"
#include "cli/completion.h"
#include "cli/help.h"
#include "cli/language.h"
#include "cli/man.h"
#include "nutgraf/query.h"

using namespace nutgraf;
using namespace nutgraf::cli;

namespace {

struct Program {
  CLI::App app{"A program", "nutgraf"};

  Program() {
    for (const Command& command : commands()) {
      command.define(*app.add_subcommand(std::string(command.name), std::string(command.summary)));
    }
  }
  [[nodiscard]] Reference reference(Scope scope = Scope::listed) const { return reference_of(app, scope); }
};

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

// Calls visit(command, option) for every option of every command.
template <typename Visit>
void each_option(const Reference& reference, const Visit& visit) {
  for (const auto& command : reference.commands) {
    for (const auto& option : command.options) visit(command, option);
  }
}

// A sentence without its full stop, in capitals where it begins.
void check_description(const std::string& text) {
  CAPTURE(text);
  REQUIRE_FALSE(text.empty());
  CHECK(std::isupper(static_cast<unsigned char>(text.front())) != 0);
  const bool full_stop = text.back() == '.' && !text.ends_with("...");
  CHECK_FALSE(full_stop);
  CHECK(std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; }));
}

std::string file_text(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("language: every example is a query without a flaw, and there is one for all there is") {
  std::set<QueryKind> kinds;
  std::set<std::string> fields;
  const std::string help = language_page(1000), man = man_page(Program().reference());
  const auto visit = [&](const auto& again, const QueryNode& node) -> void {
    kinds.insert(node.kind);
    fields.insert(node.field);
    for (const auto& child : node.children) again(again, child);
  };
  for (const auto& [query, meaning] : language_examples()) {
    CAPTURE(query);
    check_description(meaning);
    const ParsedQuery parsed = parse_query(query);
    const bool star = query == "*";  // which is said to be one
    CHECK(parsed.warnings.size() == (star ? 1 : 0));
    visit(visit, parsed.root);
    CHECK(holds(help, query));
    CHECK(holds(man, "\\fB" + roff(query) + "\\fR"));
  }
  CHECK(kinds.size() == 7);  // all but `nothing`
  for (const auto& field : query_fields()) CHECK(fields.contains(std::string(field.name)));
}

TEST_CASE("reference: every option is described and well named") {
  const Reference reference = Program().reference();
  each_option(reference, [](const CommandReference& command, const OptionReference& option) {
    CAPTURE(command.name);
    check_description(option.description);
    for (const auto& name : option.names) {
      CAPTURE(name);
      const bool is_long = name.starts_with("--");
      CHECK(name.size() >= (is_long ? 4 : 2));
      CHECK(std::all_of(name.begin(), name.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; }));
    }
    CHECK(option.name().starts_with("--"));
  });
  for (const auto& command : reference.commands) {
    check_description(command.summary);
    for (const auto& argument : command.arguments) {
      check_description(argument.description);
      CHECK(std::all_of(argument.name.begin(), argument.name.end(), [](char c) { return c >= 'A' && c <= 'Z'; }));
    }
  }
}

TEST_CASE("reference: no two options of a command share a name; one name means the same with every command") {
  const Reference reference = Program().reference(Scope::all);
  std::set<std::pair<std::string, std::string>> seen;
  std::map<std::string, std::string> short_names;
  each_option(reference, [&](const CommandReference& command, const OptionReference& option) {
    for (const auto& name : option.names) {
      CAPTURE(command.name);
      CAPTURE(name);
      CHECK(seen.emplace(command.name, name).second);
      if (!name.starts_with("--")) CHECK(short_names.emplace(name, option.name()).first->second == option.name());
    }
  });
}

TEST_CASE("reference: what is hidden is in Scope::all only") {
  const Program program;
  CHECK(program.reference().find("man") == nullptr);
  REQUIRE(program.reference(Scope::all).find("man") != nullptr);
  CHECK(find_option(program.reference().find("index")->options, "--small-batch") == nullptr);
  CHECK(find_option(program.reference(Scope::all).find("index")->options, "--small-batch") != nullptr);
}

TEST_CASE("reference: an option takes one word, and leaves the query behind it alone") {
  const Program program;
  for (const CLI::App* command : program.app.get_subcommands({})) {
    for (const CLI::Option* option : command->get_options()) {
      CAPTURE(command->get_name());
      CAPTURE(option->get_name());
      const bool one = option->get_items_expected_max() <= 1 || !option->get_allow_extra_args();
      CHECK((one || option->get_positional()));
    }
  }
}

TEST_CASE("reference: choices, bounds, defaults and exclusions are read off the definitions") {
  const Reference reference = Program().reference();
  const auto& search = *reference.find("search");
  const auto& limit = *find_option(search.options, "-n");
  CHECK(limit.names == std::vector<std::string>{"-n", "--limit"});
  CHECK(limit.value == "N");
  CHECK(limit.values.lowest == "1");
  CHECK(limit.values.highest == "10000");
  CHECK(limit.values.whole);
  CHECK(limits_of(limit) == "1 to 10000; default 10");
  const auto& format = *find_option(search.options, "--format");
  CHECK(format.values.choices == std::vector<std::string>{"text", "json", "jsonl", "csv", "trec"});
  CHECK(find_option(search.options, "--fragments")->standard == "1");
  CHECK(find_option(search.options, "--json")->is_flag());
  CHECK(find_option(reference.find("show")->options, "--text")->excludes == std::vector<std::string>{"--json"});
  CHECK(usage_of(search) == "nutgraf search [OPTION]... [QUERY...]");
  CHECK(usage_of(*reference.find("show")) == "nutgraf show [OPTION]... ID");
  CHECK(reference.find("completion")->arguments.front().values.choices ==
        std::vector<std::string>{"bash", "zsh", "fish"});
}

TEST_CASE("reference: every command, option and choice is in help, man page and completions") {
  const Reference reference = Program().reference();
  const std::string man = man_page(reference), bash = bash_completion(reference), zsh = zsh_completion(reference),
                    fish = fish_completion(reference);
  for (const auto& command : reference.commands) {
    CAPTURE(command.name);
    CHECK(holds(help_page(reference, 80), "\n  " + command.name));
    CHECK(holds(man, "nutgraf " + command.name));
    CHECK(holds(bash, "'" + command.name + " -')"));
    CHECK(holds(zsh, "\n      " + command.name + ")"));
    CHECK(holds(fish, "__fish_use_subcommand -a " + command.name + " "));
  }
  each_option(reference, [&](const CommandReference& command, const OptionReference& option) {
    CAPTURE(command.name);
    const std::string help = help_page(command, 1000);
    for (const auto& name : option.names) {
      CAPTURE(name);
      CHECK(holds(help, name));
      CHECK(holds(man, "\\fB" + roff(name) + "\\fR"));
      CHECK(holds(bash, name));
      CHECK(holds(zsh, ")" + name));
      const bool is_long = name.starts_with("--");
      CHECK(holds(fish, (is_long ? " -l " : " -s ") + name.substr(is_long ? 2 : 1) + " "));
    }
    std::string words;
    for (const auto& choice : option.values.choices) {
      CAPTURE(choice);
      words += (words.empty() ? "" : " ") + choice;
      CHECK(holds(help, choice));
      CHECK(holds(man, choice));
    }
    CHECK(holds(bash, words));
    CHECK(holds(zsh, words));
    CHECK(holds(fish, words));
    CHECK(holds(man, roff(option.description)));
    CHECK(holds(help, option.description));
  });
}

TEST_CASE("help: lines fit the width, and words stay whole") {
  const Reference reference = Program().reference();
  for (const std::size_t width : {60U, 80U, 120U}) {
    for (const auto& command : reference.commands) {
      std::istringstream page(help_page(command, width));
      for (std::string line; std::getline(page, line);) {
        CAPTURE(line);
        CHECK(line.size() <= width);
      }
    }
  }
}

TEST_CASE("exit codes: each is in help and man page once, and every golden folder's code is in the table") {
  const Program program;
  std::set<int> known;
  const std::string help = help_page(program.reference(), 1000), man = man_page(program.reference());
  for (const ExitCode& code : kExitCodes) {
    CAPTURE(code.code);
    CHECK(known.insert(code.code).second);
    CHECK(holds(help, " " + std::to_string(code.code) + " " + std::string(code.brief)));
    CHECK(holds(man, "\\fB" + std::to_string(code.code) + "\\fR\n" + roff(code.meaning)));
  }
  CHECK(known == std::set<int>{0, 1, 2, 3, 4, 5, 70});
}

TEST_CASE("golden cases: every command and every exit code is in one") {
  std::string commands_run, results;
  for (const auto& folder : std::filesystem::directory_iterator(NUTGRAF_SOURCE_DIR "/tests/cli/cases")) {
    commands_run += file_text(folder.path() / "cmd");
    results += file_text(folder.path() / "stdout");
    const std::string code = file_text(folder.path() / "exit");
    results += "exit " + (code.empty() ? "0\n" : code);
  }
  for (const Command& command : commands()) {
    CAPTURE(command.name);
    CHECK(holds(commands_run, "nutgraf " + std::string(command.name)));
  }
  for (const ExitCode& code : kExitCodes) {
    CAPTURE(code.code);
    CHECK(holds(results, "exit " + std::to_string(code.code) + "\n"));
  }
}

TEST_CASE("man: plain text stays as it is") {
  CHECK(roff("plain words") == "plain words");
  CHECK(roff("--dry-run") == "\\-\\-dry\\-run");
  CHECK(roff(".txt and .md") == "\\&.txt and .md");
  CHECK(roff("'quoted'") == "\\(aqquoted\\(aq");
  CHECK(roff("a\n.b") == "a\n\\&.b");
  CHECK(roff("C:\\news") == "C:\\enews");
  CHECK(roff("~/a^b `c` \"d\"") == "\\(ti/a\\(hab \\(gac\\(ga \\(dqd\\(dq");
  CHECK(roff("caf\xC3\xA9 \xE6\x96\xB0") == "caf\\[u00E9] \\[u65B0]");
}

TEST_CASE("man: every field of the query language and all sections") {
  const std::string man = man_page(Program().reference());
  for (const QueryField& field : query_fields()) CHECK(holds(man, roff(field.example)));
  std::size_t last = 0;
  for (const char* section : {"NAME", "SYNOPSIS", "DESCRIPTION", "COMMANDS", "QUERY LANGUAGE", "EXIT STATUS",
                              "ENVIRONMENT", "FILES", "EXAMPLES"}) {
    const auto at = man.find("\n.SH " + std::string(section) + "\n");
    CAPTURE(section);
    REQUIRE(at != std::string::npos);
    CHECK(at > last);
    last = at;
  }
}
