// The program: one table of commands, one place where errors become messages and exit codes.
#include <array>
#include <exception>
#include <new>
#include <ostream>

#include "cli/command.h"

namespace nutgraf::cli {
namespace {

constexpr std::array kCommands{
    Command{"index", "Read files, folders and archives into the index", define_index},
    Command{"search", "Find passages", define_search},
    Command{"similar", "Find the articles most like one", define_similar},
    Command{"show", "Print an article or a passage", define_show},
    Command{"suggest", "Complete the beginning of a word", define_suggest},
    Command{"remove", "Take articles out of the index", define_remove},
    Command{"info", "Say what the index holds", define_info},
    Command{"check", "Read the whole index and say whether it is sound", define_check},
};

constexpr const char* kFooter =
    "Exit codes: 0 done or hits, 1 no hits, 2 usage, 3 no index or a damaged one, 4 another writer is at work,\n"
    "5 some documents were rejected (the rest is in), 70 internal error.";

int usage_error(const CLI::App& app, const CLI::ParseError& error, const Console& console) {
  if (error.get_exit_code() == 0) {  // --help, --version
    return app.exit(error, console.out, console.err);
  }
  const CLI::App* command = &app;
  if (const auto used = app.get_subcommands(); !used.empty()) command = used.front();
  const std::string name = command == &app ? "nutgraf" : "nutgraf " + command->get_name();
  std::string message = error.what();
  // Of a first word that is no command, CLI11 says only that there is none.
  if (const auto strange = app.remaining(); command == &app) {
    message = strange.empty() ? "a command is missing" : std::string(strange.front().starts_with('-') ? "no option " : "no command ") + strange.front();
  }
  std::string hint = "Try: " + name + " --help";
  for (const auto& strange : command->remaining()) {
    const bool excludes_a_word = command->get_name() == "search" && strange.size() > 2 && strange[0] == '-' && strange[1] != '-';
    if (excludes_a_word) hint = "Before a query that begins with a minus write --, as in: nutgraf search -- " + strange;
  }
  print_error(console, Error(ErrorCode::usage, message, hint));
  return static_cast<int>(ErrorCode::usage);
}

// What a command throws, as message and exit code.
int guarded(const Runner& runner, const Console& console) {
  try {
    const int code = runner(console);
    console.out.flush();
    if (!console.out && !output_was_closed()) {
      throw Error(ErrorCode::internal, "the output could not be written", "Is there space where it goes?");
    }
    return code;
  } catch (const Error& error) {
    print_error(console, error);
    return static_cast<int>(error.code());
  } catch (const std::bad_alloc&) {
    print_error(console, Error(ErrorCode::internal, "out of memory", "Fewer threads need less: --jobs 1."));
  } catch (const std::exception& error) {
    print_error(console, Error(ErrorCode::internal, std::string("internal error: ") + error.what()));
  }
  return static_cast<int>(ErrorCode::internal);
}

}  // namespace

std::span<const Command> commands() { return kCommands; }

int run(int argc, const char* const* argv, const Console& console) {
  CLI::App app("Full-text search for article collections: index a folder, find the passage, cite it to the byte.", "nutgraf");
  app.set_version_flag("--version", "nutgraf " NUTGRAF_VERSION);
  app.require_subcommand(1);
  app.footer(kFooter);
  Runner runner;
  for (const Command& command : kCommands) {
    CLI::App* subcommand = app.add_subcommand(std::string(command.name), std::string(command.summary));
    Runner defined = command.define(*subcommand);
    subcommand->callback([&runner, defined = std::move(defined)] { runner = defined; });
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return usage_error(app, error, console);
  }
  return guarded(runner, console);
}

}  // namespace nutgraf::cli
