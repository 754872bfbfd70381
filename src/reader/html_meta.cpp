#include "reader/html_meta.h"

#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "reader/document.h"
#include "reader/metadata_lines.h"
#include "reader/unicode.h"

namespace nutgraf::reader {
namespace {

using namespace std::string_view_literals;
using nlohmann::json;

struct Found {
  std::map<std::string, std::string, std::less<>> meta;  // by name, property or itemprop, lower case; the first wins
  std::string title, first_h1, canonical, language, rel_author;
  std::vector<std::string> times;
  std::vector<json> linked;  // JSON-LD
};

void add_meta(Found& found, const GumboNode* node) {
  const std::string content = one_line(attribute(node, "content"));
  if (content.empty()) return;
  for (const char* key : {"property", "name", "itemprop", "http-equiv"}) {
    const std::string name = lower_ascii(attribute(node, key));
    if (!name.empty()) found.meta.emplace(name, content);
  }
}

void collect(Found& found, const GumboNode* node) {
  if (!is_element(node)) return;
  switch (node->v.element.tag) {
    case GUMBO_TAG_META: add_meta(found, node); return;
    case GUMBO_TAG_TITLE:
      if (found.title.empty()) found.title = one_line(inner_text(node));
      return;
    case GUMBO_TAG_H1:
      if (found.first_h1.empty()) found.first_h1 = one_line(inner_text(node));
      return;
    case GUMBO_TAG_HTML: found.language = attribute(node, "lang"); break;
    case GUMBO_TAG_LINK:
      if (attribute(node, "rel") == "canonical" && found.canonical.empty()) found.canonical = attribute(node, "href");
      return;
    case GUMBO_TAG_SCRIPT:
      if (lower_ascii(attribute(node, "type")).rfind("application/ld+json", 0) == 0) {
        for (const GumboNode* child : Children(node)) {
          json value = json::parse(text_of(child), nullptr, false);
          if (!value.is_discarded()) found.linked.push_back(std::move(value));
        }
      }
      return;
    case GUMBO_TAG_TIME:
      if (!attribute(node, "datetime").empty()) found.times.emplace_back(attribute(node, "datetime"));
      break;
    case GUMBO_TAG_A:
      if (attribute(node, "rel") == "author" && found.rel_author.empty()) found.rel_author = one_line(inner_text(node));
      break;
    default: break;
  }
  if (attribute(node, "itemprop") == "datePublished") {
    const std::string_view content = attribute(node, "content");
    found.meta.emplace("datepublished", one_line(content.empty() ? attribute(node, "datetime") : content));
  }
  for (const GumboNode* child : Children(node)) collect(found, child);
}

// The first object that describes an article: its type says so.
const json* linked_article(const json& value, int depth = 0) {
  if (depth > 8) return nullptr;
  if (value.is_object()) {
    const auto type = value.find("@type");
    const std::string name = type == value.end() ? std::string() : type->dump();
    for (const std::string_view kind : {"Article"sv, "BlogPosting"sv, "Report"sv}) {
      if (name.find(kind) != name.npos) return &value;
    }
  }
  if (!value.is_structured()) return nullptr;
  for (const json& item : value) {
    if (const json* article = linked_article(item, depth + 1)) return article;
  }
  return nullptr;
}

// A string, the name of an object, or those of a list.
std::string linked_text(const json& value) {
  if (value.is_string()) return one_line(value.get_ref<const std::string&>());
  if (value.is_object()) return value.contains("name") ? linked_text(value["name"]) : std::string();
  std::string all;
  if (value.is_array()) {
    for (const json& item : value) {
      const std::string one = item.is_array() ? std::string() : linked_text(item);
      if (!one.empty()) all += (all.empty() ? "" : ", ") + one;
    }
  }
  return all;
}

// "Title | Site", "Title - Site": without the part that names the site.
std::string without_site(const std::string& title, const std::string& site, bool any_site) {
  for (const std::string_view mark : {" | "sv, " – "sv, " — "sv, " - "sv, " :: "sv, " » "sv, "_"sv, "｜"sv}) {
    const auto at = title.rfind(mark);
    if (at == title.npos || at == 0) continue;
    const std::string_view behind = trimmed(std::string_view(title).substr(at + mark.size()));
    const bool names_site = !site.empty() && (lower_ascii(behind).find(lower_ascii(site)) != std::string::npos ||
                                              says_the_same(behind, site) ||
                                              says_the_same(behind, std::string_view(site).substr(0, site.find('.'))));
    const bool short_end = any_site && at >= 8 && behind.size() <= 40 && behind.size() < 2 * at &&
                           std::count(behind.begin(), behind.end(), ' ') < 4;
    if (names_site || short_end) return std::string(trimmed(std::string_view(title).substr(0, at)));
  }
  return title;
}

// "example.com" for "https://www.example.com/news".
std::string host_of(std::string_view url) {
  if (!is_web_address(url)) return {};
  url.remove_prefix(url.find("//") + 2);
  if (starts_with_nocase(url, "www.")) url.remove_prefix(4);
  return lower_ascii(url.substr(0, url.find_first_of("/:?#")));
}

std::string first_meta(const Found& found, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    const auto it = found.meta.find(name);
    if (it != found.meta.end() && !it->second.empty()) return it->second;
  }
  return {};
}

std::string linked_field(const json* linked, const char* name) {
  if (linked == nullptr || !linked->contains(name)) return {};
  return linked_text((*linked)[name]);
}

const std::string& first_of(const std::string& a, const std::string& b) { return a.empty() ? b : a; }

void take_date(Article& article, const Found& found, const json* linked) {
  std::vector<std::string> spellings{
      first_meta(found,
                 {"article:published_time", "og:article:published_time", "og:published_time", "article:published"}),
      linked_field(linked, "datePublished"),
      first_meta(found, {"datepublished", "date", "pubdate", "publishdate", "publish-date", "publish_date",
                         "dc.date.issued", "dc.date", "dcterms.date", "dcterms.created", "sailthru.date",
                         "parsely-pub-date", "article.published", "publication_date", "cxenseparse:recs:publishtime",
                         "weibo: article:create_at", "apub:time"}),
      linked_field(linked, "dateCreated")};
  spellings.insert(spellings.end(), found.times.begin(), found.times.end());
  for (const std::string& spelling : spellings) {
    if (const auto date = date_of_value(spelling)) offer_date(article, *date, spelling, DateSource::meta);
  }
}

}  // namespace

void take_html_metadata(Article& article, const HtmlTree& tree) {
  Found found;
  collect(found, tree.root());
  const json* linked = nullptr;
  for (const json& value : found.linked) {
    if (linked == nullptr) linked = linked_article(value);
  }
  article.source = first_of(first_meta(found, {"og:site_name"}), linked_field(linked, "publisher"));
  if (article.source.empty()) article.source = first_meta(found, {"application-name", "dc.publisher", "publisher"});
  // A list of what the site offers is no name.
  article.source = article.source.substr(0, article.source.find(" | "));
  if (is_web_address(article.source)) article.source = host_of(article.source);
  const std::string headline =
      first_of(first_meta(found, {"og:title", "twitter:title"}), linked_field(linked, "headline"));
  if (!headline.empty()) {
    article.title = without_site(headline, article.source, false);
  } else {
    article.title = found.first_h1.empty() || found.first_h1 == article.source
                        ? without_site(found.title, article.source, true)
                        : found.first_h1;
  }
  std::string author = first_of(
      linked_field(linked, "author"),
      first_meta(found, {"author", "article:author", "parsely-author", "dc.creator", "sailthru.author", "byl"}));
  if (is_web_address(author)) author.clear();
  article.author = first_of(author, found.rel_author);
  if (starts_with_nocase(article.author, "by ")) article.author.erase(0, 3);
  const std::string url = first_of(found.canonical, first_meta(found, {"og:url"}));
  // A canonical url without a path is the site's, not the article's.
  if (is_web_address(url) && url.find('/', 8) != url.npos && url.find('/', 8) + 1 < url.size()) article.url = url;
  if (article.source.empty()) article.source = host_of(url);
  article.language = language_code(found.language);
  if (article.language.empty())
    article.language = language_code(first_meta(found, {"content-language", "og:locale", "language"}));
  take_date(article, found, linked);
}

}  // namespace nutgraf::reader
