#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "nutgraf/error.h"
#include "nutgraf/eval.h"
#include "support/temp_folder.h"

using namespace nutgraf;
using test::TempFolder;

namespace {

// What reading says is wrong, without the folder.
template <typename Read>
std::string mistake(Read read, const std::string& text) {
  const TempFolder folder;
  const std::filesystem::path file = folder.write("file", text);
  try {
    (void)read(file);
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::usage);
    CHECK(!error.hint().empty());
    const std::string message = error.what();
    return message.substr(message.find("file") + 4);
  }
  return "nothing is wrong";
}

std::string docnos(const Run& run, const std::string& qid) {
  std::string text;
  for (const auto& document : run.topics.at(qid)) text += (text.empty() ? "" : " ") + document.docno;
  return text;
}

}  // namespace

TEST_CASE("topics: id, tab, the rest of the line") {
  const TempFolder folder;
  const auto topics = read_topics(folder.write("t", "\xEF\xBB\xBFq1\tWhat is: \"(this)\"\t?\r\n\n  \nq2\t\n"));
  REQUIRE(topics.size() == 2);
  CHECK(topics[0].qid == "q1");
  CHECK(topics[0].query == "What is: \"(this)\"\t?");
  CHECK(topics[1].query.empty());
  CHECK(mistake(read_topics, "q1\ta\nq2 b\n") == ", line 2: there is no topic here");
  CHECK(mistake(read_topics, "\tquery\n") == ", line 1: there is no topic here");
  CHECK(mistake(read_topics, "q1\ta\n\nq1\tb\n") == ", line 3: a second topic q1");
}

TEST_CASE("files: one that is not there, one that is a folder") {
  const TempFolder folder;
  CHECK_THROWS_WITH_AS((void)read_topics(folder / "none"), doctest::Contains("cannot read"), Error);
  CHECK_THROWS_WITH_AS((void)read_qrels(folder / ""), doctest::Contains("cannot read"), Error);
  CHECK_THROWS_WITH_AS((void)read_run(folder / "none"), doctest::Contains("none"), Error);
}

TEST_CASE("qrels: by document, tabs or blanks between") {
  const TempFolder folder;
  const Qrels qrels = read_qrels(folder.write("q", "q1 0 a 1\nq1\t0\tb\t-1\nq2  Q0  12-34 2\nq1 0 a 1\n"));
  CHECK(!qrels.by_range);
  REQUIRE(qrels.topics.at("q1").size() == 2);  // the repeated line is one judgement
  CHECK(qrels.topics.at("q1")[1].grade == -1);
  CHECK(qrels.topics.at("q2")[0].docno == "12-34");
  CHECK(read_qrels(folder.write("e", "")).topics.empty());
  CHECK(mistake(read_qrels, "q1 0 a 1\nq1 0 a\n") == ", line 2: there is no judgement here");
  CHECK(mistake(read_qrels, "q1 0 a 1.5\n") == ", line 1: there is no judgement here");
  CHECK(mistake(read_qrels, "q1 0 a b c 1\n") == ", line 1: there is no judgement here");
  CHECK(mistake(read_qrels, "q1 0 a 1\nq1 0 a 2\n") == ", line 2: a has another grade in a line before");
}

TEST_CASE("qrels: by range of bytes") {
  const TempFolder folder;
  const Qrels qrels = read_qrels(folder.write("q", "q1\tn/my file.md\t10-20\t3\nq1\tn/my file.md\t20-40\t0\n"));
  CHECK(qrels.by_range);
  REQUIRE(qrels.topics.at("q1").size() == 2);
  CHECK(qrels.topics.at("q1")[0].docno == "n/my file.md");
  CHECK(qrels.topics.at("q1")[0].bytes == ByteRange{10, 20});
  CHECK(mistake(read_qrels, "q1\ta\t10-20\t3\nq1\t0\tb\t3\n") == ", line 2: there is no judgement here");
  CHECK(mistake(read_qrels, "q1\ta\t10-20\t3\nq1\ta\t20-20\t3\n") == ", line 2: there is no judgement here");
}

TEST_CASE("runs: by score, then by rank; a document counts once") {
  const TempFolder folder;
  const Run run = read_run(folder.write("r",
                                        "q1 Q0 c 3 1.5 mine\n"
                                        "q1 Q0 b 2 1.5 mine\n"
                                        "q2 Q0 z 1 -2e-1 mine\n"
                                        "q1 Q0 a 9 2.5 mine\n"
                                        "q1 Q0 c 4 1.0 mine\n"));
  CHECK(docnos(run, "q1") == "a b c");
  CHECK(docnos(run, "q2") == "z");
  CHECK(run.repeated == 1);
  CHECK(run.name == "mine");
  CHECK(mistake(read_run, "q1 Q0 a 1 1.0\n") == ", line 1: there is no line of a run here");
  CHECK(mistake(read_run, "q1 Q0 a 1 high mine\n") == ", line 1: rank or score is no number");
  CHECK(mistake(read_run, "q1 Q0 a first 1 mine\n") == ", line 1: rank or score is no number");
}

TEST_CASE("trec field: no white space, and not empty") {
  CHECK(trec_field("articles/a.md#3") == "articles/a.md#3");
  CHECK(trec_field("my file\t\xE3\x80\x80.md") == "my%20file%09%E3%80%80.md");
  CHECK(trec_field("腾讯 100%") == "腾讯%20100%");
  CHECK(trec_field("") == "-");
}
