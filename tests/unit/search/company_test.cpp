// Companies as conditions and facets.
#include <doctest/doctest.h>

#include <memory>
#include <set>

#include "nutgraf/error.h"
#include "unit/search/support.h"

using namespace nutgraf;
using namespace nutgraf::test;

namespace {

const CompanyMatcher& companies() {
  static const CompanyMatcher matcher = read_companies(
      R"({"schema": "nutgraf.companies/1",
          "companies": [{"id": "bytedance", "name": "ByteDance", "aliases": ["字节跳动"], "products": ["Doubao"]},
                        {"id": "tencent", "name": "Tencent"}, {"id": "nobody", "name": "Nobody Inc"}]})",
      "table");
  return matcher;
}

const SmallIndex& small_index() {
  static const SmallIndex index = [] {
    BatchOptions options;
    options.companies = &companies();
    return SmallIndex({{"a", "", "Doubao is a chatbot.", "", ""},
                       {"b", "", "字节跳动发布新模型。", "2025-01-01", "", "zh"},
                       {"c", "", "Tencent is no maker of the chatbot Doubao.", "", ""},
                       {"d", "", "A chatbot of nobody.", "", ""}},
                      options);
  }();
  return index;
}

SearchRequest request_of(const std::string& query, const std::string& company = {}) {
  SearchRequest request;
  request.query = query;
  request.company = company;
  return request;
}

std::size_t hits(const std::string& query) { return small_index().search(query).hits.size(); }

}  // namespace

TEST_CASE("companies: a condition takes an id or any name, in any script") {
  for (const char* name : {"bytedance", "ByteDance", "字節跳動", "doubao"}) {
    INFO(name);
    CHECK(hits("company:" + std::string(name)) == 3);
    CHECK(small_index().search(request_of("chatbot", name)).hits.size() == 2);
  }
  CHECK(articles(small_index().search("company:tencent")) == "c");
  CHECK(articles(small_index().search("chatbot company:tencent")) == "c");
  CHECK(hits("chatbot -company:tencent") == 2);
  CHECK(hits("company:tencent company:bytedance") == 3);
}

TEST_CASE("companies: what no company is called is told, with what was perhaps meant") {
  const auto misspelt = small_index().search("chatbot company:bytedanse");
  CHECK(misspelt.hits.empty());
  REQUIRE_FALSE(misspelt.warnings.empty());
  CHECK(misspelt.warnings.front().message == "no company is called \"bytedanse\"");
  CHECK(misspelt.warnings.front().suggestion.value_or("") == "company:bytedance");
  const auto absent = small_index().search("company:nobody");
  REQUIRE_FALSE(absent.warnings.empty());
  CHECK(absent.warnings.front().message == "no passage speaks of the company \"nobody\"");
}

TEST_CASE("companies: counted as a facet, and listed with each article") {
  SearchRequest request = request_of("chatbot");
  request.facets = {"company"};
  const auto response = small_index().search(request);
  REQUIRE(response.facets.size() == 1);
  REQUIRE(response.facets[0].values.size() == 2);
  CHECK(response.facets[0].values[0].value == "bytedance");
  CHECK(response.facets[0].values[0].count == 2);
  CHECK(response.facets[0].values[1].value == "tencent");
  for (const auto& hit : response.hits) {
    if (hit.article.id == "c") CHECK(hit.article.companies == std::vector<std::string>{"bytedance", "tencent"});
    if (hit.article.id == "d") CHECK(hit.article.companies.empty());
  }
}

TEST_CASE("companies: the facet counts articles of which a passage that matches speaks of them") {
  std::string text;
  for (int i = 0; i < 3; ++i) {
    text += "Tencent chatbot " + std::to_string(i) + ".";
    for (int word = 0; word < 150; ++word)
      text += " word" + std::to_string(150 * i + word) + (word % 15 == 14 ? "." : "");
    text += "\n\n";
  }
  BatchOptions options;
  options.companies = &companies();
  const SmallIndex index({{"long", "", text, "", ""}, {"short", "", "Tencent chatbot.", "", ""}}, options);
  SearchRequest request = request_of("chatbot");
  request.facets = {"company"};
  CHECK(index.search(request).facets[0].values[0].count == 4);
  request.by = ResultUnit::article;
  CHECK(index.search(request).facets[0].values[0].count == 2);
}

TEST_CASE("companies: summaries, alone and with another company") {
  const auto all = company_summaries(small_index().path());
  REQUIRE(all.size() == 2);
  CHECK(all[0].id == "bytedance");
  CHECK(all[0].name == "ByteDance");
  CHECK(all[0].articles == 3);
  CHECK(all[0].passages == 3);
  CHECK(all[0].first.iso() == "2025-01-01");
  CHECK_FALSE(all[1].first.known());
  const auto with = company_summaries(small_index().path(), "字节跳动");
  REQUIRE(with.size() == 1);
  CHECK(with[0].id == "tencent");
  CHECK(with[0].articles == 1);
  CHECK_THROWS_AS(static_cast<void>(company_summaries(small_index().path(), "nothing")), Error);
}

TEST_CASE("companies: a company alone ranks the passages that speak most of it first") {
  BatchOptions options;
  options.companies = &companies();
  const SmallIndex index(
      {{"once", "", "Rivals such as Tencent were not named by the ministry in its report.", "2025-03-01", ""},
       {"title", "Tencent buys", "The company did.", "2025-01-01", ""},
       {"often", "", "Tencent grew, and Tencent sold.", "2025-02-01", ""}},
      options);
  CHECK(articles(index.search("company:tencent")) == "title often once");
}

// ---- the name of a company in a query ----

namespace {

const CompanyMatcher& named_companies_table() {
  static const CompanyMatcher matcher = read_companies(
      R"({"schema": "nutgraf.companies/1", "context": ["shares"],
          "companies": [{"id": "bytedance", "name": "ByteDance", "aliases": ["字节跳动", "Bytedance Ltd"],
                         "products": ["Doubao"]},
                        {"id": "apple", "name": "Apple", "aliases": ["苹果公司"], "guarded": ["Apple"]},
                        {"id": "the-who", "name": "The Who Records"},
                        {"id": "nobody", "name": "Nobodytech", "aliases": ["Nobodytech Face"]}]})",
      "table");
  return matcher;
}

const SmallIndex& names_index() {
  static const auto index = [] {
    BatchOptions options;
    options.companies = &named_companies_table();
    auto made = std::make_unique<SmallIndex>(
        std::vector<Record>{
            {"en", "", "A chatbot by ByteDance grew.", "2025-01-05", ""},
            {"zh", "", "字节跳动发布新手机。", "2025-01-04", "", "zh"},
            {"both", "", "Bytedance Ltd, in Chinese 字节跳动, is a company; ByteDance.", "2025-01-03", ""},
            {"product", "", "Doubao is a chatbot.", "2025-01-02", ""},
            {"ltd", "", "Smith Ltd sells paper.", "2025-01-01", ""},
            {"company", "", "The shares of Apple fell.", "2025-02-05", ""},
            {"company-zh", "", "苹果公司公布财报。", "2025-02-04", "", "zh"},
            {"fruit", "", "An apple a day.", "2025-02-03", ""},
            {"band", "", "She signed with The Who Records.", "2025-02-02", ""}},
        options);
    made->add({{"untagged", "", "A phone by ByteDance.", "2025-01-06", ""},
               {"untagged-zh", "", "这是字节跳动的手机。", "2025-01-07", "", "zh"}});
    return made;
  }();
  return *index;
}

std::set<std::string> found(const std::string& query, bool expand = true) {
  SearchRequest request = request_of(query);
  request.expand = expand;
  std::set<std::string> ids;
  for (const auto& hit : names_index().search(request).hits) ids.insert(hit.article.id);
  return ids;
}

using Ids = std::set<std::string>;

}  // namespace

TEST_CASE("a name in a query: every name of the company finds the same passages, in the same order") {
  const auto tagged = [](const std::string& query) {
    std::string ids;
    for (const auto& hit : names_index().search(query).hits) {
      if (!hit.article.id.starts_with("untagged")) ids += hit.article.id + " ";
    }
    return ids;
  };
  for (const char* name : {"ByteDance", "bytedance", "Bytedance Ltd", "BYTEDANCE LTD", "字节跳动", "字節跳動"}) {
    INFO(name);
    CHECK(tagged(name) == "both en zh ");
  }
}

TEST_CASE("a name in a query: passages without tags are found by the words typed") {
  CHECK(found("ByteDance") == Ids{"both", "en", "zh", "untagged"});
  CHECK(found("字节跳动") == Ids{"both", "en", "zh", "untagged-zh"});
  CHECK(names_index().search("ByteDance phone").hits.front().article.id == "untagged");
}

TEST_CASE("a name in a query: without expansion it is its words") {
  CHECK(found("ByteDance", false) == Ids{"en", "both", "untagged"});
  CHECK(found("Bytedance Ltd", false) == Ids{"en", "both", "untagged", "ltd"});
  SearchRequest yardstick = request_of("ByteDance");
  yardstick.rank = RankMode::bm25;
  CHECK(names_index().search(yardstick).hits.size() == 3);
}

TEST_CASE("a name in a query: under operators") {
  CHECK(found("+字节跳动 chatbot") == found("字节跳动"));
  CHECK(found("字节跳动 AND chatbot") == Ids{"en"});
  CHECK(found("chatbot -字节跳动") == Ids{"product"});
  CHECK(found("chatbot NOT ByteDance") == Ids{"product"});
  CHECK(found("(ByteDance OR Apple) AND shares") == Ids{"company"});
  CHECK(found("\"字节跳动\"") == Ids{"zh", "both", "untagged-zh"});
  CHECK(found("\"Bytedance Ltd\"") == Ids{"both"});
  CHECK(found("title:ByteDance").empty());
  CHECK(found("Bytedance OR Ltd").contains("ltd"));  // no longer side by side
  CHECK(found("ByteDance NEAR/3 chatbot") == Ids{"en"});
  CHECK(found("bytedance*") == Ids{"en", "both", "untagged"});
}

TEST_CASE("a name in a query: plain text is read the same way") {
  SearchRequest request = request_of("what about Bytedance Ltd?");
  request.syntax = QuerySyntax::words;
  CHECK(articles(names_index().search(request)).find("zh") != std::string::npos);
}

TEST_CASE("a name in a query: a common word is the company where it has the capital, and the word always") {
  CHECK(found("Apple") == Ids{"company", "company-zh", "fruit"});
  CHECK(found("apple") == Ids{"company", "fruit"});
  CHECK(found("苹果公司") == Ids{"company", "company-zh"});
}

TEST_CASE("a name in a query: words that say little elsewhere are part of it") {
  CHECK(found("The Who Records") == Ids{"band"});
  CHECK(found("who signed The Who Records") == Ids{"band"});
}

TEST_CASE("a name in a query: the snippet marks every name") {
  const auto response = names_index().search("bytedance");
  REQUIRE(response.hits.front().article.id == "both");
  const auto& fragment = response.hits.front().snippet.front();
  std::string marked;
  for (const auto& mark : fragment.marks) marked += "[" + fragment.text.substr(mark.begin, mark.size()) + "]";
  CHECK(marked == "[Bytedance Ltd][字节跳动][ByteDance]");
}

TEST_CASE("a name in a query: it scores once, whatever it is made of and however often it is there") {
  for (const char* name : {"ByteDance", "Bytedance Ltd", "字节跳动", "ByteDance 字节跳动"}) {
    INFO(name);
    SearchRequest request = request_of(name);
    request.explain = true;
    const auto hit = names_index().search(request).hits.front();
    REQUIRE(hit.explanation.has_value());
    REQUIRE(hit.explanation->words.size() == 1);
    const WordScore& word = hit.explanation->words.front();
    CHECK(word.word == "bytedance (any name)");
    CHECK(word.passage.tf == 3);
    CHECK(word.passage.score == doctest::Approx(hit.explanation->passage));
    CHECK(hit.score == doctest::Approx(hit.explanation->total));
  }
}

TEST_CASE("a name in a query: what is known and of no passage is not taken for a slip") {
  for (const char* query : {"Nobodytech", "chatbot Nobodytech", "Nobodytech Face"}) {
    INFO(query);
    const auto response = names_index().search(query);
    REQUIRE(response.warnings.size() == 1);
    CHECK(response.warnings.front().message.starts_with("no passage speaks of the company \"Nobodytech"));
    CHECK_FALSE(response.warnings.front().suggestion);
    CHECK_FALSE(response.corrected);
  }
}

TEST_CASE("a name in a query: its analysis says so, and the canonical form stays as it was") {
  Searcher searcher(names_index().path());
  const auto analysis = searcher.analyze(request_of("new Bytedance Ltd +Apple Nobodytech"));
  REQUIRE(analysis.companies.size() == 2);
  CHECK(analysis.companies[0].id == "bytedance");
  CHECK(analysis.companies[0].bytes == ByteRange{4, 17});
  CHECK(analysis.companies[1].id == "apple");
  CHECK(analysis.companies[1].bytes == ByteRange{19, 24});
  CHECK(analysis.parsed == "new Bytedance Ltd +Apple Nobodytech");
  CHECK(to_string(parse_query(analysis.parsed).root) == analysis.parsed);
  SearchRequest request = request_of("ByteDance");
  request.expand = false;
  CHECK(searcher.analyze(request).companies.empty());
}
