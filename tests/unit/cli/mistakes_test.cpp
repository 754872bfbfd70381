// What is said of a wrong command line. The definitions here are our own, so that the program's may change.
#include "cli/mistakes.h"

#include <doctest/doctest.h>

#include <sstream>

#include "cli/nearest.h"

using namespace nutgraf::cli;

namespace {

Reference reference() {
  const OptionReference help{{"-h", "--help"}, "", {}, "", "Help", {}};
  const OptionReference version{{"--version"}, "", {}, "", "Version", {}};
  const OptionReference index{{"--index"}, "DIR", {}, "", "Index", {}};
  const OptionReference limit{{"-n", "--limit"}, "N", {{}, "1", "100", true}, "10", "Limit", {}};
  const OptionReference share{{"--share"}, "N", {{}, "0", "0.5", false}, "", "Share", {}};
  const OptionReference jobs{{"-j", "--jobs"}, "N", {}, "", "Jobs", {}};
  const OptionReference format{{"--format"}, "NAME", {{"text", "json", "csv"}, "", "", false}, "text", "Format", {}};
  const OptionReference color{{"--color"}, "WHEN", {{"auto", "never"}, "", "", false}, "auto", "Color", {}};
  const OptionReference json{{"--json"}, "", {}, "", "Json", {"--text"}};
  const OptionReference text{{"-t", "--text"}, "", {}, "", "Text", {"--json"}};
  const OptionReference report{{"--report"}, "FILE", {}, "", "Report", {}};
  const ArgumentReference query{"QUERY", {}, "Words", true, true};
  const ArgumentReference id{"ID", {}, "Id", true, false};
  const ArgumentReference shell{"SHELL", {{"bash", "zsh"}, "", "", false}, "Shell", true, false};
  return {"A program",
          {help, version},
          {{"search", "Search", {query}, {help, index, limit, share, format, color, json}},
           {"show", "Show", {id}, {help, index, json, text}},
           {"index", "Index", {}, {help, index, jobs, text, report}},
           {"completion", "Completion", {shell}, {help}}}};
}

// "message | hint"; "-" where there is no mistake.
std::string said(const std::string& line) {
  std::istringstream words(line);
  std::vector<std::string> arguments;
  for (std::string word; words >> word;) arguments.push_back(word);
  const auto mistake = find_mistake(reference(), arguments);
  return mistake ? mistake->message + " | " + mistake->hint : "-";
}

struct Row {
  const char* line;
  const char* expected;
};

}  // namespace

TEST_CASE("mistakes: the command") {
  for (const auto& [line, expected] : {
           Row{"", "a command is missing | Try: nutgraf --help"},
           Row{"serch x", "no command serch | Did you mean nutgraf search?"},
           Row{"saerch x", "no command saerch | Did you mean nutgraf search?"},
           Row{"find x", "no command find | Did you mean nutgraf search?"},
           Row{"hlep", "no command hlep | Did you mean nutgraf --help?"},
           Row{"frobnicate", "no command frobnicate | Try: nutgraf --help"},
           Row{"--index T search x", "--index goes after the command | Write: nutgraf search ... --index T"},
           Row{"--json search x", "--json goes after the command | Write: nutgraf search ... --json"},
           Row{"--limit=3 search x", "--limit goes after the command | Write: nutgraf search ... --limit=3"},
           Row{"--jobs search", "--jobs goes after the command | Write: nutgraf index ... --jobs search"},
           Row{"--verison", "no option --verison | Did you mean nutgraf --version?"},
           Row{"-x", "no option -x | Try: nutgraf --help"},
       }) {
    CAPTURE(line);
    CHECK(said(line) == expected);
  }
}

TEST_CASE("mistakes: names of options") {
  for (const auto& [line, expected] : {
           Row{"search x --limt 3", "no option --limt of nutgraf search | Did you mean --limit?"},
           Row{"search x --ilmit=3", "no option --ilmit of nutgraf search | Did you mean --limit?"},
           Row{"search x --lim 3", "no option --lim of nutgraf search | Did you mean --limit?"},
           Row{"search x --colour never", "no option --colour of nutgraf search | Did you mean --color?"},
           Row{"search x --count 3", "no option --count of nutgraf search | Did you mean --limit?"},
           Row{"search x --Format csv", "no option --Format of nutgraf search | Did you mean --format?"},
           Row{"search x -limit 3", "no option -limit of nutgraf search | Did you mean --limit?"},
           Row{"search x -limit=3", "no option -limit of nutgraf search | Did you mean --limit?"},
           Row{"index -jobs 3", "no option -jobs of nutgraf index | Did you mean --jobs?"},
           Row{"search x --jobs 3", "no option --jobs of nutgraf search | --jobs is an option of nutgraf index."},
           Row{"search x --version", "no option --version of nutgraf search | Write: nutgraf --version"},
           Row{"search x --nonsense", "no option --nonsense of nutgraf search | Try: nutgraf search --help"},
           Row{"search x -z", "no option -z of nutgraf search | Try: nutgraf search --help"},
           Row{"index -tz", "no option -tz of nutgraf index | Try: nutgraf index --help"},
           Row{"search -Doubao x",
               "no option -Doubao of nutgraf search | Before a query that begins with a minus write --, as in: nutgraf "
               "search -- -Doubao"},
           Row{"search -- -Doubao --limt", "-"},
           Row{"search -news",
               "--limit ews: not a number | Before a query that begins with a minus write --, as in: nutgraf search -- "
               "-news"},
           Row{"search -5", "-"},  // a word, as for CLI11
       }) {
    CAPTURE(line);
    CHECK(said(line) == expected);
  }
}

TEST_CASE("mistakes: values") {
  for (const auto& [line, expected] : {
           Row{"search x --limit", "--limit needs a number | Choose from 1 to 100, as in: --limit 10"},
           Row{"search x -n", "--limit needs a number | Choose from 1 to 100, as in: --limit 10"},
           Row{"search --limit --json x", "--limit needs a number | Choose from 1 to 100, as in: --limit 10"},
           Row{"search --format -- x", "--format needs one of text, json, csv | Try: nutgraf search --help"},
           Row{"search x --index", "--index needs a folder | Try: nutgraf search --help"},
           Row{"index --report", "--report needs a file | Try: nutgraf index --help"},
           Row{"search x --limit 0", "--limit 0: choose a number from 1 to 100 | Try: nutgraf search --help"},
           Row{"search x --limit -3", "--limit -3: choose a number from 1 to 100 | Try: nutgraf search --help"},
           Row{"search x --limit=101", "--limit 101: choose a number from 1 to 100 | Try: nutgraf search --help"},
           Row{"search x -n101",
               "--limit 101: choose a number from 1 to 100 | Before a query that begins with a minus write --, as in: "
               "nutgraf search -- -n101"},
           Row{"search x --limit 99999999999999999999999",
               "--limit 99999999999999999999999: choose a number from 1 to 100 | Try: nutgraf search --help"},
           Row{"search x --limit ten", "--limit ten: not a number | Choose from 1 to 100, as in: --limit 10"},
           Row{"search x --limit 1.5", "--limit 1.5: not a whole number | Choose from 1 to 100, as in: --limit 10"},
           Row{"search x --limit nan", "--limit nan: not a number | Choose from 1 to 100, as in: --limit 10"},
           Row{"search x --share 0.6", "--share 0.6: choose a number from 0 to 0.5 | Try: nutgraf search --help"},
           Row{"search x --share 0.4", "-"},
           Row{"index --jobs many", "--jobs many: not a number | Try: nutgraf index --help"},
           Row{"index --jobs -1", "--jobs -1: must not be below 0 | Try: nutgraf index --help"},
           Row{"search x --format xml", "--format xml: choose one of text, json, csv | Try: nutgraf search --help"},
           Row{"search x --format=jsno", "--format jsno: choose one of text, json, csv | Did you mean json?"},
           Row{"search x --json=csv", "--json takes no value | Write: --json"},
           Row{"completion tcsh", "SHELL tcsh: choose one of bash, zsh | Try: nutgraf completion --help"},
       }) {
    CAPTURE(line);
    CHECK(said(line) == expected);
  }
}

TEST_CASE("mistakes: what is too much, missing, or does not go together") {
  for (const auto& [line, expected] : {
           Row{"show a --text --json", "--text and --json exclude each other | Leave one of them out."},
           Row{"search --json", "QUERY is missing | Usage: nutgraf search [OPTION]... QUERY..."},
           Row{"search a b c", "-"}, Row{"show a b", "show takes one ID; b is too much | Try: nutgraf show --help"},
           Row{"index a", "index takes no words; a is too much | Try: nutgraf index --help"},
           Row{"show a --limt --jsn",
               "no option --limt of nutgraf show | Try: nutgraf show --help"},  // the first counts
       }) {
    CAPTURE(line);
    CHECK(said(line) == expected);
  }
}

TEST_CASE("nearest: what was probably meant, or nothing") {
  const std::vector<std::string> known{"--limit", "--lang", "--by", "-n", "json", "jsonl", "index"};
  CHECK(nearest("--limit", known) == "--limit");
  CHECK(nearest("--lmiit", known) == "--limit");
  CHECK(nearest("--language", known) == "--lang");
  CHECK(nearest("--max", known) == "--limit");
  CHECK(nearest("--threads", known).empty());  // it stands for --jobs, which is not there
  CHECK(nearest("-x", known).empty());
  CHECK(nearest("x", known).empty());
  CHECK(nearest("", known).empty());
  CHECK(nearest("--", known).empty());
  CHECK(nearest("jsn", known) == "json");
  CHECK(nearest("bypass", known).empty());
  CHECK(nearest(std::string(100'000, 'l'), known).empty());
  CHECK(nearest("--completely-different", known).empty());
}
