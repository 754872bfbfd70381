// Eval: how good a ranking is. Topics and relevance judgements in, runs and their metrics out. Files are those of TREC;
// what is wrong in one is Error(usage) with the file and, from 1, the line.
#pragma once

#include <array>
#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "nutgraf/range.h"
#include "nutgraf/search.h"

namespace nutgraf {

/// A question, by the name that judgements and runs know it by.
struct Topic {
  std::string qid;
  std::string query;
};

/// Lines "qid<TAB>query". No qid comes twice.
[[nodiscard]] std::vector<Topic> read_topics(const std::filesystem::path& file);

// ---- judgements ----

struct Judgement {
  std::string docno;               ///< an article or a passage as runs name it; with `bytes`, the id of an article
  std::optional<ByteRange> bytes;  ///< only these of it, in the coordinates of PassageRecord::bytes
  int grade = 0;                   ///< the more the better; relevant from 1 on
};

struct Qrels {
  std::map<std::string, std::vector<Judgement>> topics;  ///< by qid
  bool by_range = false;                                 ///< all judgements have `bytes`, or none has
};

/// Lines "qid 0 docno grade", with tabs or blanks between, or, as the third column of the first line tells,
/// "qid<TAB>article-id<TAB>start-end<TAB>grade". The same document twice with one grade counts once.
[[nodiscard]] Qrels read_qrels(const std::filesystem::path& file);

/// What a document of a run is worth to a topic.
struct GradedDocument {
  int grade = 0;             ///< the best of the judgements that it meets
  std::size_t relevant = 0;  ///< how many relevant judgements it meets: passages may hold several ranges
};

struct GradedTopic {
  std::map<std::string, GradedDocument> documents;  ///< by docno
  std::vector<int> ideal;                           ///< grades of all relevant judgements, best first
};

/// By qid.
using GradedTopics = std::map<std::string, GradedTopic>;

/// Of judgements without byte ranges.
[[nodiscard]] GradedTopics graded_documents(const Qrels& qrels);

/// Of judgements of byte ranges, for runs of passages: a passage meets the judgements of which it holds the larger part
/// (more than half of the bytes), so they outlive a change of how articles are cut. `missing` counts judgements of
/// articles that the index does not have.
[[nodiscard]] GradedTopics graded_passages(const Qrels& qrels, const std::filesystem::path& index,
                                           std::size_t& missing);

// ---- runs ----

struct ScoredDocument {
  std::string docno;
  double score = 0;
};

struct Run {
  std::string name;                                           ///< the last column of its file
  std::map<std::string, std::vector<ScoredDocument>> topics;  ///< by qid, best first
  std::size_t repeated = 0;  ///< documents that a topic had listed before; they are not in it
};

/// Lines "qid Q0 docno rank score name". Ordered by score, then by rank (trec_eval: by score, then by docno).
[[nodiscard]] Run read_run(const std::filesystem::path& file);

/// `id` as a column of a run: runs are split at white space, so that is percent-encoded.
[[nodiscard]] std::string trec_field(std::string_view id);

/// Searches the topics as plain words on `jobs` threads (0: as many as cores). Of `request` counts all but the query.
[[nodiscard]] Run search_topics(const std::filesystem::path& index, const std::vector<Topic>& topics,
                                const SearchRequest& request, unsigned jobs);

// ---- metrics ----

/// With g(i) the grade of the document at rank i (0 where it is not judged, or below 0), R relevant judgements:
///   nDCG@10  sum of g(i) / log2(i + 1) over the first 10, divided by that of the best possible order of all
///   judgements:
///            the linear gain of trec_eval's ndcg_cut (Järvelin and Kekäläinen, 2002), not 2^g - 1
///   MAP      mean over the R judgements of the precision at the rank at which each is met, 0 where it is not
///   MRR@10   1 / the rank of the first relevant document, 0 where it is not among the first 10
///   R@100    the share of the R judgements that the first 100 meet
///   P@10     relevant ones among the first 10, divided by 10
enum class Metric : std::uint8_t { ndcg_10, map, mrr_10, recall_100, precision_10 };

inline constexpr std::size_t kMetrics = 5;
using MetricValues = std::array<double, kMetrics>;  ///< by Metric

struct MetricName {
  std::string_view name;  ///< as people write it
  std::string_view key;   ///< as in JSON
};
[[nodiscard]] std::span<const MetricName, kMetrics> metric_names();

[[nodiscard]] MetricValues score_topic(std::span<const ScoredDocument> ranked, const GradedTopic& graded);

struct TopicScores {
  std::string qid;
  MetricValues values{};
};

struct Evaluation {
  std::vector<TopicScores> topics;
  MetricValues mean{};
  std::size_t unanswered = 0;  ///< topics without a result: they count 0
  std::size_t left_out = 0;    ///< topics for which nothing relevant is known
  std::size_t judged = 0;      ///< documents of the run that are judged at all, for whichever topic
};

/// Judges the topics `qids`. Error(usage) where nothing relevant is known for any.
[[nodiscard]] Evaluation evaluate(const Run& run, const GradedTopics& graded, std::span<const std::string> qids);

/// How probable a difference in the mean at least this large is, were the two equally good: two-sided paired
/// randomisation test (Smucker, Allan and Carterette, CIKM 2007). (c + 1) / (n + 1) for c of n random swaps, always the
/// same ones.
[[nodiscard]] double randomisation_p(std::span<const double> differences, std::size_t swaps = 10'000);

struct BaselineReport {
  std::string name;
  Evaluation evaluation;
  MetricValues p{};  ///< of the difference in each metric
};

/// What `nutgraf eval` says.
struct EvaluationReport {
  std::string name;  ///< of the run
  Evaluation evaluation;
  std::optional<BaselineReport> baseline;  ///< over the same topics, in the same order
};

/// Both are over the same topics, in the same order.
[[nodiscard]] MetricValues compare(const Evaluation& evaluation, const Evaluation& baseline);

}  // namespace nutgraf
