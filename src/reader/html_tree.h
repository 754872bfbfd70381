// gumbo's tree, as far as the reader walks it.
#pragma once

#include <gumbo.h>

#include <memory>
#include <string>
#include <string_view>

namespace nutgraf::reader {

/// A parsed page; nodes point into `html`, which must live as long.
class HtmlTree {
 public:
  /// Throws Unreadable where elements are nested deeper than any page that people read.
  explicit HtmlTree(std::string_view html);

  [[nodiscard]] const GumboNode* root() const { return output_->root; }
  [[nodiscard]] const GumboNode* document() const { return output_->document; }

 private:
  struct Destroy {
    void operator()(GumboOutput* output) const { gumbo_destroy_output(&kGumboDefaultOptions, output); }
  };
  std::unique_ptr<GumboOutput, Destroy> output_;
};

/// The children of an element, for range-for; none for other nodes.
class Children {
 public:
  explicit Children(const GumboNode* node)
      : vector_(node->type == GUMBO_NODE_ELEMENT ? &node->v.element.children : nullptr) {}
  [[nodiscard]] GumboNode* const* begin() const {
    return vector_ == nullptr ? nullptr : reinterpret_cast<GumboNode* const*>(vector_->data);
  }
  [[nodiscard]] GumboNode* const* end() const { return vector_ == nullptr ? nullptr : begin() + vector_->length; }

 private:
  const GumboVector* vector_;
};

[[nodiscard]] inline bool is_element(const GumboNode* node) { return node->type == GUMBO_NODE_ELEMENT; }
[[nodiscard]] inline bool is_element(const GumboNode* node, GumboTag tag) {
  return is_element(node) && node->v.element.tag == tag;
}
[[nodiscard]] inline bool is_text(const GumboNode* node) {
  return node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE || node->type == GUMBO_NODE_CDATA;
}
[[nodiscard]] inline std::string_view text_of(const GumboNode* text_node) { return text_node->v.text.text; }
/// Empty where there is none.
[[nodiscard]] std::string_view attribute(const GumboNode* node, const char* name);
[[nodiscard]] bool has_attribute(const GumboNode* node, const char* name);
/// All text below a node.
[[nodiscard]] std::string inner_text(const GumboNode* node);

}  // namespace nutgraf::reader
