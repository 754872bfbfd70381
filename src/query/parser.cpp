#include <algorithm>
#include <optional>
#include <utility>

#include "nutgraf/query.h"
#include "query/group.h"
#include "query/lexer.h"
#include "text/utf8.h"

namespace nutgraf {
namespace {

using Kind = QueryTokenKind;

// Recursive descent over the tokens, one function a level of precedence. The lexer has limited the depth.
class Parser {
 public:
  Parser(LexedQuery lexed, QueryWarnings& warnings)
      : tokens_(std::move(lexed.tokens)), star_(lexed.star), warnings_(warnings) {}

  QueryNode run() {
    std::optional<QueryNode> root = parse_list();
    if (!root) root.emplace();
    if (star_) {
      const bool alone = root->kind == QueryKind::nothing;
      warnings_.add(star_->begin, alone ? "'*' alone finds every passage"
                                        : "'*' finds every passage only as the whole query; here it is ignored");
      if (alone) {
        root->kind = QueryKind::all;
        root->bytes = *star_;
      }
    }
    if (root->kind == QueryKind::nothing && warnings_.empty()) warnings_.add(0, "the query is empty");
    root->occur = Occur::should;
    return std::move(*root);
  }

 private:
  [[nodiscard]] const QueryToken& peek() const { return tokens_[at_]; }
  [[nodiscard]] Kind kind() const { return tokens_[at_].kind; }
  const QueryToken& next() { return tokens_[at_++]; }
  [[nodiscard]] bool at_end() const { return kind() == Kind::end || kind() == Kind::close; }

  static std::string in_small_letters(std::string_view text) {
    std::string lower(text);
    for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    return lower;
  }

  void warn_dangling(const QueryToken& token) {
    warnings_.add(
        token.bytes.begin,
        std::string(token.text).append(" has nothing to join here and is ignored; in small letters it is a word"),
        in_small_letters(token.text));
  }

  // Items side by side or joined by OR, up to the end or a closing bracket.
  std::optional<QueryNode> parse_list() {
    std::vector<QueryItem> items;
    const QueryToken* pending = nullptr;  // an OR that waits for its right side
    while (!at_end()) {
      if (kind() == Kind::op_or) {
        if (items.empty() || pending != nullptr) {
          warn_dangling(next());
        } else {
          pending = &next();
        }
        continue;
      }
      if (kind() == Kind::op_and || kind() == Kind::op_near) {
        warn_dangling(next());
        continue;
      }
      std::optional<QueryItem> item = parse_and();
      if (!item) continue;
      if (pending != nullptr) {
        item->joined_by_or = items.back().joined_by_or = true;
        pending = nullptr;
      }
      items.push_back(std::move(*item));
    }
    if (pending != nullptr) warn_dangling(*pending);
    return group_of_list(std::move(items));
  }

  std::optional<QueryItem> parse_and() {
    std::vector<QueryItem> items;
    std::optional<QueryItem> item = parse_not();
    if (item) items.push_back(std::move(*item));
    while (kind() == Kind::op_and) {
      const QueryToken& op = next();
      if (at_end() || kind() == Kind::op_and || kind() == Kind::op_or) {
        warn_dangling(op);
        continue;
      }
      if (kind() == Kind::op_near) {
        warn_dangling(next());
        continue;
      }
      if ((item = parse_not())) items.push_back(std::move(*item));
    }
    if (items.empty()) return {};
    if (items.size() == 1) return std::move(items.front());
    return QueryItem{group_of_and(std::move(items))};
  }

  // NOT, "+" and "-" in front of one operand.
  std::optional<QueryItem> parse_not() {
    QueryItem item;
    bool negative = false, minus = false, plus = false;
    const QueryToken* last_not = nullptr;
    for (; kind() == Kind::op_not || kind() == Kind::plus || kind() == Kind::minus; ++at_) {
      if (kind() == Kind::op_not) last_not = &peek();
      minus = minus || kind() == Kind::minus;
      plus = plus || kind() == Kind::plus;
      negative = negative != (kind() != Kind::plus);
    }
    const bool followed = !at_end() && kind() != Kind::op_and && kind() != Kind::op_or && kind() != Kind::op_near;
    if (!followed && last_not != nullptr) warn_dangling(*last_not);
    if (!followed) return {};
    std::optional<QueryNode> node = parse_near();
    if (!node) return {};
    item.node = std::move(*node);
    item.mark = !negative ? (plus ? QueryMark::plus : QueryMark::none) : (minus ? QueryMark::minus : QueryMark::op_not);
    return item;
  }

  std::optional<QueryNode> parse_near() {
    std::vector<QueryNode> operands;
    if (auto node = parse_primary()) operands.push_back(std::move(*node));
    std::size_t distance = 0;
    std::optional<std::size_t> odd;  // where two distances differ
    std::size_t first_op = 0;
    while (kind() == Kind::op_near) {
      const QueryToken& op = next();
      if (!starts_primary()) {
        warn_dangling(op);
        continue;
      }
      if (distance == 0) first_op = op.bytes.begin;
      if (distance != 0 && distance != op.distance && !odd) odd = op.bytes.begin;
      distance = std::max(distance, op.distance);
      if (auto node = parse_primary()) operands.push_back(std::move(*node));
    }
    if (operands.empty()) return {};
    if (operands.size() == 1) return std::move(operands.front());
    const bool words = std::all_of(operands.begin(), operands.end(), [&](const QueryNode& node) {
      return node.kind == QueryKind::word && node.field == operands.front().field;
    });
    if (!words) {
      warnings_.add(first_op, "NEAR joins only words of the same field; AND is taken instead", "AND");
      std::vector<QueryItem> items;
      for (QueryNode& node : operands) items.push_back({std::move(node)});
      return group_of_and(std::move(items));
    }
    if (odd) {
      warnings_.add(*odd, std::string("a chain of NEAR has one distance; the largest, ")
                              .append(std::to_string(distance))
                              .append(", is taken"));
    }
    QueryNode near;
    near.kind = QueryKind::near;
    near.distance = distance;
    near.bytes = {operands.front().bytes.begin, operands.back().bytes.end};
    near.children = std::move(operands);
    return near;
  }

  [[nodiscard]] bool starts_primary() const {
    switch (kind()) {
      case Kind::word:
      case Kind::prefix:
      case Kind::phrase:
      case Kind::unknown_field:
      case Kind::open: return true;
      default: return false;
    }
  }

  // One operand; empty where nothing of it is left. The next token starts one.
  std::optional<QueryNode> parse_primary() {
    if (kind() == Kind::open) return parse_brackets();
    if (kind() != Kind::unknown_field) return leaf(next());
    std::vector<QueryItem> items;
    while (kind() == Kind::unknown_field) {
      const QueryToken& name = next();
      if (auto node = leaf(name)) items.push_back({std::move(*node)});
    }
    if (starts_primary() && peek().bytes.begin == tokens_[at_ - 1].bytes.end) {
      if (auto node = parse_primary()) items.push_back({std::move(*node)});
    }
    return group_of_list(std::move(items));
  }

  std::optional<QueryNode> parse_brackets() {
    const QueryToken& open = next();
    const QueryField* outer = field_;
    if (open.field != nullptr) field_ = open.field;
    const std::size_t inside = at_;
    std::optional<QueryNode> node = parse_list();
    if (at_ == inside && !peek().bytes.empty())
      warnings_.add(open.bytes.begin, "there is nothing between these brackets; they are ignored");
    field_ = outer;
    const QueryToken& close = next();
    if (node && node->kind == QueryKind::group) node->bytes = {open.bytes.begin, close.bytes.end};
    return node;
  }

  std::optional<QueryNode> leaf(const QueryToken& token) {
    const QueryField* field = token.field != nullptr ? token.field : field_;
    if (field != nullptr && field->kind == QueryFieldKind::filter) return filter(token, *field);
    QueryNode node;
    node.kind = token.kind == Kind::prefix   ? QueryKind::prefix
                : token.kind == Kind::phrase ? QueryKind::phrase
                                             : QueryKind::word;
    node.field = field == nullptr ? std::string() : std::string(field->name);
    node.text = token.kind == Kind::phrase ? without_quotes(token.text) : std::string(token.text);
    // "title:(//x)": behind a colon, slashes would make an address.
    if (!node.field.empty() && node.text.starts_with("//")) node.text.erase(0, node.text.find_first_not_of('/'));
    // "OR:x" and "OR*" leave a word that would be an operator in the canonical form.
    if (node.kind == QueryKind::word && node.field.empty() && is_operator(node.text))
      node.text = in_small_letters(node.text);
    node.bytes = token.bytes;
    return node;
  }

  std::optional<QueryNode> filter(const QueryToken& token, const QueryField& field) {
    QueryNode node;
    node.kind = QueryKind::filter;
    node.field = field.name;
    node.text = without_quotes(token.text);
    if (token.kind == Kind::prefix) node.text += '*';
    node.bytes = token.bytes;
    if (field.name == "date") {
      const Date any_day = Date::from_number(2000'01'01);  // what is readable does not depend on the day
      const ParsedDateRange range = parse_date_range(node.text, any_day);
      if (!range.range) {
        warnings_.add(token.bytes.begin, std::string(range.problem).append("; the filter is ignored"),
                      turned_around(node.text, any_day));
        return {};
      }
    }
    return node;
  }

  // "date:2025-01..2025-03" for a range that was typed from its end to its start.
  static std::optional<std::string> turned_around(std::string_view range, Date today) {
    const std::size_t dots = range.find("..");
    if (dots == range.npos) return {};
    std::string turned(range.substr(dots + 2));
    turned.append("..").append(range.substr(0, dots));
    if (!parse_date_range(turned, today).range) return {};
    return "date:" + turned;
  }

  // Double quotes inside other quotes are punctuation to the analyzer and would end the canonical form.
  static std::string without_quotes(std::string_view text) {
    std::string result;
    for (std::size_t i = 0; i < text.size();) {
      const CodePoint c = code_point_at(text, i);
      if (is_double_quote(c.value)) {
        result += ' ';
      } else {
        result.append(text.substr(i, c.size));
      }
      i += c.size;
    }
    const std::size_t begin = skip_space(result, 0);
    return result.substr(begin, skip_space_back(result, begin, result.size()) - begin);
  }

  std::vector<QueryToken> tokens_;
  std::optional<ByteRange> star_;
  QueryWarnings& warnings_;
  std::size_t at_ = 0;
  const QueryField* field_ = nullptr;  // of the brackets around
};

// Blanks out, byte by byte so that offsets stay, what is no text.
std::string clean(std::string_view text, QueryWarnings& warnings) {
  std::string result(text);
  std::optional<std::size_t> first;
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint c = code_point_at(text, i);
    if (!c.valid || c.value == 0) {
      result[i] = ' ';
      if (!first) first = i;
    }
    i += c.size;
  }
  if (first) warnings.add(*first, "the query holds bytes that are no UTF-8 text; they are ignored");
  return result;
}

}  // namespace

ParsedQuery parse_query(std::string_view text, QuerySyntax syntax) {
  ParsedQuery parsed;
  QueryWarnings warnings;
  parsed.text = clean(text, warnings);
  LexedQuery lexed = syntax == QuerySyntax::words ? lex_words(parsed.text) : lex_query(parsed.text, warnings);
  parsed.root = Parser(std::move(lexed), warnings).run();
  parsed.warnings = warnings.take();
  return parsed;
}

}  // namespace nutgraf
