#include "query/fields.h"

#include <algorithm>
#include <array>
#include <string>

#include "text/edit_distance.h"

namespace nutgraf {
namespace {

constexpr std::array<QueryField, 7> kFields{{
    {"title", QueryFieldKind::text, "words in the title of the article", "title:deepseek"},
    {"heading", QueryFieldKind::text, "words in the heading above the passage", "heading:factory"},
    {"source", QueryFieldKind::filter, "who published the article", "source:\"Delta Wire\""},
    {"company", QueryFieldKind::filter, "a company that the passage mentions, by any of its names",
     "company:bytedance"},
    {"lang", QueryFieldKind::filter, "language of the article, an ISO 639-1 code", "lang:zh"},
    {"id", QueryFieldKind::filter, "one article", "id:agency-007"},
    {"date", QueryFieldKind::filter, "day of publication, or a range of days", "date:2025-01-15..2025-02"},
}};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

// Names that people know from other engines.
constexpr std::array<std::array<std::string_view, 2>, 10> kSynonyms{{{"site", "source"},
                                                                     {"publisher", "source"},
                                                                     {"from", "source"},
                                                                     {"language", "lang"},
                                                                     {"intitle", "title"},
                                                                     {"headline", "title"},
                                                                     {"section", "heading"},
                                                                     {"since", "date"},
                                                                     {"until", "date"},
                                                                     {"org", "company"}}};

}  // namespace

std::span<const QueryField> query_fields() { return kFields; }

const QueryField* find_field(std::string_view name) {
  for (const QueryField& field : kFields) {
    if (std::equal(name.begin(), name.end(), field.name.begin(), field.name.end(),
                   [](char a, char b) { return lower(a) == b; })) {
      return &field;
    }
  }
  return nullptr;
}

const QueryField* nearest_field(std::string_view name) {
  constexpr std::size_t kLongest = 16;
  if (name.size() > kLongest) return nullptr;
  std::string typed(name);
  std::transform(typed.begin(), typed.end(), typed.begin(), lower);
  for (const auto& [synonym, field] : kSynonyms) {
    if (typed == synonym) return find_field(field);
  }
  const QueryField* best = nullptr;
  std::size_t least = 3;
  for (const QueryField& field : kFields) {
    const std::size_t distance = edit_distance(typed, field.name);
    if (distance < least && distance * 2 < field.name.size()) {
      least = distance;
      best = &field;
    }
  }
  return best;
}

}  // namespace nutgraf
