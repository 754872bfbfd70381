#include "search/correct.h"

#include <algorithm>
#include <vector>

#include "index/terms.h"
#include "nutgraf/spelling.h"

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
  return std::any_of(terms.begin(), terms.end(), [&](const std::string& term) {
    return live.database().term_exists(std::string(kBodyPrefix) + term);
  });
}

}  // namespace

std::optional<std::string> suggest_corrections(SearchResponse& response, LiveIndex& live, const Analyzer& analyzer) {
  std::optional<Speller> speller;
  std::vector<Replacement> replacements;
  for (Diagnostic& warning : response.warnings) {
    if (warning.kind != DiagnosticKind::unknown_word || warning.suggestion) continue;
    if (!speller)
      speller.emplace(live.path(), [&](std::string_view word) { return has_postings(word, live, analyzer); });
    const auto corrections = speller->corrections(warning.subject, 1);
    if (corrections.empty()) continue;
    warning.suggestion = corrections.front().word;
    // The place is that of the word, unless it was typed in a way that the parser put right.
    if (response.query.compare(warning.byte, warning.subject.size(), warning.subject) != 0) continue;
    replacements.push_back({warning.byte, warning.subject.size(), corrections.front().word});
  }
  if (replacements.empty()) return {};
  return with(response.query, std::move(replacements));
}

}  // namespace nutgraf
