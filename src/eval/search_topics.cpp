#include <optional>
#include <utility>

#include "nutgraf/eval.h"

namespace nutgraf {

Run search_topics(const std::filesystem::path& index, const std::vector<Topic>& topics, const SearchRequest& request,
                  unsigned jobs) {
  Run run{request.rank == RankMode::bm25 ? "bm25" : "nutgraf", {}};
  auto topic = topics.begin();
  const NextTask next = [&]() -> std::optional<SearchTask> {
    if (topic == topics.end()) return std::nullopt;
    SearchTask task{topic->qid, request};
    task.request.query = topic->query;
    task.request.syntax = QuerySyntax::words;
    task.request.strict = true;  // what part of a collection gives is no measure of it
    ++topic;
    return task;
  };
  const OnAnswer answered = [&](const SearchTask& task, const SearchResponse& response) -> Delivery {
    std::vector<ScoredDocument> ranked;
    for (const Hit& hit : response.hits)
      ranked.push_back({trec_field(response.by == ResultUnit::article ? hit.article.id : hit.passage.id), hit.score});
    return [&run, qid = task.qid, ranked = std::move(ranked)] { run.topics[qid] = ranked; };
  };
  search_all(index, jobs, next, answered);
  return run;
}

}  // namespace nutgraf
