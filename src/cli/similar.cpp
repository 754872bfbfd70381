// nutgraf similar: the articles most like one that is in the index.
#include <memory>
#include <ostream>

#include "cli/command.h"
#include "cli/options.h"
#include "nutgraf/error.h"
#include "nutgraf/index.h"
#include "nutgraf/search.h"

namespace nutgraf::cli {
namespace {

struct SimilarCommand {
  IndexOption index;
  ColorOption color;
  std::string id;
  SearchRequest request;
  PageOptions page{"article"};
  bool json = false;
};

int run_similar(const SimilarCommand& command, const Console& console) {
  SearchRequest request = command.request;
  command.page.apply(request);
  Searcher searcher(command.index.path());
  const auto response = searcher.similar(command.id, request);
  if (!response) {
    print_error(console, unknown_id(command.index.path(), command.id));
    return kNoHits;
  }
  warn_of_missing_shards(console, response->missing_shards);
  for (const auto& warning : response->warnings) print_diagnostic(console, warning);
  if (command.json) {
    console.out << to_json(*response) << '\n';
  } else {
    console.out << to_text(*response, text_style(console, command.color.choice()));
  }
  return response->hits.empty() ? kNoHits : kDone;
}

}  // namespace

Runner define_similar(CLI::App& app) {
  auto command = std::make_shared<SimilarCommand>();
  auto& request = command->request;
  app.add_option("ID", command->id, "Article id, or passage id (article#3)")->required();
  command->index.define(app);
  command->page.define(app);
  app.add_flag("--explain", request.explain, "Show what made each score");
  define_strict(app, request);
  app.add_flag("--json", command->json, "As JSON");
  command->color.define(app);
  return [command](const Console& console) { return run_similar(*command, console); };
}

}  // namespace nutgraf::cli
