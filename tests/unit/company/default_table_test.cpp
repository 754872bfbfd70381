// The table that is installed with the program.
#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "support.h"

using namespace nutgraf;
using nutgraf::test::named_in;

namespace {

std::string text_of_default() {
  const std::ifstream file(NUTGRAF_SOURCE_DIR "/corpus/companies.json");
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

const CompanyMatcher& default_table() {
  static const CompanyMatcher matcher = read_companies(text_of_default(), "corpus/companies.json");
  return matcher;
}

std::string company_of(const std::string& name) {
  return CompanyNames(default_table().names()).resolve(name, Analyzer());
}

}  // namespace

TEST_CASE("default companies: many, sorted by id, no text twice in a company") {
  const auto json = nlohmann::ordered_json::parse(text_of_default());
  std::vector<std::string> ids;
  for (const auto& company : json["companies"]) {
    ids.push_back(company["id"]);
    std::vector<std::string> names{company["name"]};
    for (const char* key : {"aliases", "short", "tickers", "products"}) {
      for (const auto& name : company.value(key, nlohmann::ordered_json::array())) names.push_back(name);
    }
    std::sort(names.begin(), names.end());
    INFO(ids.back());
    CHECK(std::adjacent_find(names.begin(), names.end()) == names.end());
  }
  CHECK(ids.size() >= 120);
  CHECK(std::is_sorted(ids.begin(), ids.end()));
}

TEST_CASE("default companies: aliases, odd translations and products lead to their company") {
  const std::pair<const char*, const char*> expected[]{{"Moon's Dark Side", "moonshot-ai"},
                                                       {"月之暗面", "moonshot-ai"},
                                                       {"Stepwise Stars", "stepfun"},
                                                       {"ZeroOne Everything", "01-ai"},
                                                       {"Kuake", "alibaba"},
                                                       {"Tongyi Qianwen", "alibaba"},
                                                       {"Doubao", "bytedance"},
                                                       {"字節跳動", "bytedance"},
                                                       {"Bytedance Ltd", "bytedance"},
                                                       {"Qwen", "alibaba"},
                                                       {"WeChat", "tencent"},
                                                       {"騰訊", "tencent"},
                                                       {"ERNIE", "baidu"},
                                                       {"Grok", "xai"},
                                                       {"Claude Code", "anthropic"},
                                                       {"輝達", "nvidia"},
                                                       {"Little Red Book", "xiaohongshu"},
                                                       {"Yushu Technology", "unitree"},
                                                       {"Keling", "kuaishou"},
                                                       {"0700.HK", "tencent"},
                                                       {"deep seek", "deepseek"}};
  for (const auto& [name, id] : expected) {
    INFO(name);
    CHECK(company_of(name) == id);
  }
}

TEST_CASE("default companies: common words are no companies") {
  for (const char* text : {"He ate an apple under an oak, arm in arm with a meta-analyst", "an ant colony",
                           "the oracle spoke of unity and intel", "一碗小米粥和一个苹果", "系统可灵活部署"}) {
    INFO(text);
    CHECK(named_in(default_table(), std::string(text)).empty());
  }
}
