#include "search/correct.h"

#include <algorithm>
#include <vector>

#include "index/terms.h"
#include "nutgraf/spelling.h"
#include "text/utf8.h"

namespace nutgraf {
namespace {

struct Replacement {
  std::size_t byte = 0;
  std::size_t size = 0;
  std::string word;
};

std::string with(std::string query, std::vector<Replacement> replacements) {
  std::sort(replacements.begin(), replacements.end(), [](const auto& a, const auto& b) { return a.byte > b.byte; });
  for (const auto& replacement : replacements) query.replace(replacement.byte, replacement.size, replacement.word);
  return query;
}

// The word list keeps the words of articles that are gone: only what has postings is worth a suggestion.
bool has_postings(std::string_view word, LiveIndex& live, const Analyzer& analyzer) {
  const auto terms = analyzer.terms_of(word, live.manifest().languages);
  return std::any_of(terms.begin(), terms.end(),
                     [&](const std::string& term) { return live.frequency(std::string(kBodyPrefix) + term) > 0; });
}

// A compound ("Deepseke-R1") by its pieces, if what comes out is a word of the index.
std::optional<std::string> correct_compound(const std::string& word, const Speller& speller, const Analyzer& analyzer) {
  TokenStream stream;
  analyzer.tokenize(word, "en", stream);
  std::vector<Replacement> pieces;
  for (const Token& token : stream.tokens()) {
    if (token.role != TokenRole::piece) continue;
    const auto corrections = speller.corrections(token.surface, 1);
    if (!corrections.empty()) pieces.push_back({token.begin, token.end - token.begin, corrections.front().word});
  }
  std::string corrected = with(word, pieces);
  if (pieces.empty() || !speller.knows(corrected)) return {};
  return corrected;
}

std::optional<std::string> correct_word(const std::string& word, const Speller& speller, const Analyzer& analyzer) {
  const auto corrections = speller.corrections(word, 1);
  return corrections.empty() ? correct_compound(word, speller, analyzer) : corrections.front().word;
}

// How many bytes at `byte` of the query are the word `subject`; 0 where it was typed in a way that the parser put
// right.
std::size_t size_in_query(std::string_view query, const Diagnostic& warning, const Analyzer& analyzer) {
  const std::string_view rest = query.substr(std::min(warning.byte, query.size()));
  if (rest.starts_with(warning.subject)) return warning.subject.size();
  constexpr std::size_t kLongest = 200;  // accents and width make what is typed longer than its folded form
  TokenStream stream;
  analyzer.tokenize(rest.substr(0, code_point_start(rest, std::min(rest.size(), kLongest))), "en", stream);
  for (const Token& token : stream.tokens()) {
    if (token.begin == 0 && token.surface == warning.subject) return token.end;
  }
  return 0;
}

}  // namespace

std::optional<std::string> suggest_corrections(SearchResponse& response, LiveIndex& live, const Analyzer& analyzer) {
  std::optional<Speller> speller;
  std::vector<Replacement> replacements;
  for (Diagnostic& warning : response.warnings) {
    const bool name = warning.kind == DiagnosticKind::unknown_field && warning.suggestion;
    if (name) replacements.push_back({warning.byte, warning.subject.size() + 1, *warning.suggestion});
    if (warning.kind != DiagnosticKind::unknown_word || warning.suggestion) continue;
    if (!speller)
      speller.emplace(live.path(), [&](std::string_view word) { return has_postings(word, live, analyzer); });
    warning.suggestion = correct_word(warning.subject, *speller, analyzer);
    const std::size_t size = warning.suggestion ? size_in_query(response.query, warning, analyzer) : 0;
    if (size > 0) replacements.push_back({warning.byte, size, *warning.suggestion});
  }
  if (replacements.empty()) return {};
  return with(response.query, std::move(replacements));
}

}  // namespace nutgraf
