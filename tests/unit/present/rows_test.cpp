#include <doctest/doctest.h>

#include "samples.h"

using namespace nutgraf;

namespace {

/// The row of the first hit, whose line end is checked and cut.
std::string csv_row(const SearchResponse& response) {
  const std::string csv = to_csv(response);
  const std::size_t begin = csv.find("\r\n") + 2;
  const std::size_t end = csv.find("\r\n", begin);
  REQUIRE(end != std::string::npos);
  return csv.substr(begin, end - begin);
}

SearchResponse titled(std::string_view title) {
  SearchResponse response;
  Hit hit;
  hit.rank = 1;
  hit.article.id = "a";
  hit.passage.id = "a#1";
  hit.article.title = title;
  response.hits = {hit};
  return response;
}

}  // namespace

TEST_CASE("csv: all columns") {
  CHECK(to_csv(samples::response()) ==
        "rank,score,article,passage,date,source,title,path,lines,snippet\r\n"
        "1,11.234567,collection/2025/deepseek.txt,collection/2025/deepseek.txt#2,2025-02-27,Harbour Ledger,"
        "DeepSeek's price cut reaches the cloud,/data/collection/2025/deepseek.txt,14..16,DeepSeek R1 costs 75% less."
        "\r\n"
        "2,2.000000,k2,k2#1,,,月之暗面发布新模型,/data/feed.jsonl,1,深度求索降价\r\n");
  CHECK(to_csv(samples::bare_response()) == "rank,score,article,passage,date,source,title,path,lines,snippet\r\n");
}

TEST_CASE("csv: quoting") {
  struct Case {
    std::string_view title;
    std::string_view cell;
  };
  for (const Case& c : {Case{"plain", "plain"},
                        {"one, two", "\"one, two\""},
                        {"the \"next\" step", "\"the \"\"next\"\" step\""},
                        {"two\r\nlines", "two lines"},
                        {"it's", "it's"},
                        {"esc\x1b", "esc\uFFFD"}}) {
    CAPTURE(c.title);
    CHECK(csv_row(titled(c.title)) == "1,0.000000,a,a#1,,," + std::string(c.cell) + ",,1,");
  }
}

TEST_CASE("csv: nothing that a spreadsheet runs") {
  struct Case {
    std::string_view title;
    std::string_view cell;
  };
  for (const Case& c : {Case{"=1+1", "'=1+1"},
                        {"+5% in a day", "'+5% in a day"},
                        {"-5%", "'-5%"},
                        {"@sama says", "'@sama says"},
                        {" \t=1", "'=1"},
                        {"=HYPERLINK(\"x\",\"y\")", "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\""},
                        {"1=1", "1=1"}}) {
    CAPTURE(c.title);
    CHECK(csv_row(titled(c.title)) == "1,0.000000,a,a#1,,," + std::string(c.cell) + ",,1,");
  }
}

TEST_CASE("csv: fragments are joined") {
  auto response = titled("t");
  response.hits[0].snippet = {{"One.", {0, 4}, {{0, 3}}}, {"Three.", {10, 16}, {}}};
  CHECK(csv_row(response) == "1,0.000000,a,a#1,,,t,,1,One. … Three.");
}

TEST_CASE("trec: passages or articles") {
  auto response = samples::response();
  CHECK(to_trec(response, "q1") ==
        "q1 Q0 collection/2025/deepseek.txt#2 1 11.234567 nutgraf\n"
        "q1 Q0 k2#1 2 2.000000 nutgraf\n");
  response.by = ResultUnit::article;
  CHECK(to_trec(response, "q1") ==
        "q1 Q0 collection/2025/deepseek.txt 1 11.234567 nutgraf\n"
        "q1 Q0 k2 2 2.000000 nutgraf\n");
  CHECK(to_trec(samples::bare_response(), "q1").empty());
}

TEST_CASE("trec: six fields whatever the ids hold") {
  auto response = titled("t");
  response.hits[0].passage.id = "my news/a\tb\u3000c%20腾讯#1";
  CHECK(to_trec(response, "topic 1") == "topic%201 Q0 my%20news/a%09b%E3%80%80c%20腾讯#1 1 0.000000 nutgraf\n");
  CHECK(to_trec(response, "").substr(0, 5) == "- Q0 ");
}

TEST_CASE("rows: a run of many topics") {
  Run run{"my run", {{"q 1", {{"a#1", 2.5}, {"b#2", 1}}}, {"q2", {}}, {"q3", {{"c", 0.1234567}}}}};
  CHECK(to_trec(run) ==
        "q%201 Q0 a#1 1 2.500000 my%20run\n"
        "q%201 Q0 b#2 2 1.000000 my%20run\n"
        "q3 Q0 c 1 0.123457 my%20run\n");
}
