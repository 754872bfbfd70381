// Usage: present_samples DIR    writes a sample of each JSON form, for the schema test.
#include <fstream>
#include <string>
#include <vector>

#include "samples.h"

namespace {

void write(const std::string& path, const std::string& text) { std::ofstream(path, std::ios::binary) << text; }

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const std::string folder = std::string(argv[1]) + "/";
  auto timed = samples::response();
  timed.milliseconds = 1.25;
  write(folder + "search.json", nutgraf::to_json(samples::response()) + "\n");
  write(folder + "search-bare.json", nutgraf::to_json(samples::bare_response()) + "\n");
  write(folder + "search-detailed.json", nutgraf::to_json(samples::detailed_response()) + "\n");
  write(folder + "analysis.json", nutgraf::to_json(samples::analysis()) + "\n");
  write(folder + "search-run.jsonl",
        nutgraf::to_json(timed, 0, "q1") + "\n" + nutgraf::to_json(samples::bare_response(), 0, "q2") + "\n");
  write(folder + "hits.jsonl", nutgraf::to_jsonl(samples::response()));
  write(folder + "article.json", nutgraf::to_json(samples::stored()) + "\n");
  write(folder + "info.json", nutgraf::to_json(samples::info()) + "\n");
  write(folder + "info-empty.json", nutgraf::to_json(nutgraf::IndexInfo{}) + "\n");
  auto alone = samples::evaluation();
  alone.baseline.reset();
  write(folder + "eval.json", nutgraf::to_json(samples::evaluation(), true) + "\n");
  write(folder + "eval-alone.json", nutgraf::to_json(alone, false) + "\n");
  const std::vector<nutgraf::Completion> words{{"deepseek", 7}, {"深圳", 1}};
  write(folder + "suggest.json", nutgraf::to_json("deep", words) + "\n");
  nutgraf::Timeline nothing;
  nothing.company = nothing.name = "x";
  write(folder + "timeline.json", nutgraf::to_json(samples::timeline()) + "\n");
  write(folder + "timeline-empty.json", nutgraf::to_json(nothing) + "\n");
  write(folder + "watch.json", nutgraf::to_json(std::vector{samples::news()}) + "\n");
  write(folder + "watch-none.json", nutgraf::to_json(std::span<const nutgraf::WatchNews>()) + "\n");
  write(folder + "watches.json", nutgraf::to_json(samples::watches()) + "\n");
  auto rejected = samples::report();
  rejected.id.clear();
  rejected.status = nutgraf::DocumentStatus::rejected;
  write(folder + "report.jsonl", nutgraf::to_json(samples::report()) + "\n" + nutgraf::to_json(rejected) + "\n");
}
