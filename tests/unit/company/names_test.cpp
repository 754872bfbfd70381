#include <doctest/doctest.h>

#include "support.h"

using namespace nutgraf;

namespace {

CompanyNames names() {
  return CompanyNames(
      test::matcher_of(R"({"id": "bytedance", "name": "ByteDance", "aliases": ["Bytedance Ltd", "字节跳动"],
                                           "short": ["字节"], "products": ["TikTok"]},
                                          {"id": "apple", "name": "Apple", "aliases": ["Apple Inc"], "guarded": ["Apple"],
                                           "tickers": ["AAPL"]},
                                          {"id": "li-auto", "name": "Ideal Cars"})")
          .names());
}

std::string named(const std::string& query, std::uint32_t position = 0) {
  Analyzer analyzer;
  TokenStream stream;
  analyzer.tokenize(query, "en", stream);
  const auto found = names().named_at(stream.tokens(), query, position);
  return found ? found->id + "/" + std::to_string(found->pieces) : "none";
}

}  // namespace

TEST_CASE("company names: the longest name at a place of a query") {
  CHECK(named("bytedance") == "bytedance/1");
  CHECK(named("ByteDance Ltd phone") == "bytedance/2");
  CHECK(named("字節跳動") == "bytedance/4");
  CHECK(named("the ByteDance phone", 1) == "bytedance/1");
  CHECK(named("the ByteDance phone", 2) == "none");
}

TEST_CASE("company names: products, tickers, short forms and guarded names typed small are words") {
  CHECK(named("TikTok") == "none");
  CHECK(named("AAPL") == "none");
  CHECK(named("字节") == "none");
  CHECK(named("apple") == "none");
  CHECK(named("Apple") == "apple/1");
  CHECK(named("apple inc") == "apple/2");
}

TEST_CASE("company names: a company by id, name, alias or product") {
  const Analyzer analyzer;
  CHECK(names().resolve("li-auto", analyzer) == "li-auto");
  CHECK(names().resolve("ideal cars", analyzer) == "li-auto");
  CHECK(names().resolve("字節跳動", analyzer) == "bytedance");
  CHECK(names().resolve("tiktok", analyzer) == "bytedance");
  CHECK(names().resolve("apple", analyzer) == "apple");
  CHECK(names().resolve("nobody", analyzer).empty());
  CHECK(names().resolve("", analyzer).empty());
  CHECK(names().nearest("bytedanse", analyzer) == "bytedance");
  CHECK(names().nearest("nobody", analyzer).empty());
  CHECK(CompanyNames().resolve("apple", analyzer).empty());
}
