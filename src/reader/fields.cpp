#include "reader/fields.h"

#include <algorithm>
#include <array>

#include "reader/date_spelling.h"
#include "reader/document.h"
#include "reader/metadata_lines.h"
#include "reader/unicode.h"

namespace nutgraf::reader {
namespace {

struct Key {
  std::string_view name;
  Field field;
};

// In the order in which they are asked: a site's path comes last, since its date is the weakest.
constexpr std::array kKeys{Key{"id", Field::id},
                           Key{"_id", Field::id},
                           Key{"title", Field::title},
                           Key{"headline", Field::title},
                           Key{"text", Field::text},
                           Key{"body", Field::text},
                           Key{"content", Field::text},
                           Key{"date", Field::date},
                           Key{"published", Field::date},
                           Key{"published_at", Field::date},
                           Key{"published_date", Field::date},
                           Key{"publish_date", Field::date},
                           Key{"publishdate", Field::date},
                           Key{"pubdate", Field::date},
                           Key{"datepublished", Field::date},
                           Key{"url", Field::url},
                           Key{"link", Field::url},
                           Key{"canonical", Field::url},
                           Key{"canonical_url", Field::url},
                           Key{"canonicalurl", Field::url},
                           Key{"source_url", Field::url},
                           Key{"source", Field::source},
                           Key{"site", Field::source},
                           Key{"publisher", Field::source},
                           Key{"author", Field::author},
                           Key{"authors", Field::author},
                           Key{"byline", Field::author},
                           Key{"lang", Field::language},
                           Key{"language", Field::language},
                           Key{"tags", Field::tags},
                           Key{"categories", Field::tags},
                           Key{"category", Field::tags},
                           Key{"keywords", Field::tags},
                           Key{"path", Field::site_path},
                           Key{"permalink", Field::site_path}};

std::string joined(const std::vector<std::string>& items) {
  std::string all;
  for (const std::string& item : items) {
    const std::string line = one_line(item);
    if (line.empty()) continue;
    if (!all.empty()) all += ", ";
    all += line;
  }
  return all;
}

void add_tags(Article& article, const std::vector<std::string>& items) {
  for (const std::string& item : items) {
    // One string may hold several: "ai, chips".
    for (std::size_t at = 0; at <= item.size();) {
      const std::size_t end = items.size() == 1 ? std::min(item.find_first_of(",;", at), item.size()) : item.size();
      const std::string tag = one_line(std::string_view(item).substr(at, end - at));
      if (!tag.empty() && std::find(article.tags.begin(), article.tags.end(), tag) == article.tags.end())
        article.tags.push_back(tag);
      at = end + 1;
    }
  }
}

void set_date(Article& article, const std::string& value, DateSource source) {
  if (article.date.known() || trimmed(value).empty()) return;
  if (const auto date = date_of_value(value)) {
    offer_date(article, *date, one_line(value), source);
  } else {
    article.notices.push_back("date \"" + one_line(value).substr(0, 60) + "\" not understood");
  }
}

void set_field(Article& article, const FieldValue& value, DateSource source) {
  const std::string line = joined(value.items);
  if (line.empty()) return;
  const auto set = [&](std::string& to) {
    if (to.empty()) to = line;
  };
  switch (value.field) {
    case Field::id:
      if (article.id.empty()) article.id = value.items.front();
      break;
    case Field::title: set(article.title); break;
    case Field::date: set_date(article, value.items.front(), source); break;
    case Field::url:
      if (is_web_address(line)) set(article.url);
      break;
    case Field::source:
      if (is_web_address(line)) {
        set(article.url);
      } else {
        set(article.source);
      }
      break;
    case Field::author: set(article.author); break;
    case Field::language:
      if (article.language.empty()) article.language = language_code(line);
      break;
    case Field::tags: add_tags(article, value.items); break;
    case Field::site_path:
      if (is_web_address(line)) {
        set(article.url);
      } else if (const auto date = date_in_path(line)) {
        offer_date(article, {*date, {}, false}, line, DateSource::url);
      }
      break;
    case Field::none:
    case Field::text: break;
  }
}

}  // namespace

FieldValue field_named(std::string_view key) {
  const auto same = [](char c, char wanted) { return (c == '-' ? '_' : lower(c)) == wanted; };
  const auto found = std::find_if(kKeys.begin(), kKeys.end(), [&](const Key& known) {
    return std::equal(key.begin(), key.end(), known.name.begin(), known.name.end(), same);
  });
  if (found == kKeys.end()) return {};
  return {found->field, static_cast<std::size_t>(found - kKeys.begin()), {}};
}

void set_fields(Article& article, std::vector<FieldValue> values, DateSource source) {
  std::stable_sort(values.begin(), values.end(),
                   [](const FieldValue& a, const FieldValue& b) { return a.rank < b.rank; });
  for (const FieldValue& value : values) set_field(article, value, source);
}

}  // namespace nutgraf::reader
