#include <doctest/doctest.h>

#include "samples.h"

using namespace nutgraf;

namespace {

constexpr TextStyle kPlain{false, 80};

/// A response with one hit whose snippet is all of its passage.
SearchResponse one_hit(std::string_view text) {
  SearchResponse response;
  response.query = "q";
  response.limit = 10;
  response.total = {1, 1, true};
  Hit hit;
  hit.rank = 1;
  hit.article.title = "Title";
  hit.article.bytes_of = BytesOf::file;
  hit.passage = {"a#1", 1, "", {0, text.size()}, {4, 4}, std::string(text)};
  hit.snippet = {{std::string(text), {0, text.size()}, {}}};
  response.hits = {hit};
  return response;
}

/// The last line, without its end.
std::string summary(const SearchResponse& response) {
  const std::string text = to_text(response, kPlain);
  REQUIRE(text.back() == '\n');
  const std::size_t begin = text.rfind('\n', text.size() - 2);
  return text.substr(begin + 1, text.size() - begin - 2);
}

}  // namespace

TEST_CASE("text: hits at 80 columns") {
  CHECK(to_text(samples::response(), kPlain) ==
        "1. DeepSeek's price cut reaches the cloud\n"
        "   2025-02-27 (text) · Harbour Ledger · collection/2025/deepseek.txt#2 ·\n"
        "   lines 14-16\n"
        "   § Prices\n"
        "   … *DeepSeek* R1 *costs* 75% less. …\n"
        "   also in: wire/a#8 (Wire, 2025-02-28), wire/b#1\n"
        "\n"
        "2. 月之暗面发布新模型\n"
        "   k2#1 · line 1 of the text\n"
        "   *深度求索*降价\n"
        "\n"
        "12 passages in 4 articles · showing 1-2\n");
}

TEST_CASE("text: hits at 40 columns") {
  CHECK(to_text(samples::response(), {false, 40}) ==
        "1. DeepSeek's price cut reaches the\n"
        "   cloud\n"
        "   2025-02-27 (text) · Harbour Ledger ·\n"
        "   collection/2025/deepseek.txt#2 ·\n"
        "   lines 14-16\n"
        "   § Prices\n"
        "   … *DeepSeek* R1 *costs* 75% less. …\n"
        "   also in: wire/a#8 (Wire, 2025-02-28),\n"
        "   wire/b#1\n"
        "\n"
        "2. 月之暗面发布新模型\n"
        "   k2#1 · line 1 of the text\n"
        "   *深度求索*降价\n"
        "\n"
        "12 passages in 4 articles · showing 1-2\n");
}

TEST_CASE("text: hits in colour") {
  CHECK(to_text(samples::response(), {true, 80}) ==
        "1. \x1b[1mDeepSeek's price cut reaches the cloud\x1b[0m\n"
        "   \x1b[2m2025-02-27 (text) · Harbour Ledger · collection/2025/deepseek.txt#2 ·\x1b[0m\n"
        "   \x1b[2mlines 14-16\x1b[0m\n"
        "   § Prices\n"
        "   … \x1b[1;31mDeepSeek\x1b[0m R1 \x1b[1;31mcosts\x1b[0m 75% less. …\n"
        "   \x1b[2malso in: wire/a#8 (Wire, 2025-02-28), wire/b#1\x1b[0m\n"
        "\n"
        "2. \x1b[1m月之暗面发布新模型\x1b[0m\n"
        "   \x1b[2mk2#1 · line 1 of the text\x1b[0m\n"
        "   \x1b[1;31m深度求索\x1b[0m降价\n"
        "\n"
        "\x1b[2m12 passages in 4 articles · showing 1-2\x1b[0m\n");
}

TEST_CASE("text: a date says where it was found; one that the article states, if asked") {
  auto response = samples::response();
  const auto origin = [&](DateSource source, bool explain) {
    auto& hit = response.hits[0];
    hit.article.date_source = source;
    hit.explanation.reset();
    if (explain) hit.explanation.emplace();
    const std::string text = to_text(response, kPlain);
    const auto begin = text.find("2025-02-27");
    return text.substr(begin, text.find(" ·", begin) - begin);
  };
  CHECK(origin(DateSource::record, false) == "2025-02-27");
  CHECK(origin(DateSource::front_matter, false) == "2025-02-27");
  CHECK(origin(DateSource::meta, false) == "2025-02-27");
  CHECK(origin(DateSource::url, false) == "2025-02-27 (url)");
  CHECK(origin(DateSource::file_name, false) == "2025-02-27 (file name)");
  CHECK(origin(DateSource::record, true) == "2025-02-27 (record)");
}

TEST_CASE("text: no hits") {
  CHECK(to_text(samples::bare_response(), kPlain) == "No hits for: nothing\n");
  auto response = samples::bare_response();
  response.query = "a\x1b[2J\nb";
  CHECK(to_text(response, kPlain) == "No hits for: a\uFFFD[2J b\n");
}

TEST_CASE("text: a hit without metadata") {
  auto response = one_hit("Text.");
  response.hits[0].article.title = "";
  CHECK(to_text(response, kPlain) == "1. (no title)\n   a#1 · line 4\n   Text.\n\n1 passage in 1 article\n");
}

TEST_CASE("text: a rank of two digits indents by four") {
  auto response = one_hit("Text that runs over.");
  response.hits[0].rank = 10;
  response.offset = 9;
  CHECK(to_text(response, {false, 20}) ==
        "10. Title\n    a#1 · line 4\n    Text that runs\n    over.\n\n1 passage in\n1 article ·\nshowing 10-10\n");
}

TEST_CASE("text: nothing of an article reaches the terminal raw") {
  const std::string evil = "x\x1b]0;owned\x07y\u009B\x7f\n";
  auto response = one_hit(evil);
  Hit& hit = response.hits[0];
  hit.article.title = hit.article.source = hit.passage.heading = hit.passage.id = evil;
  hit.duplicates = {{evil, evil, evil, {}}};
  StoredArticle stored;
  stored.article = hit.article;
  stored.article.id = stored.article.author = stored.article.url = stored.article.path = evil;
  stored.article.language = evil;
  stored.article.tags = {evil};
  stored.passages = {hit.passage};
  IndexInfo info;
  info.languages = {{evil, 1}};
  for (const std::string& text : {to_text(response, kPlain), to_text(stored, kPlain), to_text(info, kPlain)}) {
    CHECK(text.find("x\uFFFD]0;owned\uFFFDy\uFFFD\uFFFD") != std::string::npos);
    for (const char* raw : {"\x1b", "\x07", "\x7f", "\u009B", "\r"}) CHECK(text.find(raw) == std::string::npos);
  }
}

TEST_CASE("text: … stands where words of the passage are left out") {
  struct Case {
    std::vector<ByteRange> fragments;
    std::string_view line;
  };
  const std::string text = "One two. Three four. Five six.\n";
  for (const Case& c : {Case{{{0, 30}}, "One two. Three four. Five six."},
                        {{{0, 8}}, "One two. …"},
                        {{{21, 30}}, "… Five six."},
                        {{{9, 20}}, "… Three four. …"},
                        {{{0, 8}, {21, 30}}, "One two. … Five six."},
                        {{{0, 8}, {9, 20}}, "One two. Three four. …"}}) {
    auto response = one_hit(text);
    response.hits[0].snippet.clear();
    for (const ByteRange bytes : c.fragments) {
      response.hits[0].snippet.push_back({text.substr(bytes.begin, bytes.size()), bytes, {}});
    }
    CHECK(to_text(response, kPlain).find("\n   " + std::string(c.line) + "\n\n") != std::string::npos);
  }
}

TEST_CASE("text: … is not left alone on a line") {
  auto response = one_hit("aaa bbb ccc ddd");
  response.hits[0].snippet = {{"bbb ccc", {4, 11}, {}}};
  CHECK(to_text(response, {false, 13}).find("\n   … bbb\n   ccc …\n") != std::string::npos);
}

TEST_CASE("text: marks that do not fit the text are left out") {
  auto response = one_hit("some text");
  response.hits[0].snippet[0].marks = {{0, 4}, {2, 6}, {5, 90}};
  CHECK(to_text(response, kPlain).find("\n   *some* text\n") != std::string::npos);
}

TEST_CASE("text: many duplicates") {
  auto response = one_hit("Text.");
  auto& duplicates = response.hits[0].duplicates;
  const auto line = [&] {
    const std::string text = to_text(response, kPlain);
    const std::size_t begin = text.find("   also in: ");
    return begin == std::string::npos ? "" : text.substr(begin, text.find('\n', begin) - begin);
  };
  CHECK(line().empty());
  for (const char* id : {"a#1", "b#1", "c#1", "d#1"}) duplicates.push_back({id, id, "", {}});
  CHECK(line() == "   also in: a#1, b#1, c#1, d#1");
  duplicates.push_back({"e", "e#1", "S", {}});
  CHECK(line() == "   also in: a#1, b#1, c#1, and 2 more");
}

TEST_CASE("text: the summary") {
  auto response = samples::response();
  CHECK(summary(response) == "12 passages in 4 articles · showing 1-2");
  response.offset = 10;
  response.limit = 10;
  CHECK(summary(response) == "12 passages in 4 articles · showing 11-12");
  response.offset = 0;
  CHECK(summary(response) == "12 passages in 4 articles");  // ten duplicates are folded: these are all
  response.total = {1234, 600, false};
  CHECK(summary(response) == "about 1,200 passages in about 600 articles");
  response.milliseconds = 3.14159;
  CHECK(summary(response) == "about 1,200 passages in about 600 articles · 3.1 ms");
  response.milliseconds.reset();
  response.by = ResultUnit::article;
  response.total = {12, 2, true};
  response.limit = 2;
  CHECK(summary(response) == "2 articles, 12 passages");
  response.hits.clear();
  response.offset = 1000;
  CHECK(summary(response) == "2 articles, 12 passages · none from 1,001 on");
}

TEST_CASE("text: an article") {
  CHECK(to_text(samples::stored(), {false, 60}) ==
        "DeepSeek's price cut reaches the cloud\n"
        "\n"
        "ID        collection/2025/deepseek.txt\n"
        "Source    Harbour Ledger\n"
        "Author    Ada Wong\n"
        "Date      2025-02-27 (from the text)\n"
        "Language  en\n"
        "Tags      prices, cloud\n"
        "URL       https://example.org/2025/deepseek\n"
        "File      /data/collection/2025/deepseek.txt\n"
        "Passages  3\n"
        "\n"
        "collection/2025/deepseek.txt#1 · lines 3-6\n"
        "The company cut prices on Thursday.\n"
        "\n"
        "Rivals answered within the day.\n"
        "\n"
        "collection/2025/deepseek.txt#2 · lines 14-16\n"
        "§ Prices\n"
        "A discount applies at night. DeepSeek R1 costs 75% less.\n"
        "Others will follow.\n"
        "\n"
        "collection/2025/deepseek.txt#3 · line 18\n"
        "Shares rose.\n");
}

TEST_CASE("text: one passage of an article of which little is known") {
  StoredArticle stored;
  stored.article.id = "k2";
  stored.article.path = "/data/feed.jsonl";
  stored.article.record = 1207;
  stored.article.language = "und";
  stored.article.passages = 5;
  stored.article.bytes_of = BytesOf::field;
  stored.passages = {{"k2#2", 2, "", {0, 3}, {2, 3}, "Hi.\r\n\r\n \r\nYou.\n\n"}};
  CHECK(to_text(stored, kPlain) ==
        "(no title)\n"
        "\n"
        "ID        k2\n"
        "File      /data/feed.jsonl, record 1,207\n"
        "Passages  5 (1 shown)\n"
        "\n"
        "k2#2 · lines 2-3 of the text\n"
        "Hi.\n"
        "\n"
        "You.\n");
}

TEST_CASE("text: an index") {
  CHECK(to_text(samples::info(), kPlain) ==
        "Articles        1,234\n"
        "Passages       56,789\n"
        "Terms         123,456\n"
        "Tokens      9,876,543\n"
        "Text          53.1 MB\n"
        "On disk       98.2 MB\n"
        "Batches            12\n"
        "Sequence        1,240\n"
        "Generation          3\n"
        "Dates       2023-08-15 to 2025-12-01\n"
        "Languages   en 40,000 · zh 16,000 · de 789 passages\n");
}

TEST_CASE("text: an empty index") {
  CHECK(to_text(IndexInfo{}, kPlain) ==
        "Articles          0\n"
        "Passages          0\n"
        "Terms             0\n"
        "Tokens            0\n"
        "Text        0 bytes\n"
        "On disk     0 bytes\n"
        "Batches           0\n"
        "Sequence          0\n"
        "Generation        0\n");
}

TEST_CASE("text: facets behind the hits, in columns") {
  const std::string text = to_text(samples::detailed_response(), {false, 80});
  CHECK(
      text.ends_with("\nsource\n  Harbour Ledger  1,200\n  新浪                7\n\ncompany\n  deepseek  5\n\nmonth\n  "
                     "2025-01  3\n  2025-02  9\n"));
}

TEST_CASE("text: what made a score") {
  const std::string text = to_text(samples::detailed_response(), {false, 80});
  CHECK(text.find("   score 5.321 = (3.333 of collection/2025/deepseek.txt#2 + 1.500 x 4.038 of its article + 1.250 of "
                  "similar ones) x 0.500 for its age\n"
                  "   word      weight    idf     tf  saturation  passage    idf     tf  saturation  article\n"
                  "   deepseek   1.000  2.000  3.000       1.500    3.333  1.500  4.000       1.200    2.538\n"
                  "   \"价格\"     0.500  4.000  0.000       1.500    0.000  3.000  1.000       1.200    1.500\n") !=
        std::string::npos);
}

TEST_CASE("text: the analysis of a query") {
  const std::string text = to_text(samples::analysis());
  CHECK(text.find('\x1b') == std::string::npos);
  CHECK(text.find("Tokens\n"
                  "  gpt    piece    gpt   7-10\n"
                  "  gpt4o  whole  gpt4o   7-13\n"
                  "  价格    gram   价格  16-23\n"
                  "\nCompanies, by any name\n"
                  "  acme  16-23\n"
                  "\nTree\n"
                  "  should group  (0-24)\n"
                  "    must word title:GPT-4o  (1-13)\n"
                  "    must_not near/5  (15-24)\n") != std::string::npos);
  CHECK(text.ends_with("Warnings\n  at byte 15: no passage has \"价格\" (did you mean 价?)\n"));
}

TEST_CASE("text: an evaluation") {
  EvaluationReport report = samples::evaluation();
  CHECK(to_text(report, true) ==
        "topic  nDCG@10     MAP  MRR@10   R@100    P@10  against bm25\n"
        "q1      1.0000  1.0000  1.0000  1.0000  0.1000       +0.0000\n"
        "q2      0.5000  0.2500  0.2500  1.0000  0.1000       +0.5000\n"
        "\n"
        "run         nDCG@10      MAP   MRR@10    R@100     P@10\n"
        "nutgraf      0.7500   0.6250   0.6250   1.0000   0.1000\n"
        "bm25         0.5000   0.5000   0.5000   0.5000   0.0500\n"
        "difference  +0.2500  +0.1250  +0.1250  +0.5000  +0.0500\n"
        "p            0.5000   0.5000   0.5000   0.5000   1.0000\n"
        "\n"
        "2 topics; left out, with nothing relevant known: 3\n");
  report.baseline.reset();
  report.evaluation.unanswered = 1;
  report.evaluation.left_out = 0;
  CHECK(to_text(report, false) ==
        "run      nDCG@10     MAP  MRR@10   R@100    P@10\n"
        "nutgraf   0.7500  0.6250  0.6250  1.0000  0.1000\n"
        "\n"
        "2 topics, 1 of them without a result\n");
}
