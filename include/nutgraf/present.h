// Present: values in, text for people or JSON for programs out. Pure functions, and the only place that escapes.
#pragma once

#include <cstddef>
#include <string>

#include "nutgraf/index.h"
#include "nutgraf/search.h"

namespace nutgraf {

struct TextStyle {
  bool colour = false;
  std::size_t width = 80;  ///< columns; CJK characters take two
};

/// Hits for a person at a terminal; ends with a line break. With no hits, says so.
[[nodiscard]] std::string to_text(const SearchResponse& response, const TextStyle& style);
/// schema "nutgraf.search/1" (src/present/search.schema.json), one line without a line break; `indent` > 0: pretty.
[[nodiscard]] std::string to_json(const SearchResponse& response, int indent = 2);

[[nodiscard]] std::string to_text(const StoredArticle& stored, const TextStyle& style);
/// schema "nutgraf.article/1"
[[nodiscard]] std::string to_json(const StoredArticle& stored, int indent = 2);

[[nodiscard]] std::string to_text(const IndexInfo& info, const TextStyle& style);
/// schema "nutgraf.info/1"
[[nodiscard]] std::string to_json(const IndexInfo& info, int indent = 2);

/// One line of `index --report`, without a line break.
[[nodiscard]] std::string to_json(const DocumentReport& report);

}  // namespace nutgraf
