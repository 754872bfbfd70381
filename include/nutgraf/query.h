// Query: what a person typed in, a tree with diagnostics out. Knows no index and no Xapian. Every string parses.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "nutgraf/range.h"

namespace nutgraf {

enum class QueryKind : std::uint8_t {
  nothing,  ///< an empty query: matches nothing
  all,      ///< every passage: what a query of only exclusions starts from
  word,     ///< one word as typed ("GPT-4o", "腾讯控股"); `text` holds it
  phrase,   ///< exact words in order; `text` holds what stood between the quotes
  prefix,   ///< "pre*": `text` holds "pre"
  near,     ///< children (words) within `distance` words of each other, in any order
  filter,   ///< a condition on metadata: `field` and `text` ("source", "date", "lang", "company", "id")
  group,    ///< children with `occur`: the boolean node
};

enum class Occur : std::uint8_t { should, must, must_not };

struct QueryNode {
  QueryKind kind = QueryKind::nothing;
  Occur occur = Occur::should;  ///< role in the group above
  std::string field;            ///< "", "title" or "heading" for text nodes; the field's name for filters
  std::string text;
  std::size_t distance = 0;  ///< of `near`
  ByteRange bytes;           ///< where it stands in the query
  std::vector<QueryNode> children;
};

/// Something odd in a query that was answered all the same.
struct Diagnostic {
  std::size_t byte = 0;  ///< offset in the query
  std::string message;
  std::optional<std::string> suggestion;
};

struct ParsedQuery {
  std::string text;  ///< as typed
  QueryNode root;
  std::vector<Diagnostic> warnings;
};

/// Words side by side are alternatives (OR). Cost is linear in the length of the text.
[[nodiscard]] ParsedQuery parse_query(std::string_view text);

/// Canonical form: parsing it again gives the same tree. "(deepseek OR \"open source\") AND NOT grok".
[[nodiscard]] std::string to_string(const QueryNode& node);

}  // namespace nutgraf
