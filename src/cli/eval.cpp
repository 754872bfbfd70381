// nutgraf eval: searches judged topics, or takes a run, and says how good the ranking is.
#include "nutgraf/eval.h"

#include <fstream>
#include <memory>
#include <ostream>

#include "cli/command.h"
#include "cli/options.h"
#include "nutgraf/error.h"
#include "nutgraf/present.h"

namespace nutgraf::cli {
namespace {

constexpr const char* kPlainBm25 = "bm25";

struct EvalCommand {
  IndexOption index;
  std::string topics;
  std::string qrels;
  std::string run;
  std::string output_run;
  std::string baseline;
  RankOption rank;
  std::string by;
  std::size_t depth = 100;
  unsigned jobs = 0;
  bool per_query = false;
  bool json = false;
};

/// What an evaluation is made from.
struct Inputs {
  std::vector<Topic> topics;
  std::vector<std::string> qids;
  GradedTopics graded;
  ResultUnit by = ResultUnit::article;
};

GradedTopics grade(const Qrels& qrels, const EvalCommand& command, const Console& console) {
  if (!qrels.by_range) return graded_documents(qrels);
  std::size_t missing = 0;
  GradedTopics graded = graded_passages(qrels, command.index.path(), missing);
  if (missing > 0)
    print_warning(console, "judged ranges of articles that the index does not have: " + std::to_string(missing));
  return graded;
}

Inputs read_inputs(const EvalCommand& command, const Console& console) {
  if (command.topics.empty() && (command.run.empty() || command.baseline == kPlainBm25))
    throw Error(ErrorCode::usage, "nothing says what to search for", "Name the queries with --topics FILE.");
  const Qrels qrels = read_qrels(command.qrels);
  if (qrels.by_range && command.by == "article")
    throw Error(ErrorCode::usage, command.qrels + " judges passages, not articles", "Leave out --by article.");
  Inputs inputs;
  const bool passages = command.by.empty() ? qrels.by_range : command.by == "passage";
  inputs.by = passages ? ResultUnit::passage : ResultUnit::article;
  if (!command.topics.empty()) inputs.topics = read_topics(command.topics);
  for (const Topic& topic : inputs.topics) inputs.qids.push_back(topic.qid);
  inputs.graded = grade(qrels, command, console);
  if (command.topics.empty()) {
    for (const auto& [qid, topic] : inputs.graded) inputs.qids.push_back(qid);
  }
  return inputs;
}

Run search_run(RankMode rank, const Inputs& inputs, const EvalCommand& command) {
  SearchRequest request;
  request.rank = rank;
  request.by = inputs.by;
  request.limit = command.depth;
  request.fold_duplicates = false;
  request.fragments = 0;  // nobody reads them
  return search_topics(command.index.path(), inputs.topics, request, command.jobs);
}

Run run_from(const std::string& file, const Console& console) {
  Run run = read_run(file);
  if (run.name.empty()) run.name = file;
  if (run.repeated > 0)
    print_warning(console,
                  file + ": documents listed again for a topic, which do not count: " + std::to_string(run.repeated));
  return run;
}

Evaluation judge(const Run& run, const Inputs& inputs, const Console& console) {
  Evaluation evaluation = evaluate(run, inputs.graded, inputs.qids);
  if (evaluation.judged == 0) {
    const bool any = evaluation.unanswered < evaluation.topics.size();
    print_warning(console, any ? "nothing that the run " + run.name + " lists is judged: are its ids of another kind?"
                               : "the run " + run.name + " has no result for any topic");
  }
  return evaluation;
}

void write_run(const Run& run, const std::string& file) {
  std::ofstream out(file, std::ios::binary);
  out << to_trec(run);
  out.close();
  if (!out) throw Error(ErrorCode::usage, "cannot write " + file, "Does its folder exist, and may you write there?");
}

int run_eval(const EvalCommand& command, const Console& console) {
  const Inputs inputs = read_inputs(command, console);
  const Run run =
      command.run.empty() ? search_run(command.rank.mode(), inputs, command) : run_from(command.run, console);
  if (!command.output_run.empty()) write_run(run, command.output_run);
  EvaluationReport report{run.name, judge(run, inputs, console), {}};
  if (!command.baseline.empty()) {
    const Run baseline = command.baseline == kPlainBm25 ? search_run(RankMode::bm25, inputs, command)
                                                        : run_from(command.baseline, console);
    report.baseline = {baseline.name, judge(baseline, inputs, console), {}};
    report.baseline->p = compare(report.evaluation, report.baseline->evaluation);
  }
  console.out << (command.json ? to_json(report, command.per_query) + '\n' : to_text(report, command.per_query));
  return kDone;
}

}  // namespace

Runner define_eval(CLI::App& app) {
  auto command = std::make_shared<EvalCommand>();
  app.add_option("--topics", command->topics, "Queries as plain text: lines of id, tab, query")
      ->check(not_empty())
      ->type_name("FILE");
  app.add_option("--qrels", command->qrels,
                 "Judgements: \"topic 0 id grade\", or topic, article id, start-end, grade, with tabs between")
      ->required()
      ->check(not_empty())
      ->type_name("FILE");
  command->index.define(app);
  app.add_option("--by", command->by, "What is judged (default: article; passage where ranges are judged)")
      ->check(CLI::IsMember({"passage", "article"}))
      ->type_name("UNIT");
  app.add_option("--depth", command->depth, "Results a topic")
      ->capture_default_str()
      ->check(CLI::Range(1, 10000))
      ->type_name("N");
  app.add_option("--run", command->run, "Judge this TREC run instead of searching")
      ->check(not_empty())
      ->type_name("FILE");
  app.add_option("--baseline", command->baseline, "Compare with a TREC run, or with plain BM25 (bm25)")
      ->check(not_empty())
      ->type_name("FILE");
  app.add_option("--output-run", command->output_run, "Write what was found as a TREC run")
      ->check(not_empty())
      ->type_name("FILE");
  command->rank.define(app, true);
  app.add_flag("--per-query", command->per_query, "Show each topic, too");
  app.add_flag("--json", command->json, "As JSON");
  app.add_option("--jobs,-j", command->jobs, "How many threads search (default: one a core)")
      ->check(CLI::Range(1, 256))
      ->type_name("N");
  return [command](const Console& console) { return run_eval(*command, console); };
}

}  // namespace nutgraf::cli
