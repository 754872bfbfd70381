#include "reader/html_tree.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "reader/unicode.h"
#include "reader/unreadable.h"

namespace nutgraf::reader {
namespace {

using namespace std::string_view_literals;

constexpr std::int64_t kDeepest = 2000;

// Elements that close themselves or that authors leave open.
constexpr std::array kUncounted{"p"sv,      "li"sv,   "br"sv,   "hr"sv,   "img"sv,   "input"sv,  "meta"sv,  "link"sv,
                                "td"sv,     "th"sv,   "tr"sv,   "dt"sv,   "dd"sv,    "option"sv, "tbody"sv, "thead"sv,
                                "source"sv, "area"sv, "base"sv, "col"sv,  "embed"sv, "param"sv,  "track"sv, "wbr"sv,
                                "html"sv,   "body"sv, "head"sv, "path"sv, "rect"sv,  "circle"sv};

// gumbo walks its tree by recursion, so that a page of nothing but "<div>" would run out of stack: counted beforehand.
void refuse_deep_nesting(std::string_view html) {
  std::int64_t depth = 0;
  for (auto at = html.find('<'); at != html.npos; at = html.find('<', at + 1)) {
    const bool closing = at + 1 < html.size() && html[at + 1] == '/';
    std::size_t begin = at + (closing ? 2 : 1), end = begin;
    while (end < html.size() && end - begin < 16 && (is_letter(html[end]) || is_digit(html[end]))) ++end;
    if (end == begin) continue;
    const std::string name = lower_ascii(html.substr(begin, end - begin));
    if (std::find(kUncounted.begin(), kUncounted.end(), name) != kUncounted.end()) continue;
    const auto close = html.find('>', end);
    if (!closing && close != html.npos && html[close - 1] == '/') continue;
    depth = std::max<std::int64_t>(0, depth + (closing ? -1 : 1));
    if (depth > kDeepest)
      throw Unreadable("byte " + std::to_string(at) + ": elements nested deeper than " + std::to_string(kDeepest));
  }
}

void add_inner_text(const GumboNode* node, std::string& text) {
  if (is_text(node)) {
    text += text_of(node);
    return;
  }
  if (is_element(node, GUMBO_TAG_SCRIPT) || is_element(node, GUMBO_TAG_STYLE)) return;
  for (const GumboNode* child : Children(node)) add_inner_text(child, text);
}

}  // namespace

HtmlTree::HtmlTree(std::string_view html) {
  refuse_deep_nesting(html);
  output_.reset(gumbo_parse_with_options(&kGumboDefaultOptions, html.data(), html.size()));
}

std::string_view attribute(const GumboNode* node, const char* name) {
  const GumboAttribute* found = is_element(node) ? gumbo_get_attribute(&node->v.element.attributes, name) : nullptr;
  return found == nullptr ? std::string_view() : std::string_view(found->value);
}

bool has_attribute(const GumboNode* node, const char* name) {
  return is_element(node) && gumbo_get_attribute(&node->v.element.attributes, name) != nullptr;
}

std::string inner_text(const GumboNode* node) {
  std::string text;
  add_inner_text(node, text);
  return text;
}

}  // namespace nutgraf::reader
