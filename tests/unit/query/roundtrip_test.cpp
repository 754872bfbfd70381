#include <doctest/doctest.h>

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "nutgraf/query.h"
#include "query/group.h"

using namespace nutgraf;

namespace {

// Where things stand is not part of the comparison.
bool same(const QueryNode& a, const QueryNode& b) {
  if (a.kind != b.kind || a.occur != b.occur || a.field != b.field || a.text != b.text || a.distance != b.distance ||
      a.children.size() != b.children.size()) {
    return false;
  }
  for (std::size_t i = 0; i < a.children.size(); ++i) {
    if (!same(a.children[i], b.children[i])) return false;
  }
  return true;
}

bool in_normal_form(const QueryNode& node) {
  for (const QueryNode& child : node.children) {
    if (!in_normal_form(child)) return false;
  }
  if (node.kind == QueryKind::near) {
    for (const QueryNode& child : node.children) {
      if (child.kind != QueryKind::word || child.field != node.children.front().field) return false;
    }
    return node.children.size() >= 2 && node.distance >= 1 && node.distance <= kMaxNearDistance;
  }
  if (node.kind != QueryKind::group) return node.children.empty();
  bool must = false, must_word = false, should = false, must_not = false;
  for (const QueryNode& child : node.children) {
    must = must || child.occur == Occur::must;
    must_word = must_word || (child.occur == Occur::must && !is_condition(child));
    should = should || child.occur == Occur::should;
    must_not = must_not || child.occur == Occur::must_not;
  }
  if (node.children.size() < 2) return false;
  return should ? (must_word || (!must && !must_not)) : must;
}

// The canonical form of plain words is a query in the language that means the same.
void check_plain_round_trip(std::string_view query) {
  CAPTURE(query);
  const ParsedQuery parsed = parse_query(query, QuerySyntax::words);
  CHECK(in_normal_form(parsed.root));
  const std::string canonical = to_string(parsed.root);
  CAPTURE(canonical);
  CHECK(same(parsed.root, parse_query(canonical).root));
}

void check_round_trip(std::string_view query) {
  CAPTURE(query);
  const ParsedQuery parsed = parse_query(query);
  CHECK(in_normal_form(parsed.root));
  const std::string canonical = to_string(parsed.root);
  CAPTURE(canonical);
  const ParsedQuery again = parse_query(canonical);
  CHECK(same(parsed.root, again.root));
  CHECK(to_string(again.root) == canonical);
  for (const Diagnostic& warning : parsed.warnings) CHECK(warning.byte <= query.size());
}

// Trees in normal form, by the rules of the header.
class Trees {
 public:
  QueryNode tree(unsigned depth) {
    if (depth == 0 || below(3) == 0) return leaf();
    switch (below(4)) {
      case 0: return near();
      case 1: return group(depth, Occur::should, Occur::should);
      case 2: return group(depth, Occur::must, Occur::must_not);
      default: return mixture(depth);
    }
  }

 private:
  unsigned below(unsigned end) { return static_cast<unsigned>(random_() % end); }

  QueryNode leaf() {
    static const char* const kWords[] = {"a", "GPT-4o", "C++", "腾讯", "don't", "U.S.", "and", "état", "10:30", "AI:"};
    static const char* const kFields[] = {"", "", "title", "heading"};
    QueryNode node;
    node.field = kFields[below(4)];
    node.text = kWords[below(10)];
    switch (below(4)) {
      case 0: node.kind = QueryKind::word; break;
      case 1:
        node.kind = QueryKind::phrase;
        node.text += " (b -c) AND";
        break;
      case 2:
        node.kind = QueryKind::prefix;
        node.text = "腾讯deep";
        break;
      default:
        node.kind = QueryKind::filter;
        node.field = below(2) == 0 ? "source" : "lang";
        if (below(2) == 0) node.text += " Wire";
    }
    return node;
  }

  QueryNode near() {
    QueryNode node;
    node.kind = QueryKind::near;
    node.distance = 1 + below(kMaxNearDistance);
    const char* const field = below(2) == 0 ? "title" : "";
    for (unsigned i = 2 + below(3); i > 0; --i) {
      QueryNode word;
      word.kind = QueryKind::word;
      word.field = field;
      word.text.assign(1, static_cast<char>('a' + below(26)));
      node.children.push_back(std::move(word));
    }
    return node;
  }

  QueryNode child(unsigned depth, Occur occur) {
    QueryNode node = tree(depth - 1);
    node.occur = occur;
    return node;
  }

  QueryNode group(unsigned depth, Occur one, Occur other) {
    QueryNode node;
    node.kind = QueryKind::group;
    if (one == Occur::must && below(4) == 0) {
      QueryNode all;
      all.kind = QueryKind::all;
      all.occur = Occur::must;
      node.children.push_back(std::move(all));
      for (unsigned i = 1 + below(2); i > 0; --i) node.children.push_back(child(depth, Occur::must_not));
      return node;
    }
    node.children.push_back(child(depth, one));
    for (unsigned i = 1 + below(3); i > 0; --i) node.children.push_back(child(depth, below(2) == 0 ? one : other));
    return node;
  }

  QueryNode mixture(unsigned depth) {
    QueryNode node;
    node.kind = QueryKind::group;
    QueryNode word = near();
    word.occur = Occur::must;
    node.children.push_back(child(depth, Occur::should));
    node.children.push_back(std::move(word));
    for (unsigned i = below(3); i > 0; --i) {
      node.children.push_back(child(depth, below(3) == 0   ? Occur::should
                                           : below(2) == 0 ? Occur::must
                                                           : Occur::must_not));
    }
    return node;
  }

  std::mt19937 random_{42};
};

}  // namespace

TEST_CASE("query round trip: trees") {
  Trees trees;
  for (int i = 0; i < 3000; ++i) {
    const QueryNode tree = trees.tree(4);
    REQUIRE(in_normal_form(tree));
    const std::string canonical = to_string(tree);
    CAPTURE(canonical);
    const ParsedQuery parsed = parse_query(canonical);
    CHECK(same(tree, parsed.root));
    CHECK(parsed.warnings.empty());
  }
}

TEST_CASE("query round trip: strings made of syntax") {
  static const char* const kPieces[] = {
      "a",     "b",  " ",   " ",      " ",      " ",      "(",       ")",       "\"",    "+",    "-",    "*",
      "AND",   "OR", "NOT", "NEAR",   "NEAR/5", "title:", "source:", "date:",   "foo:",  ":",    "腾讯", "「",
      "」",    "“",  "«",   "（",     "）",     "abc*",   "2025",    "..",      "7d",    "'",    "/",    "\\",
      "lang:", "：", "\n",  "GPT-4o", "&",      "\xC3",   "\u3000",  "title:(", " AND ", " OR ", " -",   " +"};
  std::mt19937 random(7);
  for (int i = 0; i < 20'000; ++i) {
    std::string query;
    for (unsigned n = 1 + static_cast<unsigned>(random() % 14); n > 0; --n)
      query += kPieces[random() % std::size(kPieces)];
    check_round_trip(query);
    check_plain_round_trip(query);
  }
}

TEST_CASE("query round trip: strings made of bytes") {
  std::mt19937 random(9);
  for (int i = 0; i < 5000; ++i) {
    std::string query;
    for (unsigned n = static_cast<unsigned>(random() % 40); n > 0; --n) query += static_cast<char>(random() % 256);
    check_round_trip(query);
    check_plain_round_trip(query);
  }
}
