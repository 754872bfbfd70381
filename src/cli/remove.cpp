// nutgraf remove: takes articles out of the index.
#include <algorithm>
#include <memory>
#include <ostream>

#include "cli/command.h"
#include "cli/options.h"
#include "nutgraf/index.h"
#include "text/excerpt.h"

namespace nutgraf::cli {
namespace {

struct RemoveCommand {
  IndexOption index;
  std::vector<std::string> ids;
};

int run_remove(const RemoveCommand& command, const Console& console) {
  std::vector<std::string> ids;  // each once
  for (const auto& id : command.ids) {
    if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
  }
  const auto missing = remove_articles(command.index.path(), ids);
  for (const auto& id : missing) print_warning(console, "no article " + quoted_excerpt(id));
  const std::size_t removed = ids.size() - missing.size();
  console.out << "removed " << removed << (removed == 1 ? " article" : " articles") << '\n';
  return missing.empty() ? kDone : kNoHits;
}

}  // namespace

Runner define_remove(CLI::App& app) {
  auto command = std::make_shared<RemoveCommand>();
  app.add_option("ID", command->ids, "Ids of articles")->required();
  command->index.define(app);
  return [command](const Console& console) { return run_remove(*command, console); };
}

}  // namespace nutgraf::cli
