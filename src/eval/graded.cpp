// From judgements to what each document of a run is worth.
#include <algorithm>
#include <functional>

#include "nutgraf/eval.h"
#include "nutgraf/index.h"

namespace nutgraf {
namespace {

bool holds_larger_part(ByteRange passage, ByteRange judged) {
  const std::size_t begin = std::max(passage.begin, judged.begin);
  const std::size_t end = std::min(passage.end, judged.end);
  return begin < end && 2 * (end - begin) > judged.size();
}

void meet(GradedDocument& document, int grade) {
  document.grade = std::max(document.grade, grade);
  document.relevant += grade > 0 ? 1U : 0U;
}

std::vector<int> ideal_of(const std::vector<Judgement>& judgements) {
  std::vector<int> grades;
  for (const Judgement& judgement : judgements) {
    if (judgement.grade > 0) grades.push_back(judgement.grade);
  }
  std::sort(grades.begin(), grades.end(), std::greater<>());
  return grades;
}

}  // namespace

GradedTopics graded_documents(const Qrels& qrels) {
  GradedTopics topics;
  for (const auto& [qid, judgements] : qrels.topics) {
    GradedTopic& topic = topics[qid];
    for (const Judgement& judgement : judgements) meet(topic.documents[judgement.docno], judgement.grade);
    topic.ideal = ideal_of(judgements);
  }
  return topics;
}

GradedTopics graded_passages(const Qrels& qrels, const std::filesystem::path& index, std::size_t& missing) {
  std::map<std::string, std::optional<StoredArticle>> articles;
  GradedTopics topics;
  missing = 0;
  for (const auto& [qid, judgements] : qrels.topics) {
    GradedTopic& topic = topics[qid];
    topic.ideal = ideal_of(judgements);
    for (const Judgement& judgement : judgements) {
      const auto [article, first] = articles.try_emplace(judgement.docno);
      if (first) article->second = find_article(index, judgement.docno);
      if (!article->second) {
        ++missing;
        continue;
      }
      for (const PassageRecord& passage : article->second->passages) {
        if (holds_larger_part(passage.bytes, *judgement.bytes))
          meet(topic.documents[trec_field(passage.id)], judgement.grade);
      }
    }
  }
  return topics;
}

}  // namespace nutgraf
