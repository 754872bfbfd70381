// The program: one table of commands, one place where errors become messages and exit codes.
#include <algorithm>
#include <array>
#include <exception>
#include <new>
#include <ostream>

#include "cli/command.h"
#include "cli/help.h"
#include "cli/mistakes.h"

namespace nutgraf::cli {
namespace {

constexpr std::array kCommands{
    Command{"index", "Read files, folders and archives into the index", define_index},
    Command{"search", "Find passages", define_search},
    Command{"similar", "Find the articles most like one", define_similar},
    Command{"show", "Print an article or a passage", define_show},
    Command{"suggest", "Complete the beginning of a word", define_suggest},
    Command{"companies", "List the companies that the articles speak of", define_companies},
    Command{"timeline", "Count the articles on a company over time", define_timeline},
    Command{"watch", "Save a query, and show what is new for it", define_watch},
    Command{"remove", "Take articles out of the index", define_remove},
    Command{"info", "Say what the index holds", define_info},
    Command{"check", "Read the whole index and say whether it is sound", define_check},
    Command{"eval", "Measure the ranking on judged topics", define_eval},
    Command{"help", "Explain a command or the query language", define_help, true},
    Command{"completion", "Print the completion script of a shell", define_completion, true},
    Command{"man", "Print the manual page as roff", define_man, true},
};

// What the parser stopped at: a page that was asked for, or a mistake.
int stopped(const CLI::App& app, const CLI::ParseError& stop, std::span<const std::string> arguments,
            const Console& console) {
  const CLI::App* command = app.get_subcommands().empty() ? nullptr : app.get_subcommands().front();
  if (dynamic_cast<const CLI::CallForHelp*>(&stop) != nullptr) {
    console.out << (command == nullptr ? help_page(reference_of(app, Scope::listed), console.width)
                                       : help_page(command_of(*command, Scope::listed), console.width));
    return kDone;
  }
  if (stop.get_exit_code() == 0) return app.exit(stop, console.out, console.err);  // --version
  const auto mistake = find_mistake(reference_of(app, Scope::all), arguments);
  const std::string help = "Try: nutgraf " + (command == nullptr ? "" : command->get_name() + " ") + "--help";
  print_error(console, mistake ? Error(ErrorCode::usage, mistake->message, mistake->hint)
                               : Error(ErrorCode::usage, stop.what(), help));
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

// Which commands have their options defined. To define all takes the program longer than to parse what was typed.
enum class Defined : unsigned char { the_named, all };

Defined needed_for(std::string_view named) {
  const auto* const command =
      std::find_if(kCommands.begin(), kCommands.end(), [&](const Command& one) { return one.name == named; });
  return command == kCommands.end() || command->explains ? Defined::all : Defined::the_named;
}

int run(Defined defined, int argc, const char* const* argv, const Console& console) {
  const std::string_view named = argc > 1 ? argv[1] : "";
  CLI::App app("Full-text search for article collections: index a folder, find the passage, cite it to the byte.",
               "nutgraf");
  app.set_version_flag("--version", "nutgraf " NUTGRAF_VERSION, "Print the version and exit");
  app.set_help_flag("-h,--help", "Print this help and exit");
  app.require_subcommand(1);
  Runner runner;
  for (const Command& command : kCommands) {
    CLI::App* subcommand = app.add_subcommand(std::string(command.name), std::string(command.summary));
    if (defined == Defined::the_named && command.name != named) continue;
    subcommand->callback([&runner, chosen = command.define(*subcommand)] { runner = chosen; });
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (defined != Defined::all) return run(Defined::all, argc, argv, console);  // help and hints tell of all commands
    return stopped(app, error, std::vector<std::string>(argv + std::min(argc, 1), argv + argc), console);
  }
  return guarded(runner, console);
}

}  // namespace

std::span<const Command> commands() { return kCommands; }

int run(int argc, const char* const* argv, const Console& console) {
  return run(needed_for(argc > 1 ? argv[1] : ""), argc, argv, console);
}

}  // namespace nutgraf::cli
