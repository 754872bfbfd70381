#include <doctest/doctest.h>

#include <limits>

#include "samples.h"

using namespace nutgraf;

TEST_CASE("json: a full response, byte for byte") {
  auto response = samples::response();
  response.milliseconds = 1.23456789;
  CHECK(
      to_json(response, 0, "q1") ==
      R"j({"schema":"nutgraf.search/1","qid":"q1","query":{"text":"deepseek titel:price","parsed":"(deepseek OR price)",)j"
      R"("warnings":[{"byte":9,"message":"unknown field","suggestion":"title:"}],"corrected":null},)"
      R"("total":{"passages":12,"articles":4,"exact":true},"offset":0,"limit":2,"hits":[)"
      R"({"rank":1,"score":11.234567,"article":{"id":"collection/2025/deepseek.txt",)"
      R"("title":"DeepSeek's price cut reaches the cloud","source":"Harbour Ledger","author":null,)"
      R"("date":"2025-02-27","date_source":"text","lang":"en","path":"/data/collection/2025/deepseek.txt",)"
      R"("url":null,"companies":[]},"passage":{"id":"collection/2025/deepseek.txt#2","ordinal":2,)"
      R"("heading":"Prices","bytes":[1203,1279],"bytes_of":"file","lines":[14,16],)"
      R"("text":"A discount applies at night. DeepSeek R1 costs 75% less. Others will follow."},)"
      R"("snippet":[{"text":"DeepSeek R1 costs 75% less.","bytes":[29,56],"marks":[[0,8],[12,17]]}],)"
      R"("duplicates":[{"article":"wire/a","passage":"wire/a#8","source":"Wire","date":"2025-02-28"},)"
      R"({"article":"wire/b","passage":"wire/b#1","source":null,"date":null}]},)"
      R"({"rank":2,"score":2.0,"article":{"id":"k2","title":"月之暗面发布新模型","source":null,"author":"林",)"
      R"("date":null,"date_source":"none","lang":"zh","path":"/data/feed.jsonl","record":7,)"
      R"("url":"https://example.org/k2","companies":[]},"passage":{"id":"k2#1","ordinal":1,"heading":null,)"
      R"("bytes":[0,18],"bytes_of":"field","lines":[1,1],"text":"深度求索降价"},)"
      R"("snippet":[{"text":"深度求索降价","bytes":[0,18],"marks":[[0,12]]}],"duplicates":[]}],"timing_ms":1.234568})");
}

TEST_CASE("json: indented, with short lists on one line") {
  CHECK(to_json(samples::bare_response()) ==
        "{\n"
        "  \"schema\": \"nutgraf.search/1\",\n"
        "  \"query\": {\n"
        "    \"text\": \"nothing\",\n"
        "    \"parsed\": \"nothing\",\n"
        "    \"warnings\": [],\n"
        "    \"corrected\": null\n"
        "  },\n"
        "  \"total\": {\n"
        "    \"passages\": 0,\n"
        "    \"articles\": 0,\n"
        "    \"exact\": true\n"
        "  },\n"
        "  \"offset\": 0,\n"
        "  \"limit\": 10,\n"
        "  \"hits\": []\n"
        "}");
  const std::string json = to_json(samples::response());
  CHECK(json.find("\n          \"marks\": [[0,8],[12,17]]\n") != std::string::npos);
  CHECK(json.find("\n        \"lines\": [14,16],\n") != std::string::npos);
}

TEST_CASE("jsonl: the hits of the JSON form, one a line") {
  const auto response = samples::response();
  std::string lines = to_jsonl(response);
  REQUIRE(lines.back() == '\n');
  lines.pop_back();
  lines.replace(lines.find('\n'), 1, 1, ',');
  CHECK(to_json(response, 0).find(std::string("\"hits\":[").append(lines).append("]}")) != std::string::npos);
  CHECK(to_jsonl(samples::bare_response()).empty());
}

TEST_CASE("json: an article") {
  auto stored = samples::stored();
  stored.passages.resize(1);
  CHECK(to_json(stored, 0) ==
        R"({"schema":"nutgraf.article/1","article":{"id":"collection/2025/deepseek.txt",)"
        R"("title":"DeepSeek's price cut reaches the cloud","source":"Harbour Ledger","author":"Ada Wong",)"
        R"("date":"2025-02-27","date_source":"text","lang":"en","path":"/data/collection/2025/deepseek.txt",)"
        R"("url":"https://example.org/2025/deepseek","companies":[],"tags":["prices","cloud"],"passages":3,"batch":1},)"
        R"("full":false,"passages":[{"id":"collection/2025/deepseek.txt#1","ordinal":1,"heading":null,)"
        R"("bytes":[40,108],"bytes_of":"file","lines":[3,6],)"
        R"("text":"The company cut prices on Thursday.\n\nRivals answered\nwithin the day."}]})");
  CHECK(to_json(samples::stored(), 0).find("\"full\":true") != std::string::npos);
}

TEST_CASE("json: an index") {
  CHECK(to_json(samples::info(), 0) ==
        R"({"schema":"nutgraf.info/1","articles":1234,"passages":56789,"terms":123456,"tokens":9876543,)"
        R"("text_bytes":53120000,"bytes":98249999,"batches":12,"sequence":1240,"generation":3,"shards":1,)"
        R"("languages":{"de":789,"en":40000,"zh":16000},"dates":{"first":"2023-08-15","last":"2025-12-01"}})");
  CHECK(to_json(IndexInfo{}, 0).find(R"("languages":{},"dates":{"first":null,"last":null}})") != std::string::npos);
}

TEST_CASE("json: completions") {
  const std::vector<Completion> words{{"deepseek", 7}, {"深圳", 1}};
  CHECK(to_json("dee", words, 0) ==
        R"({"schema":"nutgraf.suggest/1","prefix":"dee","words":[{"word":"deepseek","count":7},)"
        R"({"word":"深圳","count":1}]})");
  CHECK(to_json("\xff", {}, 0) == "{\"schema\":\"nutgraf.suggest/1\",\"prefix\":\"\uFFFD\",\"words\":[]}");
}

TEST_CASE("json: a report line") {
  CHECK(to_json(samples::report()) ==
        R"({"path":"/data/collection/a.txt","id":"collection/a.txt","status":"added","passages":3,)"
        R"("reason":"converted from GB18030"})");
  CHECK(to_json(DocumentReport{"/a.pdf", "", DocumentStatus::rejected, 0, ""}) ==
        R"({"path":"/a.pdf","id":null,"status":"rejected","passages":0,"reason":null})");
  struct Case {
    DocumentStatus status;
    std::string_view name;
  };
  for (const Case& c : {Case{DocumentStatus::added, "added"},
                        {DocumentStatus::updated, "updated"},
                        {DocumentStatus::unchanged, "unchanged"},
                        {DocumentStatus::duplicate, "duplicate"},
                        {DocumentStatus::rejected, "rejected"},
                        {DocumentStatus::removed, "removed"}}) {
    const auto expected = std::string("\"status\":\"").append(c.name).append("\"");
    CHECK(to_json(DocumentReport{"", "", c.status, 0, ""}).find(expected) != std::string::npos);
  }
}

TEST_CASE("json: what is no UTF-8 or no text does not break it") {
  DocumentReport report;
  report.path = "caf\xE9.txt";  // a file name in Latin-1
  report.reason = "a\x1b[0m\x7f\u009B\u2028\"\\\n\u00E9\u00A0";
  CHECK(to_json(report) ==
        "{\"path\":\"caf\uFFFD.txt\",\"id\":null,\"status\":\"added\",\"passages\":0,"
        "\"reason\":\"a\\u001b[0m\\u007f\\u009b\u2028\\\"\\\\\\n\u00E9\u00A0\"}");
}

TEST_CASE("json: scores that are no numbers") {
  auto response = samples::response();
  response.hits[0].score = -1e-9;
  response.hits[1].score = std::numeric_limits<double>::quiet_NaN();
  const std::string json = to_jsonl(response);
  CHECK(json.find("\"rank\":1,\"score\":0.0,") != std::string::npos);
  CHECK(json.find("\"rank\":2,\"score\":0.0,") != std::string::npos);
}

TEST_CASE("json: facets and explanations") {
  const std::string json = to_json(samples::detailed_response(), 0);
  CHECK(json.ends_with(
      R"("facets":{"source":[{"value":"Harbour Ledger","count":1200},{"value":"新浪","count":7}],)"
      R"("company":[{"value":"deepseek","count":5}],"month":[{"value":"2025-01","count":3},{"value":"2025-02","count":9}],"lang":[]}})"));
  CHECK(
      json.find(
          R"("duplicates":[{"article":"wire/a","passage":"wire/a#8","source":"Wire","date":"2025-02-28"},)"
          R"({"article":"wire/b","passage":"wire/b#1","source":null,"date":null}],"explain":{"of":"collection/2025/deepseek.txt#2",)"
          R"("words":[{"word":"deepseek","exact":false,"weight":1.0,"passage":{"idf":2.0,"tf":3.0,"saturation":1.5,"score":3.333333},)") !=
      std::string::npos);
}

TEST_CASE("json: the analysis of a query") {
  CHECK(
      to_json(samples::analysis(), 0) ==
      R"j({"schema":"nutgraf.analysis/1","query":{"text":"+title:GPT-4o -\"价\u001b格\"","parsed":"title:GPT-4o AND NOT \"价 格\"",)j"
      R"j("warnings":[{"byte":15,"message":"no passage has \"价格\"","suggestion":"价"}]},)j"
      R"j("tokens":[{"surface":"gpt","terms":["gpt"],"role":"piece","bytes":[7,10]},{"surface":"gpt4o","terms":["gpt4o"],"role":"whole","bytes":[7,13]},)j"
      R"j({"surface":"价格","terms":["价格"],"role":"gram","bytes":[16,23]}],"companies":[{"id":"acme","bytes":[16,23]}],)j"
      R"j("tree":{"kind":"group","occur":"should","bytes":[0,24],"children":[{"kind":"word","occur":"must","field":"title","text":"GPT-4o","bytes":[1,13]},)j"
      R"j({"kind":"near","occur":"must_not","distance":5,"bytes":[15,24]}]},"compiled":"Query((Sgpt4o AND_NOT Z价格))"})j");
}

TEST_CASE("json: an evaluation, with topics only where asked for") {
  EvaluationReport report = samples::evaluation();
  const std::string full = to_json(report, true, 0);
  CHECK(full.starts_with(
      R"({"schema":"nutgraf.eval/1","run":"nutgraf","topics":2,"unanswered":0,"left_out":3,"metrics":)"
      R"({"ndcg_10":0.75,"map":0.625,"mrr_10":0.625,"recall_100":1.0,"precision_10":0.1},"baseline":)"));
  CHECK(full.find(R"("difference":{"ndcg_10":0.25,)") != std::string::npos);
  CHECK(full.find(R"({"qid":"q2","metrics":{"ndcg_10":0.5,)") != std::string::npos);
  report.baseline.reset();
  const std::string alone = to_json(report, false, 0);
  CHECK(alone.find("baseline") == std::string::npos);
  CHECK(alone.find("queries") == std::string::npos);
}
