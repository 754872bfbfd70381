#include "search/correct.h"

#include <algorithm>

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

}  // namespace

std::optional<std::string> Corrector::suggest(SearchResponse& response) {
  std::vector<Replacement> replacements;
  for (Diagnostic& warning : response.warnings) {
    if (warning.kind != DiagnosticKind::unknown_word || warning.suggestion) continue;
    if (!speller_) speller_ = std::make_unique<Speller>(index_);
    const auto corrections = speller_->corrections(warning.subject, 1);
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
