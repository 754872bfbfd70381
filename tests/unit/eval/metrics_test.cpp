#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "nutgraf/error.h"
#include "nutgraf/eval.h"

using namespace nutgraf;
using doctest::Approx;

namespace {

std::vector<ScoredDocument> ranking(std::initializer_list<const char*> docnos) {
  std::vector<ScoredDocument> ranked;
  for (const char* docno : docnos) ranked.push_back({docno, 0});
  return ranked;
}

double value(const MetricValues& values, Metric metric) { return values[static_cast<std::size_t>(metric)]; }

// a is worth 3, b 2 and c 1; d and e were judged and are worth nothing.
GradedTopic graded() {
  return {{{"a", {3, 1}}, {"b", {2, 1}}, {"c", {1, 1}}, {"d", {0, 0}}, {"e", {-1, 0}}}, {3, 2, 1}};
}

}  // namespace

TEST_CASE("metrics: a graded ranking, by hand") {
  const MetricValues values = score_topic(ranking({"b", "x", "a", "d", "c"}), graded());
  // DCG = 2/log2(2) + 3/log2(4) + 1/log2(6) = 2 + 1.5 + 0.386853; ideal 3/log2(2) + 2/log2(3) + 1/log2(4) = 4.761860
  CHECK(value(values, Metric::ndcg_10) == Approx(3.886853 / 4.761860).epsilon(1e-6));
  CHECK(value(values, Metric::map) == Approx((1.0 / 1 + 2.0 / 3 + 3.0 / 5) / 3));
  CHECK(value(values, Metric::mrr_10) == 1);
  CHECK(value(values, Metric::recall_100) == 1);
  CHECK(value(values, Metric::precision_10) == Approx(0.3));
}

TEST_CASE("metrics: the ideal order is worth 1, whatever is below 0") {
  const MetricValues values = score_topic(ranking({"a", "b", "c", "e", "d"}), graded());
  for (const Metric metric : {Metric::ndcg_10, Metric::map, Metric::mrr_10, Metric::recall_100})
    CHECK(value(values, metric) == Approx(1));
  const MetricValues none = score_topic(ranking({"e", "d", "x"}), graded());
  for (const double nothing : none) CHECK(nothing == 0);
}

TEST_CASE("metrics: what stands at rank 11 and at rank 101") {
  std::vector<ScoredDocument> ranked;
  for (int rank = 1; rank <= 101; ++rank) ranked.push_back({"x" + std::to_string(rank), 0});
  ranked[10].docno = "b";
  ranked[100].docno = "a";
  const MetricValues values = score_topic(ranked, graded());
  CHECK(value(values, Metric::ndcg_10) == 0);
  CHECK(value(values, Metric::mrr_10) == 0);
  CHECK(value(values, Metric::precision_10) == 0);
  CHECK(value(values, Metric::recall_100) == Approx(1.0 / 3));
  CHECK(value(values, Metric::map) == Approx((1.0 / 11 + 2.0 / 101) / 3));
  ranked[9].docno = "c";
  CHECK(value(score_topic(ranked, graded()), Metric::mrr_10) == Approx(0.1));
  // 1/log2(11) = 0.289065
  CHECK(value(score_topic(ranked, graded()), Metric::ndcg_10) == Approx(0.289065 / 4.761860).epsilon(1e-5));
}

TEST_CASE("metrics: the ideal is cut at ten, too") {
  GradedTopic topic;
  std::vector<ScoredDocument> ranked;
  for (int i = 0; i < 20; ++i) {
    topic.documents["d" + std::to_string(i)] = {1, 1};
    topic.ideal.push_back(1);
    ranked.push_back({"d" + std::to_string(i), 0});
  }
  CHECK(value(score_topic(ranked, topic), Metric::ndcg_10) == Approx(1));
  CHECK(value(score_topic(ranked, topic), Metric::precision_10) == Approx(1));
}

TEST_CASE("metrics: a passage that meets two judgements gains by the better one and recalls both") {
  const GradedTopic topic{{{"p", {3, 2}}}, {3, 1}};
  const MetricValues values = score_topic(ranking({"x", "p"}), topic);
  // (3/log2(3)) / (3 + 1/log2(3)) = 1.892789 / 3.630930
  CHECK(value(values, Metric::ndcg_10) == Approx(1.892789 / 3.630930).epsilon(1e-6));
  CHECK(value(values, Metric::map) == Approx((0.5 + 0.5) / 2));
  CHECK(value(values, Metric::recall_100) == 1);
  CHECK(value(values, Metric::precision_10) == Approx(0.1));
}

TEST_CASE("evaluate: an unanswered topic counts 0, one without relevant judgements does not count") {
  const GradedTopics topics{{"full", graded()}, {"silent", graded()}, {"nothing", {{{"d", {0, 0}}}, {}}}};
  Run run;
  run.topics["full"] = ranking({"a", "b", "c"});
  run.topics["nothing"] = ranking({"d"});
  const std::vector<std::string> qids{"silent", "full", "nothing", "unjudged"};
  const Evaluation evaluation = evaluate(run, topics, qids);
  REQUIRE(evaluation.topics.size() == 2);
  CHECK(evaluation.topics[0].qid == "silent");
  CHECK(evaluation.unanswered == 1);
  CHECK(evaluation.left_out == 2);
  CHECK(evaluation.judged == 3);
  CHECK(value(evaluation.mean, Metric::ndcg_10) == Approx(0.5));
  CHECK_THROWS_AS((void)evaluate(run, topics, std::vector<std::string>{"unjudged"}), Error);
}

TEST_CASE("randomisation test: against the exact count of all swaps") {
  // Three gains of 1: of 8 ways to swap, the two with equal signs have a sum of 3.
  CHECK(randomisation_p(std::vector<double>{1, 1, 1}, 100'000) == Approx(2.0 / 8).epsilon(0.02));
  // 3, 2 and -1 sum to 4; as far from 0 are +-(3+2+1) and +-(3+2-1): 4 of 8.
  CHECK(randomisation_p(std::vector<double>{3, 2, -1}, 100'000) == Approx(4.0 / 8).epsilon(0.02));
  // Ten gains: 2 of 1024. More than 64 topics take more than one draw of bits.
  CHECK(randomisation_p(std::vector<double>(10, 0.1), 100'000) == Approx(2.0 / 1024).epsilon(0.2));
  CHECK(randomisation_p(std::vector<double>(200, 0.1)) == Approx(1.0 / 10'001));
}

TEST_CASE("randomisation test: no difference, no evidence; the direction does not matter; always the same") {
  CHECK(randomisation_p(std::vector<double>(50, 0.0)) == 1);
  CHECK(randomisation_p({}) == 1);
  CHECK(randomisation_p(std::vector<double>{0.3, -0.3}) == 1);
  const std::vector<double> up{0.1, 0.2, -0.05, 0.4, 0.0}, down{-0.1, -0.2, 0.05, -0.4, 0.0};
  CHECK(randomisation_p(up) == randomisation_p(down));
  CHECK(randomisation_p(up) == randomisation_p(up));
}

TEST_CASE("compare: pairs topics, metric by metric") {
  Evaluation better, worse;
  for (int i = 0; i < 12; ++i) {
    better.topics.push_back({std::to_string(i), {0.5, 0.5, 0.5, 1, 0.5}});
    worse.topics.push_back({std::to_string(i), {0.4, 0.5, 0.6, 1, i % 2 == 0 ? 0.4 : 0.6}});
  }
  const MetricValues p = compare(better, worse);
  CHECK(value(p, Metric::ndcg_10) < 0.01);
  CHECK(value(p, Metric::map) == 1);
  CHECK(value(p, Metric::mrr_10) < 0.01);
  CHECK(value(p, Metric::recall_100) == 1);
  CHECK(value(p, Metric::precision_10) == Approx(1));
}
