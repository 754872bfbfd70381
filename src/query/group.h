// Groups: how items that were typed side by side, or joined by AND, become a group in normal form.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "nutgraf/query.h"

namespace nutgraf {

/// What was typed in front of an item.
enum class QueryMark : std::uint8_t { none, plus, minus, op_not };

struct QueryItem {
  QueryNode node;
  QueryMark mark = QueryMark::none;
  bool joined_by_or = false;  ///< an OR stands on one of its sides
};

/// Whether `node` only restricts: a filter, or a group of such.
[[nodiscard]] bool is_condition(const QueryNode& node);

/// Items side by side; empty where there are none. One item stays what it is.
[[nodiscard]] std::optional<QueryNode> group_of_list(std::vector<QueryItem> items);

/// Two or more items joined by AND.
[[nodiscard]] QueryNode group_of_and(std::vector<QueryItem> items);

}  // namespace nutgraf
