// Which part of a page is the article.
#pragma once

#include <unordered_map>

#include "reader/html_tree.h"

namespace nutgraf::reader {

/// The page's article: an element, and what below it is left out.
class MainContent {
 public:
  explicit MainContent(const HtmlTree& tree);

  [[nodiscard]] const GumboNode* node() const { return node_; }
  /// Navigation, related links, share buttons, forms, comments, captions.
  [[nodiscard]] bool leaves_out(const GumboNode* element) const;

 private:
  struct Measure {
    double text = 0;    // bytes of text below
    double linked = 0;  // of these, in links
    double prose = 0;   // of these, in paragraphs that read like an article's
    bool left_out = false;
  };

  Measure measure(const GumboNode* node, bool in_link);
  void mark(const GumboNode* node, double page_prose);
  [[nodiscard]] bool is_teaser(const GumboNode* element, const Measure& measure) const;
  [[nodiscard]] const GumboNode* marked_body(const GumboNode* node, double least) const;
  [[nodiscard]] const GumboNode* choose(const GumboNode* body) const;
  [[nodiscard]] const Measure& of(const GumboNode* node) const;

  std::unordered_map<const GumboNode*, Measure> measures_;
  const GumboNode* node_ = nullptr;
};

/// Elements that hold no text of a page: scripts, styles, form controls, drawings.
[[nodiscard]] bool is_machinery(const GumboNode* element);
[[nodiscard]] bool is_block_element(const GumboNode* element);
[[nodiscard]] int heading_level(const GumboNode* element);

}  // namespace nutgraf::reader
