// The one table of commands, from which dispatch and help come. A command defines its options on a CLI11 subcommand
// and gives back what runs it; defining does nothing else.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <span>
#include <string_view>

#include "cli/console.h"
#include "cli/exit_codes.h"

namespace nutgraf::cli {

/// Gives the exit code; throws Error.
using Runner = std::function<int(const Console&)>;

struct Command {
  std::string_view name;
  std::string_view summary;
  Runner (*define)(CLI::App&);
  bool explains = false;  ///< tells of the other commands, which must be defined then
};

[[nodiscard]] std::span<const Command> commands();

Runner define_index(CLI::App& app);
Runner define_search(CLI::App& app);
Runner define_similar(CLI::App& app);
Runner define_show(CLI::App& app);
Runner define_suggest(CLI::App& app);
Runner define_remove(CLI::App& app);
Runner define_watch(CLI::App& app);
Runner define_companies(CLI::App& app);
Runner define_timeline(CLI::App& app);
Runner define_info(CLI::App& app);
Runner define_check(CLI::App& app);
Runner define_eval(CLI::App& app);
Runner define_completion(CLI::App& app);
Runner define_help(CLI::App& app);
Runner define_man(CLI::App& app);

/// The whole program: parses, runs, prints errors, gives the exit code.
int run(int argc, const char* const* argv, const Console& console);

}  // namespace nutgraf::cli
