// Companies as conditions and facets.
#include <doctest/doctest.h>

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
