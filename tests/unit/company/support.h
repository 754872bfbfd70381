// Small tables for the tests of companies.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "nutgraf/company.h"

namespace nutgraf::test {

inline CompanyMatcher matcher_of(const std::string& companies, const std::string& context = R"(["shares", "发布"])") {
  return read_companies(
      R"({"schema": "nutgraf.companies/1", "context": )" + context + R"(, "companies": [)" + companies + "]}",
      "a table");
}

/// What the texts of one article name: "id:text" of each mention, a list a text.
inline std::vector<std::vector<std::string>> named_in(const CompanyMatcher& matcher,
                                                      const std::vector<std::string>& texts) {
  Analyzer analyzer;
  TokenStream stream;
  std::vector<std::vector<CompanyMention>> mentions(texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    analyzer.tokenize(texts[i], "en", stream);
    matcher.find(stream.tokens(), texts[i], mentions[i]);
  }
  settle_mentions(mentions);
  std::vector<std::vector<std::string>> named(texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    for (const CompanyMention& mention : mentions[i]) {
      named[i].push_back(matcher.table().companies[mention.company].id + ":" +
                         texts[i].substr(mention.begin, mention.end - mention.begin));
    }
  }
  return named;
}

inline std::vector<std::string> named_in(const CompanyMatcher& matcher, const std::string& text) {
  return named_in(matcher, std::vector{text}).front();
}

}  // namespace nutgraf::test
