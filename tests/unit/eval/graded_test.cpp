#include <doctest/doctest.h>

#include <string>

#include "nutgraf/eval.h"
#include "nutgraf/index.h"
#include "nutgraf/reader.h"
#include "support/temp_folder.h"

using namespace nutgraf;
using test::TempFolder;

namespace {

std::string words(const std::string& word, int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += word + (i % 10 == 9 ? ". " : " ");
  return text;
}

// An article "two words" of two passages, apples and pears, and one of a single passage.
class Fixture {
 public:
  Fixture() {
    folder_.write("batch/two words.txt", words("apple", 120) + "\n\n" + words("pear", 120) + "\n");
    folder_.write("batch/plum.txt", words("plum", 60) + "\n");
    ArticleReader reader({folder_ / "batch"}, {});
    index_batch(index(), reader, {});
    const auto stored = find_article(index(), "batch/two words.txt");
    REQUIRE(stored->passages.size() == 2);
    first = stored->passages[0].bytes;
    second = stored->passages[1].bytes;
  }

  [[nodiscard]] std::filesystem::path index() const { return folder_ / "index"; }

  ByteRange first, second;

 private:
  TempFolder folder_;
};

Judgement judgement(std::size_t begin, std::size_t end, int grade) {
  return {"batch/two words.txt", ByteRange{begin, end}, grade};
}

}  // namespace

TEST_CASE("graded documents: as judged, the best grades first in the ideal") {
  Qrels qrels;
  qrels.topics["q"] = {{"a", {}, 1}, {"b", {}, 3}, {"c", {}, 0}, {"d", {}, -2}};
  const GradedTopic topic = graded_documents(qrels).at("q");
  CHECK(topic.documents.at("b").grade == 3);
  CHECK(topic.documents.at("c").relevant == 0);
  CHECK(topic.documents.at("d").grade <= 0);
  CHECK(topic.ideal == std::vector<int>{3, 1});
}

TEST_CASE("graded passages: the larger part of a range decides, the best grade counts") {
  const Fixture fixture;
  const std::size_t cut = fixture.second.begin;
  Qrels qrels;
  qrels.by_range = true;
  qrels.topics["q"] = {judgement(0, 20, 1),
                       judgement(20, 60, 2),
                       judgement(cut - 10, cut + 12, 3),  // 12 of its 22 bytes are pears
                       {"batch/gone.txt", ByteRange{0, 9}, 2}};
  std::size_t missing = 0;
  const GradedTopic topic = graded_passages(qrels, fixture.index(), missing).at("q");
  CHECK(missing == 1);
  CHECK(topic.ideal == std::vector<int>{3, 2, 2, 1});  // what the index lacks cannot be found
  CHECK(topic.documents.size() == 2);
  CHECK(topic.documents.at("batch/two%20words.txt#1").grade == 2);
  CHECK(topic.documents.at("batch/two%20words.txt#1").relevant == 2);
  CHECK(topic.documents.at("batch/two%20words.txt#2").grade == 3);
  CHECK(topic.documents.at("batch/two%20words.txt#2").relevant == 1);
}

TEST_CASE("graded passages: a range cut in two halves is in neither") {
  const Fixture fixture;
  const std::size_t begin = fixture.first.end - 10, end = fixture.second.begin + 10;
  Qrels qrels;
  qrels.by_range = true;
  qrels.topics["q"] = {judgement(begin, end, 3)};
  std::size_t missing = 0;
  const GradedTopic topic = graded_passages(qrels, fixture.index(), missing).at("q");
  CHECK(missing == 0);
  CHECK(topic.documents.empty());
  CHECK(topic.ideal == std::vector<int>{3});
}

TEST_CASE("search topics: as plain words, copies listed, by the names that judgements know") {
  const Fixture fixture;
  const std::vector<Topic> topics{{"9", "-apple (pear: \"zzz"}, {"1", "plum"}, {"5", "zzz"}};
  SearchRequest request;
  request.by = ResultUnit::passage;
  for (const unsigned jobs : {1U, 2U}) {
    const Run run = search_topics(fixture.index(), topics, request, jobs);
    CHECK(run.name == "nutgraf");
    CHECK(run.topics.at("9").size() == 2);
    CHECK(run.topics.at("9")[0].docno.starts_with("batch/two%20words.txt#"));
    CHECK(run.topics.at("1").at(0).docno == "batch/plum.txt#1");
    CHECK(run.topics.at("1")[0].score > 0);
    CHECK(run.topics.at("5").empty());
  }
  request.by = ResultUnit::article;
  request.rank = RankMode::bm25;
  const Run run = search_topics(fixture.index(), topics, request, 1);
  CHECK(run.name == "bm25");
  CHECK(run.topics.at("9").size() == 1);
  CHECK(run.topics.at("9")[0].docno == "batch/two%20words.txt");
}
