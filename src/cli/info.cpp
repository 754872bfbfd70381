// nutgraf info: what the index holds.
#include <memory>
#include <ostream>

#include "cli/command.h"
#include "cli/options.h"
#include "nutgraf/index.h"

namespace nutgraf::cli {
namespace {

struct InfoCommand {
  IndexOption index;
  ColorOption color;
  bool json = false;
};

int run_info(const InfoCommand& command, const Console& console) {
  const IndexInfo info = index_info(command.index.path());
  if (command.json) {
    console.out << to_json(info) << '\n';
  } else {
    console.out << to_text(info, text_style(console, command.color.choice()));
  }
  return kDone;
}

}  // namespace

Runner define_info(CLI::App& app) {
  auto command = std::make_shared<InfoCommand>();
  command->index.define(app);
  app.add_flag("--json", command->json, "As JSON");
  command->color.define(app);
  return [command](const Console& console) { return run_info(*command, console); };
}

}  // namespace nutgraf::cli
