#include "search/no_hits.h"

#include <algorithm>
#include <string>

namespace nutgraf {
namespace {

using Xapian::Query;

// So many parts are tried one by one.
constexpr std::size_t kTried = 20;

bool is_explained(const Requirement& requirement, const std::vector<Diagnostic>& warnings) {
  const ByteRange bytes = requirement.bytes;
  return std::any_of(warnings.begin(), warnings.end(), [&](const Diagnostic& warning) {
    return (warning.byte == bytes.begin || (warning.byte > bytes.begin && warning.byte < bytes.end)) &&
           (warning.kind == DiagnosticKind::unknown_word || warning.kind == DiagnosticKind::unknown_field ||
            warning.kind == DiagnosticKind::unmet_condition);
  });
}

MatchQuery all_but(const std::vector<Requirement>& requirements, const Requirement* left_out) {
  MatchQuery query = match_all();
  for (const auto& other : requirements) {
    if (&other != left_out && !other.excluded) query = {Query::OP_AND, {query, other.query}};
  }
  for (const auto& other : requirements) {
    if (&other != left_out && other.excluded) query = {Query::OP_AND_NOT, {query, other.query}};
  }
  return query;
}

std::string hits(std::size_t count) { return count == 1 ? "is 1 hit" : "are " + std::to_string(count) + " hits"; }

}  // namespace

std::vector<Diagnostic> explain_no_hits(const CompiledQuery& compiled, Matcher& matcher) {
  std::vector<Diagnostic> found;
  const auto& requirements = compiled.requirements;
  if (requirements.size() > kTried) return found;
  *compiled.leaves.confirm = compiled.leaves.has_patterns;
  for (const auto& requirement : requirements) {
    const bool words = !requirement.excluded && !requirement.impossible;
    if (words && !is_explained(requirement, compiled.warnings) && matcher.count(requirement.query) == 0) {
      found.push_back({requirement.bytes.begin,
                       "no passage has " + requirement.name,
                       {},
                       DiagnosticKind::no_hits,
                       requirement.name});
    }
    if (requirements.size() == 1) continue;
    const std::size_t others = matcher.count(all_but(requirements, &requirement));
    if (others > 0) {
      found.push_back({requirement.bytes.begin,
                       "without " + requirement.name + " there " + hits(others),
                       {},
                       DiagnosticKind::no_hits,
                       requirement.name});
    }
  }
  *compiled.leaves.confirm = false;
  if (found.empty() && requirements.size() > 1 && compiled.warnings.empty()) {
    found.push_back({0, "no passage has all that is asked for", {}, DiagnosticKind::no_hits, {}});
  }
  return found;
}

}  // namespace nutgraf
