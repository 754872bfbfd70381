#include <doctest/doctest.h>

#include <algorithm>

#include "support.h"

using namespace nutgraf;

namespace {

CompanyNames names() {
  return CompanyNames(
      test::matcher_of(R"({"id": "bytedance", "name": "ByteDance", "aliases": ["Bytedance Ltd", "字节跳动"],
                                           "short": ["字节"], "products": ["TikTok"]},
                                          {"id": "apple", "name": "Apple", "aliases": ["Apple Inc"], "guarded": ["Apple"],
                                           "not": ["apple pie"],
                                           "tickers": ["AAPL"]},
                                          {"id": "honor", "name": "Honor Device", "aliases": ["荣耀"], "guarded": ["荣耀"]},
                                          {"id": "li-auto", "name": "Ideal Cars"})")
          .names());
}

// "bytedance[ByteDance Ltd] apple[Apple]"
std::string named(const std::string& query) {
  Analyzer analyzer;
  TokenStream stream;
  analyzer.tokenize(query, "en", stream);
  std::string text;
  for (const auto& found : names().find(stream.tokens(), query)) {
    text += (text.empty() ? "" : " ") + found.id + "[" + query.substr(found.bytes.begin, found.bytes.size()) + "]";
    CHECK_FALSE(found.surfaces.empty());
  }
  return text;
}

}  // namespace

TEST_CASE("company names: those that a query names, by the longest name at each place") {
  CHECK(named("bytedance") == "bytedance[bytedance]");
  CHECK(named("ByteDance Ltd phone") == "bytedance[ByteDance Ltd]");
  CHECK(named("a phone by bytedance-ltd") == "bytedance[bytedance-ltd]");
  CHECK(named("看字節跳動手機") == "bytedance[字節跳動]");
  CHECK(named("the ByteDance phone, Ideal Cars") == "bytedance[ByteDance] li-auto[Ideal Cars]");
  CHECK(named("byte dancer ideal").empty());
  CHECK(named("").empty());
}

TEST_CASE("company names: the pieces of a name are neighbours") {
  CHECK(named("Ideal Cars") == "li-auto[Ideal Cars]");
  CHECK(named("Ideal, Cars").empty());
}

TEST_CASE("company names: products, tickers, short forms and guarded names typed small are words") {
  CHECK(named("TikTok").empty());
  CHECK(named("Apple TikTok") == "apple[Apple]");
  CHECK(named("AAPL").empty());
  CHECK(named("字节").empty());
  CHECK(named("apple").empty());
  CHECK(named("Apple") == "apple[Apple]");
  CHECK(named("apple inc") == "apple[apple inc]");
  CHECK(named("Apple pie").empty());
}

TEST_CASE("company names: a guarded name without letters of two cases counts in either script") {
  CHECK(named("荣耀手机") == "honor[荣耀]");
  CHECK(named("榮耀手機") == "honor[榮耀]");
  for (const auto& spelling : names().spellings("honor")) CHECK(spelling.written.empty());
}

TEST_CASE("company names: all that texts may call a company, and how it must be written") {
  std::string text;
  for (const auto& spelling : names().spellings("apple")) {
    for (const auto& surface : spelling.surfaces) text += surface + " ";
    for (const auto& written : spelling.written) text += "(" + written + ") ";
  }
  CHECK(text == "aapl (AAPL) apple (Apple) apple inc ");
  const auto spellings = names().spellings("bytedance");
  CHECK(spellings.size() == 5);
  CHECK(std::count_if(spellings.begin(), spellings.end(),
                      [](const auto& spelling) { return spelling.kind == NameKind::product; }) == 1);
  CHECK(names().spellings("byte").empty());
}

TEST_CASE("company names: a company by id, name, alias or product") {
  const Analyzer analyzer;
  CHECK(names().resolve("li-auto", analyzer) == "li-auto");
  CHECK(names().resolve("ideal cars", analyzer) == "li-auto");
  CHECK(names().resolve("字節跳動", analyzer) == "bytedance");
  CHECK(names().resolve("tiktok", analyzer) == "bytedance");
  CHECK(names().resolve("apple", analyzer) == "apple");
  CHECK(names().resolve("nobody", analyzer).empty());
  CHECK(names().resolve("apple pie", analyzer).empty());
  CHECK(names().resolve("", analyzer).empty());
  CHECK(names().nearest("bytedanse", analyzer) == "bytedance");
  CHECK(names().nearest("nobody", analyzer).empty());
  CHECK(CompanyNames().resolve("apple", analyzer).empty());
}
