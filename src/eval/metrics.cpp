#include <algorithm>
#include <cmath>
#include <set>

#include "nutgraf/error.h"
#include "nutgraf/eval.h"

namespace nutgraf {
namespace {

constexpr std::size_t kCut = 10;           // of nDCG, MRR and P
constexpr std::size_t kRecallDepth = 100;  // of R

constexpr std::array<MetricName, kMetrics> kMetricNames{
    {{"nDCG@10", "ndcg_10"}, {"MAP", "map"}, {"MRR@10", "mrr_10"}, {"R@100", "recall_100"}, {"P@10", "precision_10"}}};

double& value_of(MetricValues& values, Metric metric) { return values[static_cast<std::size_t>(metric)]; }

double discounted(double gain, std::size_t rank) { return gain / std::log2(static_cast<double>(rank) + 1); }

double ideal_gain(const std::vector<int>& ideal) {
  double sum = 0;
  for (std::size_t rank = 1; rank <= std::min(kCut, ideal.size()); ++rank) sum += discounted(ideal[rank - 1], rank);
  return sum;
}

}  // namespace

std::span<const MetricName, kMetrics> metric_names() { return kMetricNames; }

MetricValues score_topic(std::span<const ScoredDocument> ranked, const GradedTopic& graded) {
  MetricValues values{};
  if (graded.ideal.empty()) return values;
  std::size_t relevant = 0;  // documents so far
  std::size_t met = 0;       // relevant judgements among the first kRecallDepth
  for (std::size_t rank = 1; rank <= ranked.size(); ++rank) {
    const auto found = graded.documents.find(ranked[rank - 1].docno);
    if (found == graded.documents.end() || found->second.grade <= 0) continue;
    const GradedDocument& document = found->second;
    ++relevant;
    const double precision = static_cast<double>(relevant) / static_cast<double>(rank);
    value_of(values, Metric::map) += static_cast<double>(document.relevant) * precision;
    if (rank <= kRecallDepth) met += document.relevant;
    if (rank > kCut) continue;
    value_of(values, Metric::ndcg_10) += discounted(document.grade, rank);
    value_of(values, Metric::precision_10) = static_cast<double>(relevant) / kCut;
    if (relevant == 1) value_of(values, Metric::mrr_10) = 1.0 / static_cast<double>(rank);
  }
  const auto judgements = static_cast<double>(graded.ideal.size());
  value_of(values, Metric::ndcg_10) /= ideal_gain(graded.ideal);
  value_of(values, Metric::map) /= judgements;
  value_of(values, Metric::recall_100) = static_cast<double>(met) / judgements;
  return values;
}

Evaluation evaluate(const Run& run, const GradedTopics& graded, std::span<const std::string> qids) {
  std::set<std::string_view> judged;
  for (const auto& [qid, topic] : graded) {
    for (const auto& [docno, document] : topic.documents) judged.insert(docno);
  }
  Evaluation evaluation;
  for (const std::string& qid : qids) {
    const auto topic = graded.find(qid);
    if (topic == graded.end() || topic->second.ideal.empty()) {
      ++evaluation.left_out;
      continue;
    }
    const auto answer = run.topics.find(qid);
    const std::span<const ScoredDocument> ranked =
        answer == run.topics.end() ? std::span<const ScoredDocument>() : std::span(answer->second);
    if (ranked.empty()) ++evaluation.unanswered;
    for (const ScoredDocument& document : ranked) evaluation.judged += judged.contains(document.docno) ? 1U : 0U;
    evaluation.topics.push_back({qid, score_topic(ranked, topic->second)});
  }
  if (evaluation.topics.empty())
    throw Error(ErrorCode::usage, "no topic has a relevant judgement", "Are the judgements of these topics?");
  for (std::size_t metric = 0; metric < kMetrics; ++metric) {
    for (const TopicScores& topic : evaluation.topics) evaluation.mean[metric] += topic.values[metric];
    evaluation.mean[metric] /= static_cast<double>(evaluation.topics.size());
  }
  return evaluation;
}

MetricValues compare(const Evaluation& evaluation, const Evaluation& baseline) {
  MetricValues p{};
  std::vector<double> differences(evaluation.topics.size());
  for (std::size_t metric = 0; metric < kMetrics; ++metric) {
    for (std::size_t i = 0; i < differences.size(); ++i)
      differences[i] = evaluation.topics[i].values[metric] - baseline.topics[i].values[metric];
    p[metric] = randomisation_p(differences);
  }
  return p;
}

}  // namespace nutgraf
