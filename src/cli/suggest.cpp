// nutgraf suggest: the words of the index that begin like this, for completion.
#include <memory>
#include <ostream>
#include <vector>

#include "cli/command.h"
#include "cli/options.h"
#include "nutgraf/present.h"
#include "nutgraf/spelling.h"

namespace nutgraf::cli {
namespace {

struct SuggestCommand {
  IndexOption index;
  std::string prefix;
  std::size_t limit = 10;
  bool json = false;
};

int run_suggest(const SuggestCommand& command, const Console& console) {
  const auto completions = suggest(command.index.path(), command.prefix, command.limit);
  if (completions.empty()) print_warning(console, "no word begins with \"" + command.prefix + "\"");
  if (command.json) {
    console.out << to_json(command.prefix, completions) << '\n';
  } else {
    for (const Completion& completion : completions) console.out << completion.word << '\n';
  }
  return completions.empty() ? kNoHits : kDone;
}

}  // namespace

Runner define_suggest(CLI::App& app) {
  auto command = std::make_shared<SuggestCommand>();
  app.add_option("PREFIX", command->prefix, "How the word begins; case and accents do not matter")->required();
  command->index.define(app);
  app.add_option("--limit,-n", command->limit, "Words to print")
      ->capture_default_str()
      ->check(CLI::Range(1, 10000))
      ->type_name("N");
  app.add_flag("--json", command->json, "As JSON");
  return [command](const Console& console) { return run_suggest(*command, console); };
}

}  // namespace nutgraf::cli
