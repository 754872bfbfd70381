// The forms of an evaluation: what `nutgraf eval` prints.
#include <string>
#include <vector>

#include "nutgraf/present.h"
#include "present/dump.h"
#include "present/numbers.h"
#include "present/tables.h"

namespace nutgraf {
namespace {

using present::Json;
using Row = std::vector<std::string>;

constexpr int kDecimals = 4;  // as trec_eval

std::string decimals(double value) { return present::fixed(present::rounded(value), kDecimals); }
std::string with_sign(double value) { return (value < 0 ? "" : "+") + decimals(value); }

MetricValues difference(const MetricValues& values, const MetricValues& baseline) {
  MetricValues result{};
  for (std::size_t i = 0; i < kMetrics; ++i) result[i] = values[i] - baseline[i];
  return result;
}

Row row(const std::string& name, const MetricValues& values, std::string (*spell)(double)) {
  Row cells{name};
  for (const double value : values) cells.push_back(spell(value));
  return cells;
}

Row header(const std::string& name) {
  Row cells{name};
  for (const MetricName& metric : metric_names()) cells.emplace_back(metric.name);
  return cells;
}

std::string count(std::size_t number, const std::string& what) {
  return std::to_string(number) + " " + what + (number == 1 ? "" : "s");
}

Json metrics_json(const MetricValues& values) {
  Json json;
  for (std::size_t i = 0; i < kMetrics; ++i) json[metric_names()[i].key] = present::rounded(values[i]);
  return json;
}

}  // namespace

std::string to_text(const EvaluationReport& report, bool per_topic) {
  const Evaluation& evaluation = report.evaluation;
  std::string text;
  if (per_topic) {
    std::vector<Row> rows{header("topic")};
    if (report.baseline) rows.front().push_back("against " + report.baseline->name);
    for (std::size_t i = 0; i < evaluation.topics.size(); ++i) {
      const MetricValues& values = evaluation.topics[i].values;
      rows.push_back(row(evaluation.topics[i].qid, values, decimals));
      if (report.baseline)
        rows.back().push_back(with_sign(difference(values, report.baseline->evaluation.topics[i].values).front()));
    }
    text += present::aligned(rows, 0) + '\n';
  }
  std::vector<Row> rows{header("run"), row(report.name, evaluation.mean, decimals)};
  if (report.baseline) {
    const MetricValues& baseline = report.baseline->evaluation.mean;
    rows.push_back(row(report.baseline->name, baseline, decimals));
    rows.push_back(row("difference", difference(evaluation.mean, baseline), with_sign));
    rows.push_back(row("p", report.baseline->p, decimals));
  }
  text += present::aligned(rows, 0) + '\n' + count(evaluation.topics.size(), "topic");
  if (evaluation.unanswered > 0) text += ", " + std::to_string(evaluation.unanswered) + " of them without a result";
  if (evaluation.left_out > 0)
    text += "; left out, with nothing relevant known: " + std::to_string(evaluation.left_out);
  return text + '\n';
}

std::string to_json(const EvaluationReport& report, bool per_topic, int indent) {
  const Evaluation& evaluation = report.evaluation;
  Json json{{"schema", "nutgraf.eval/1"},         {"run", report.name},
            {"topics", evaluation.topics.size()}, {"unanswered", evaluation.unanswered},
            {"left_out", evaluation.left_out},    {"metrics", metrics_json(evaluation.mean)}};
  if (report.baseline) {
    const MetricValues& baseline = report.baseline->evaluation.mean;
    json["baseline"] = {{"run", report.baseline->name},
                        {"metrics", metrics_json(baseline)},
                        {"difference", metrics_json(difference(evaluation.mean, baseline))},
                        {"p", metrics_json(report.baseline->p)}};
  }
  if (!per_topic) return present::dump(json, indent);
  json["queries"] = Json::array();
  for (std::size_t i = 0; i < evaluation.topics.size(); ++i) {
    Json query{{"qid", evaluation.topics[i].qid}, {"metrics", metrics_json(evaluation.topics[i].values)}};
    if (report.baseline) query["baseline"] = metrics_json(report.baseline->evaluation.topics[i].values);
    json["queries"].push_back(std::move(query));
  }
  return present::dump(json, indent);
}

}  // namespace nutgraf
