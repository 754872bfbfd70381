// The program in process: the table of commands, and what becomes of errors.
#include <doctest/doctest.h>

#include <set>
#include <sstream>

#include "cli/command.h"
#include "support/temp_folder.h"

using namespace nutgraf;
using nutgraf::test::TempFolder;

namespace {

struct Outcome {
  int code = 0;
  std::string out;
  std::string err;
};

Outcome run(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "nutgraf");
  std::vector<const char*> argv;
  for (const auto& argument : arguments) argv.push_back(argument.c_str());
  std::ostringstream out, err;
  const cli::Console console{out, err};
  Outcome result;
  result.code = cli::run(static_cast<int>(argv.size()), argv.data(), console);
  result.out = out.str();
  result.err = err.str();
  return result;
}

}  // namespace

TEST_CASE("app: every command has a name of its own, a summary and a help page") {
  std::set<std::string> names;
  for (const auto& command : cli::commands()) {
    const std::string name(command.name);
    CAPTURE(name);
    CHECK(names.insert(name).second);
    CHECK_FALSE(command.summary.empty());
    const Outcome help = run({name, "--help"});
    CHECK(help.code == 0);
    CHECK(help.out.find(std::string(command.summary)) != std::string::npos);
    CHECK(help.err.empty());
  }
}

TEST_CASE("app: usage errors are 2, on stderr, with the way to the help") {
  const std::vector<std::vector<std::string>> lines{{},
                                                    {"frobnicate"},
                                                    {"search"},
                                                    {"search", "x", "--limit", "0"},
                                                    {"search", "x", "--nonsense"},
                                                    {"search", "x", "--since", "yesterdayish"},
                                                    {"index"}};
  for (const auto& arguments : lines) {
    CAPTURE(arguments.size());
    const Outcome result = run(arguments);
    CHECK(result.code == 2);
    CHECK(result.out.empty());
    CHECK(result.err.starts_with("nutgraf: "));
  }
}

TEST_CASE("app: index, search, show, info, check and remove work together") {
  const TempFolder folder;
  const std::string index = (folder / "index").string();
  folder.write("news/a.txt", "Doubao grows\n\nByteDance says that Doubao has more users than any other.");
  const std::string news = (folder / "news").string();
  CHECK(run({"index", news, "--index", index})
            .out.starts_with("added 1 article (1 passage), updated 0, unchanged 0 in "));
  const Outcome found = run({"search", "Doubao", "users", "--index", index});
  CHECK(found.code == 0);
  CHECK(found.out.starts_with("1. *Doubao* grows") == false);  // titles are not marked
  CHECK(found.out.starts_with("1. Doubao grows"));
  CHECK(run({"search", "nothing", "--index", index}).code == 1);
  CHECK(run({"show", "news/a.txt#1", "--text", "--index", index}).out ==
        "ByteDance says that Doubao has more users than any other.\n");
  CHECK(run({"info", "--index", index}).code == 0);
  CHECK(run({"check", "--index", index}).out == "the index is sound\n");
  CHECK(run({"remove", "news/a.txt", "--index", index}).out == "removed 1 article\n");
  CHECK(run({"show", "news/a.txt", "--index", index}).code == 1);
}

TEST_CASE("app: rejected documents give 5, and the rest is in") {
  const TempFolder folder;
  folder.write("news/good.txt", "A text that is good.");
  folder.write("news/empty.txt", "");
  const std::string index = (folder / "index").string();
  const Outcome result = run({"index", (folder / "news").string(), "--index", index});
  CHECK(result.code == 5);
  CHECK(result.err.find("empty.txt") != std::string::npos);
  CHECK(run({"search", "good", "--index", index}).code == 0);
}

TEST_CASE("app: a report that cannot be written is said before anything is indexed") {
  const TempFolder folder;
  folder.write("news/a.txt", "A text.");
  const Outcome result = run({"index", (folder / "news").string(), "--index", (folder / "index").string(), "--report",
                              (folder / "no/such/report").string()});
  CHECK(result.code == 2);
  CHECK_FALSE(std::filesystem::exists(folder / "index"));
}
