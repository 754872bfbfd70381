#include "reader/html_content.h"

#include <algorithm>
#include <array>
#include <string>

#include "reader/unicode.h"

namespace nutgraf::reader {
namespace {

using namespace std::string_view_literals;

// Parts of class and id names, as sites of many kinds use them.
constexpr std::array kNegative{"comment"sv,
                               "sidebar"sv,
                               "side-bar"sv,
                               "related"sv,
                               "recommend"sv,
                               "share"sv,
                               "sharing"sv,
                               "social"sv,
                               "promo"sv,
                               "newsletter"sv,
                               "subscri"sv,
                               "signup"sv,
                               "sign-up"sv,
                               "cookie"sv,
                               "consent"sv,
                               "gdpr"sv,
                               "breadcrumb"sv,
                               "popular"sv,
                               "trending"sv,
                               "most-read"sv,
                               "readmore"sv,
                               "read-more"sv,
                               "advert"sv,
                               "sponsor"sv,
                               "outbrain"sv,
                               "taboola"sv,
                               "footer"sv,
                               "masthead"sv,
                               "navigation"sv,
                               "navbar"sv,
                               "nav-"sv,
                               "toolbar"sv,
                               "author-bio"sv,
                               "byline"sv,
                               "timestamp"sv,
                               "tag-list"sv,
                               "taglist"sv,
                               "caption"sv,
                               "credit"sv,
                               "copyright"sv,
                               "print-"sv,
                               "pagination"sv,
                               "popup"sv,
                               "modal"sv,
                               "screen-reader"sv,
                               "sr-only"sv,
                               "visually-hidden"sv,
                               "teaser"sv,
                               "disqus"sv,
                               "widget"sv,
                               "dropdown"sv,
                               "login"sv,
                               "follow"sv,
                               "facebook"sv,
                               "twitter"sv,
                               "whatsapp"sv,
                               "skip-link"sv,
                               "disclaimer"sv,
                               "menu"sv,
                               "rating"sv,
                               "poll"sv,
                               "carousel"sv,
                               "slideshow"sv,
                               "gallery"sv,
                               "metadata"sv,
                               "postmeta"sv,
                               "post-meta"sv,
                               "entry-meta"sv,
                               "article-meta"sv,
                               "dateline"sv,
                               "author-info"sv,
                               "inline-link"sv,
                               "see-also"sv,
                               "seealso"sv,
                               "more-on"sv,
                               "next-article"sv,
                               "tags"sv,
                               "published"sv,
                               "publish-date"sv,
                               "pub-date"sv,
                               "hidden"sv,
                               "onetrust"sv,
                               "playlist"sv,
                               "video-player"sv};
constexpr std::array kPositive{"article-body"sv,    "articlebody"sv,      "article_body"sv,   "article__body"sv,
                               "article-content"sv, "article__content"sv, "articlecontent"sv, "article-text"sv,
                               "articletext"sv,     "story-body"sv,       "storybody"sv,      "story__body"sv,
                               "story-content"sv,   "entry-content"sv,    "post-content"sv,   "post-body"sv,
                               "postbody"sv,        "content-body"sv,     "body-content"sv,   "rich-text"sv,
                               "article-page"sv,    "main-content"sv,     "body-copy"sv,      "text-block"sv};

// Parts that are never the article, however much of a short page they make up.
constexpr std::array kNeverArticle{"cookie"sv,  "consent"sv, "gdpr"sv,     "cli-modal"sv,
                                   "privacy"sv, "disqus"sv,  "outbrain"sv, "taboola"sv};

template <std::size_t N>
bool names_any(std::string_view names, const std::array<std::string_view, N>& parts) {
  return std::any_of(parts.begin(), parts.end(), [&](std::string_view part) { return names.find(part) != names.npos; });
}

std::string names_of(const GumboNode* node) {
  std::string names = lower_ascii(attribute(node, "class"));
  names += ' ';
  names += lower_ascii(attribute(node, "id"));
  names += ' ';
  names += lower_ascii(attribute(node, "data-component"));
  return names;
}

bool is_hidden(const GumboNode* node) {
  if (has_attribute(node, "hidden")) return true;
  const std::string style = lower_ascii(attribute(node, "style"));
  return style.find("display:none") != style.npos || style.find("display: none") != style.npos;
}

bool has_side_role(const GumboNode* node) {
  const std::string_view role = attribute(node, "role");
  for (const std::string_view side :
       {"navigation"sv, "complementary"sv, "contentinfo"sv, "banner"sv, "search"sv, "dialog"sv, "menu"sv, "alert"sv}) {
    if (role == side) return true;
  }
  return false;
}

bool is_side_tag(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_NAV:
    case GUMBO_TAG_ASIDE:
    case GUMBO_TAG_FOOTER:
    case GUMBO_TAG_FORM:
    case GUMBO_TAG_FIGCAPTION:
    case GUMBO_TAG_HEADER:
    case GUMBO_TAG_MENU:
    case GUMBO_TAG_FIGURE: return true;
    default: return false;
  }
}

const GumboNode* first_heading(const GumboNode* node) {
  for (const GumboNode* child : Children(node)) {
    if (heading_level(child) > 0) return child;
    if (const GumboNode* below = first_heading(child)) return below;
  }
  return nullptr;
}

bool marked_as_body(const GumboNode* node) {
  return attribute(node, "itemprop") == "articleBody" || names_any(names_of(node), kPositive);
}

}  // namespace

bool is_machinery(const GumboNode* node) {
  if (!is_element(node)) return false;
  switch (node->v.element.tag) {
    case GUMBO_TAG_SCRIPT:
    case GUMBO_TAG_STYLE:
    case GUMBO_TAG_NOSCRIPT:
    case GUMBO_TAG_TEMPLATE:
    case GUMBO_TAG_HEAD:
    case GUMBO_TAG_BUTTON:
    case GUMBO_TAG_SELECT:
    case GUMBO_TAG_TEXTAREA:
    case GUMBO_TAG_IFRAME:
    case GUMBO_TAG_OBJECT:
    case GUMBO_TAG_SVG:
    case GUMBO_TAG_CANVAS:
    case GUMBO_TAG_AUDIO:
    case GUMBO_TAG_VIDEO:
    case GUMBO_TAG_TITLE: return true;
    default: return false;
  }
}

bool is_block_element(const GumboNode* node) {
  if (!is_element(node)) return false;
  switch (node->v.element.tag) {
    case GUMBO_TAG_A:
    case GUMBO_TAG_B:
    case GUMBO_TAG_I:
    case GUMBO_TAG_EM:
    case GUMBO_TAG_STRONG:
    case GUMBO_TAG_SPAN:
    case GUMBO_TAG_U:
    case GUMBO_TAG_S:
    case GUMBO_TAG_SMALL:
    case GUMBO_TAG_BIG:
    case GUMBO_TAG_SUB:
    case GUMBO_TAG_SUP:
    case GUMBO_TAG_FONT:
    case GUMBO_TAG_CODE:
    case GUMBO_TAG_KBD:
    case GUMBO_TAG_SAMP:
    case GUMBO_TAG_VAR:
    case GUMBO_TAG_TT:
    case GUMBO_TAG_ABBR:
    case GUMBO_TAG_ACRONYM:
    case GUMBO_TAG_CITE:
    case GUMBO_TAG_Q:
    case GUMBO_TAG_MARK:
    case GUMBO_TAG_TIME:
    case GUMBO_TAG_DEL:
    case GUMBO_TAG_INS:
    case GUMBO_TAG_BDI:
    case GUMBO_TAG_BDO:
    case GUMBO_TAG_IMG:
    case GUMBO_TAG_WBR:
    case GUMBO_TAG_BR:
    case GUMBO_TAG_DFN:
    case GUMBO_TAG_STRIKE:
    case GUMBO_TAG_LABEL:
    case GUMBO_TAG_DATA:
    case GUMBO_TAG_RUBY:
    case GUMBO_TAG_UNKNOWN: return false;
    default: return true;
  }
}

int heading_level(const GumboNode* node) {
  if (!is_element(node)) return 0;
  switch (node->v.element.tag) {
    case GUMBO_TAG_H1: return 1;
    case GUMBO_TAG_H2: return 2;
    case GUMBO_TAG_H3: return 3;
    case GUMBO_TAG_H4: return 4;
    case GUMBO_TAG_H5: return 5;
    case GUMBO_TAG_H6: return 6;
    default: return 0;
  }
}

MainContent::MainContent(const HtmlTree& tree) {
  const GumboNode* body = tree.root();
  for (const GumboNode* child : Children(tree.root())) {
    if (is_element(child, GUMBO_TAG_BODY)) body = child;
  }
  measure(body, false);
  mark(body, of(body).prose);
  // Again, without what is left out.
  measure(body, false);
  node_ = choose(body);
}

const MainContent::Measure& MainContent::of(const GumboNode* node) const {
  static const Measure kNothing;
  const auto it = measures_.find(node);
  return it == measures_.end() ? kNothing : it->second;
}

// Text, links and prose below a node. Prose is what stands in a block of its own, long enough and not mostly links.
MainContent::Measure MainContent::measure(const GumboNode* node, bool in_link) {
  Measure all;
  if (is_text(node)) {
    all.text = static_cast<double>(trimmed(text_of(node)).size());
    all.linked = in_link ? all.text : 0;
    return all;
  }
  if (!is_element(node) || is_machinery(node)) return all;
  Measure& stored = measures_[node];
  all.left_out = stored.left_out;
  if (all.left_out) return {0, 0, 0, true};
  in_link = in_link || is_element(node, GUMBO_TAG_A);
  double direct_text = 0, direct_linked = 0;
  for (const GumboNode* child : Children(node)) {
    const Measure below = measure(child, in_link);
    all.text += below.text;
    all.linked += below.linked;
    all.prose += below.prose;
    if (!is_block_element(child)) {
      direct_text += below.text;
      direct_linked += below.linked;
    }
  }
  if (is_block_element(node) && heading_level(node) == 0) {
    const double own = direct_text - direct_linked;
    if (own >= 40 && direct_linked < 0.5 * direct_text) all.prose += is_element(node, GUMBO_TAG_LI) ? own / 2 : own;
  }
  measures_[node] = all;
  return all;
}

void MainContent::mark(const GumboNode* node, double page_prose) {
  for (const GumboNode* child : Children(node)) {
    if (!is_element(child) || is_machinery(child)) continue;
    Measure& measure = measures_[child];
    const std::string names = names_of(child);
    const bool side =
        is_side_tag(child->v.element.tag) || has_side_role(child) || is_hidden(child) || names_any(names, kNegative);
    const bool never = names_any(names, kNeverArticle) && measure.prose < 0.9 * page_prose;
    const bool holds_article =
        !never && (measure.prose > 0.4 * page_prose || (marked_as_body(child) && measure.prose > 200));
    if ((side && !holds_article) || is_teaser(child, measure)) {
      measure.left_out = true;
    } else {
      mark(child, page_prose);
    }
  }
}

// A box with a headline that leads elsewhere, and what is said about it.
bool MainContent::is_teaser(const GumboNode* element, const Measure& measure) const {
  if (measure.text > 800 || measure.text < 1 || !is_block_element(element) || is_element(element, GUMBO_TAG_P) ||
      heading_level(element) > 0)
    return false;
  const GumboNode* heading = first_heading(element);
  return heading != nullptr && of(heading).text > 10 && of(heading).linked > 0.9 * of(heading).text;
}

// The outermost element that the site marks as its article's body, if it holds a fair share of the prose.
const GumboNode* MainContent::marked_body(const GumboNode* node, double least) const {
  const GumboNode* best = nullptr;
  for (const GumboNode* child : Children(node)) {
    if (!is_element(child) || of(child).prose < least) continue;
    const GumboNode* found = marked_as_body(child) ? child : marked_body(child, least);
    if (found != nullptr && (best == nullptr || of(found).prose > of(best).prose)) best = found;
  }
  return best;
}

// The deepest element that holds most of the prose.
const GumboNode* MainContent::choose(const GumboNode* body) const {
  const double all = of(body).prose;
  const GumboNode* node = marked_body(body, std::max(150.0, 0.35 * all));
  if (node == nullptr) node = body;
  for (;;) {
    const GumboNode* best = nullptr;
    for (const GumboNode* child : Children(node)) {
      if (is_element(child) && (best == nullptr || of(child).prose > of(best).prose)) best = child;
    }
    const double share = is_element(node, GUMBO_TAG_ARTICLE) || marked_as_body(node) ? 0.9 : 0.8;
    if (best == nullptr || of(best).prose <= 0 || of(best).prose < share * of(node).prose ||
        of(best).prose < 0.3 * all || !is_block_element(best) || is_element(best, GUMBO_TAG_P)) {
      return node;
    }
    node = best;
  }
}

bool MainContent::leaves_out(const GumboNode* element) const {
  const Measure& measure = of(element);
  if (measure.left_out || is_machinery(element)) return true;
  if (!is_block_element(element) || heading_level(element) > 0) return false;
  if (is_element(element, GUMBO_TAG_P))
    return measure.text > 0 && measure.text < 150 && measure.linked > 0.9 * measure.text;
  // A list or box of links.
  return measure.text > 0 && measure.linked > 0.6 * measure.text && measure.prose < 100;
}

}  // namespace nutgraf::reader
