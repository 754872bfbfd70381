// nutgraf timeline: how many articles speak of a company over time, and what its peaks are about.
#include "nutgraf/timeline.h"

#include <memory>
#include <ostream>

#include "cli/command.h"
#include "cli/options.h"
#include "nutgraf/present.h"

namespace nutgraf::cli {
namespace {

struct TimelineCommand {
  IndexOption index;
  ColorOption color;
  ConditionOptions conditions;
  TimelineRequest request;
  bool json = false;
  bool svg = false;
};

int run_timeline(const TimelineCommand& command, const Console& console) {
  TimelineRequest request = command.request;
  command.conditions.apply(request.search);
  Searcher searcher(command.index.path());
  const Timeline timeline = searcher.timeline(request);
  for (const auto& warning : timeline.warnings) print_diagnostic(console, warning);
  if (command.json) {
    console.out << to_json(timeline) << '\n';
  } else if (command.svg) {
    console.out << to_svg(timeline);
  } else {
    console.out << to_text(timeline, text_style(console, command.color.choice()));
  }
  return timeline.total.articles == 0 ? kNoHits : kDone;
}

}  // namespace

Runner define_timeline(CLI::App& app) {
  auto command = std::make_shared<TimelineCommand>();
  auto& request = command->request;
  app.add_option("COMPANY", request.company, "An id or any name of a company, or a product of it")
      ->check(not_empty())
      ->required();
  command->index.define(app);
  app.add_option_function<std::string>(
         "--by", [&request](const std::string& name) { request.by = *period_called(name); },
         "What a bar counts; weeks begin on Monday")
      ->check(CLI::IsMember({"day", "week", "month", "year"}))
      ->default_str("month")
      ->type_name("PERIOD");
  app.add_option(
         "--peaks", request.peaks,
         "How many peaks to show at most: higher than their neighbours, and by a standard deviation above the mean")
      ->capture_default_str()
      ->check(CLI::Range(0, 20))
      ->type_name("N");
  app.add_option("--query", request.search.query,
                 "Only passages that this finds, too; peaks then show what fits it best")
      ->check(not_empty())
      ->type_name("WORDS");
  command->conditions.define(app);
  auto* const json = app.add_flag("--json", command->json, "As JSON");
  app.add_flag("--svg", command->svg, "As a picture: SVG")->excludes(json);
  command->color.define(app);
  return [command](const Console& console) { return run_timeline(*command, console); };
}

}  // namespace nutgraf::cli
