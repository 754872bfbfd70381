#include <algorithm>

#include "nutgraf/query.h"
#include "query/group.h"
#include "query/lexer.h"

namespace nutgraf {
namespace {

class Printer {
 public:
  std::string run(const QueryNode& node) {
    print(node);
    return std::move(out_);
  }

 private:
  void print(const QueryNode& node) {
    switch (node.kind) {
      case QueryKind::nothing: break;
      case QueryKind::all: out_ += '*'; break;
      case QueryKind::near: print_near(node); break;
      case QueryKind::group: print_group(node); break;
      case QueryKind::word:
        print_field(node);
        out_ += node.text;
        break;
      case QueryKind::prefix:
        print_field(node);
        out_.append(node.text).append("*");
        break;
      case QueryKind::phrase:
        print_field(node);
        out_.append("\"").append(node.text).append("\"");
        break;
      case QueryKind::filter:
        print_field(node);
        if (stands_alone(node.text) && !node.text.starts_with("//")) {
          out_ += node.text;
        } else {
          out_.append("\"").append(node.text).append("\"");
        }
        break;
    }
  }

  void print_field(const QueryNode& node) {
    if (!node.field.empty()) out_.append(node.field).append(":");
  }

  void print_near(const QueryNode& node) {
    for (const QueryNode& child : node.children) {
      if (&child != &node.children.front()) out_.append(" NEAR/").append(std::to_string(node.distance)).append(" ");
      print(child);
    }
  }

  void print_group(const QueryNode& node) {
    const auto any = [&](auto test) { return std::any_of(node.children.begin(), node.children.end(), test); };
    const bool alternatives = any([](const QueryNode& child) { return child.occur == Occur::should; });
    const bool marked = alternatives && any([](const QueryNode& child) { return child.occur != Occur::should; });
    // Between words and "+must" a filter would be taken for a condition, unless there is an OR.
    const bool spell_or =
        !marked || any([](const QueryNode& child) { return child.occur == Occur::should && is_condition(child); });
    bool first = true;
    for (const QueryNode& child : node.children) {
      if (child.kind == QueryKind::all && child.occur == Occur::must) continue;
      if (!first) out_ += !alternatives ? " AND " : spell_or ? " OR " : " ";
      first = false;
      if (marked && child.occur == Occur::must) out_ += '+';
      if (marked && child.occur == Occur::must_not) out_ += '-';
      if (!alternatives && child.occur == Occur::must_not) out_ += "NOT ";
      const bool brackets = child.kind == QueryKind::group || child.kind == QueryKind::near;
      if (brackets) out_ += '(';
      print(child);
      if (brackets) out_ += ')';
    }
  }

  std::string out_;
};

}  // namespace

std::string to_string(const QueryNode& node) { return Printer().run(node); }

}  // namespace nutgraf
