#include "query/group.h"

#include <algorithm>
#include <utility>

namespace nutgraf {
namespace {

QueryNode group(std::vector<QueryNode> children) {
  QueryNode node;
  node.kind = QueryKind::group;
  node.bytes = children.front().bytes;
  for (const QueryNode& child : children) {
    node.bytes = {std::min(node.bytes.begin, child.bytes.begin), std::max(node.bytes.end, child.bytes.end)};
  }
  node.children = std::move(children);
  return node;
}

// A group of the children given, in normal form: exclusions get something to exclude from, one child needs no group.
QueryNode finish(std::vector<QueryNode> children) {
  const bool only_exclusions = std::all_of(children.begin(), children.end(),
                                           [](const QueryNode& child) { return child.occur == Occur::must_not; });
  if (only_exclusions) {
    QueryNode all;
    all.kind = QueryKind::all;
    all.occur = Occur::must;
    all.bytes = {children.front().bytes.begin, children.front().bytes.begin};
    children.insert(children.begin(), std::move(all));
  }
  if (children.size() > 1) return group(std::move(children));
  children.front().occur = Occur::should;
  return std::move(children.front());
}

QueryNode excluding(QueryNode node) {
  node.occur = Occur::must_not;
  std::vector<QueryNode> children;
  children.push_back(std::move(node));
  return finish(std::move(children));
}

enum class Role : std::uint8_t {
  alternative,  // one of the words
  filter,       // a condition that nothing was typed in front of
  must,
  must_not,
};

Role role_of(const QueryItem& item) {
  switch (item.mark) {
    case QueryMark::plus: return Role::must;
    case QueryMark::minus: return Role::must_not;
    case QueryMark::op_not: return item.joined_by_or ? Role::alternative : Role::must_not;
    case QueryMark::none: break;
  }
  return !item.joined_by_or && is_condition(item.node) ? Role::filter : Role::alternative;
}

// Gathers the nodes that belong together behind the first of them, as one `must` child: `slot` is its number.
class Gathered {
 public:
  void add(QueryNode node, std::vector<QueryNode>& children) {
    if (nodes_.empty()) {
      slot_ = children.size();
      children.emplace_back();
    }
    node.occur = Occur::should;
    nodes_.push_back(std::move(node));
  }

  [[nodiscard]] bool empty() const { return nodes_.empty(); }

  void put(std::vector<QueryNode>& children) {
    QueryNode node = nodes_.size() == 1 ? std::move(nodes_.front()) : group(std::move(nodes_));
    node.occur = Occur::must;
    children[slot_] = std::move(node);
  }

 private:
  std::vector<QueryNode> nodes_;
  std::size_t slot_ = 0;
};

}  // namespace

bool is_condition(const QueryNode& node) {
  if (node.kind == QueryKind::group) return std::all_of(node.children.begin(), node.children.end(), is_condition);
  return node.kind == QueryKind::filter || node.kind == QueryKind::all;
}

std::optional<QueryNode> group_of_list(std::vector<QueryItem> items) {
  if (items.empty()) return {};
  // A word that must be there makes the other words optional. Otherwise one of them must be there.
  const bool optional_words = std::any_of(items.begin(), items.end(), [](const QueryItem& item) {
    return role_of(item) == Role::must && !is_condition(item.node);
  });
  std::vector<QueryNode> children;
  Gathered words;
  std::vector<std::pair<std::string, Gathered>> filters;  // by field
  for (QueryItem& item : items) {
    QueryNode& node = item.node;
    switch (role_of(item)) {
      case Role::alternative:
        if (item.mark == QueryMark::op_not) node = excluding(std::move(node));
        node.occur = Occur::should;
        if (optional_words) {
          children.push_back(std::move(node));
        } else {
          words.add(std::move(node), children);
        }
        break;
      case Role::filter: {
        // A group of conditions was put together by who typed it, and stays by itself.
        const std::string field = node.kind == QueryKind::filter ? node.field : std::string();
        auto same =
            std::find_if(filters.begin(), filters.end(), [&](const auto& entry) { return entry.first == field; });
        if (field.empty() || same == filters.end()) same = filters.insert(filters.end(), {field, Gathered()});
        same->second.add(std::move(node), children);
        break;
      }
      case Role::must:
      case Role::must_not:
        node.occur = role_of(item) == Role::must ? Occur::must : Occur::must_not;
        children.push_back(std::move(node));
        break;
    }
  }
  if (!words.empty()) words.put(children);
  for (auto& [field, gathered] : filters) gathered.put(children);
  return finish(std::move(children));
}

QueryNode group_of_and(std::vector<QueryItem> items) {
  std::vector<QueryNode> children;
  for (QueryItem& item : items) {
    const bool excluded = item.mark == QueryMark::minus || item.mark == QueryMark::op_not;
    item.node.occur = excluded ? Occur::must_not : Occur::must;
    children.push_back(std::move(item.node));
  }
  return finish(std::move(children));
}

}  // namespace nutgraf
