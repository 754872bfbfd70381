#include "index/terms.h"

#include <xxhash.h>

#include <array>
#include <cstdio>

namespace nutgraf {
namespace {

std::string prefixed(std::string_view prefix, std::string_view value) {
  std::string term;
  term.reserve(prefix.size() + value.size());
  term.append(prefix).append(value);
  if (term.size() <= kMaxTermBytes) return term;
  std::array<char, 17> hash{};
  std::snprintf(hash.data(), hash.size(), "%016llx",
                static_cast<unsigned long long>(XXH3_64bits(value.data(), value.size())));
  return term.substr(0, kMaxTermBytes - 16) + hash.data();
}

}  // namespace

std::string article_term(std::string_view id) { return prefixed(kArticlePrefix, id); }

std::string fold(std::string_view text, const Analyzer& analyzer) {
  TokenStream stream;
  analyzer.tokenize(text, "en", stream);
  std::string folded;
  for (const Token& token : stream.tokens()) {
    if (token.role != TokenRole::piece) continue;
    if (!folded.empty()) folded += ' ';
    folded += token.surface;
  }
  return folded;
}

std::string source_term(std::string_view source, const Analyzer& analyzer) {
  const std::string folded = fold(source, analyzer);
  return folded.empty() ? std::string() : prefixed(kSourcePrefix, folded);
}

std::string year_term(Date date) { return std::string(kYearPrefix) + std::to_string(date.number() / 10000); }
std::string month_term(Date date) { return std::string(kMonthPrefix) + std::to_string(date.number() / 100); }
std::string day_term(Date date) { return std::string(kDayPrefix) + std::to_string(date.number()); }

std::uint64_t term_hash(std::string_view term) { return XXH3_64bits(term.data(), term.size()); }

}  // namespace nutgraf
