// One JSON object as an article.
#include <algorithm>

#include "reader/document.h"
#include "reader/fields.h"
#include "reader/html.h"
#include "reader/json_value.h"
#include "reader/plain_text.h"
#include "reader/unicode.h"
#include "reader/unreadable.h"

namespace nutgraf::reader {
namespace {

using nlohmann::json;

std::string at_line(std::size_t line) { return "line " + std::to_string(line) + ": "; }

// The strings of a value: itself, its items, the names of the objects ({"name": "..."}) among them.
void add_items(const json& value, std::vector<std::string>& items) {
  if (value.is_string()) {
    items.push_back(value.get<std::string>());
  } else if (value.is_number()) {
    items.push_back(value.dump());
  } else if (value.is_array()) {
    for (const json& item : value) {
      if (!item.is_array()) add_items(item, items);
    }
  } else if (value.is_object() && value.contains("name") && value["name"].is_string()) {
    items.push_back(value["name"].get<std::string>());
  }
}

// Many feeds put markup in their text field.
bool is_markup(std::string_view text) {
  if (trimmed(text).substr(0, 1) == "<" && text.find("</") != text.npos) return true;
  std::size_t tags = 0;
  for (auto at = text.find("</p>"); at != text.npos; at = text.find("</p>", at + 4)) ++tags;
  return tags >= 2;
}

}  // namespace

Article parse_record(std::string_view text, std::size_t line, std::size_t column) {
  json record = parse_json(text, line, column);
  if (!record.is_object()) throw Unreadable(at_line(line) + "not a JSON object but " + record.type_name());
  Article article;
  std::vector<FieldValue> fields;
  std::string* body = nullptr;
  std::size_t body_rank = 0;
  std::string wrong;
  for (auto it = record.begin(); it != record.end(); ++it) {
    FieldValue field = field_named(it.key());
    if (field.field == Field::none || it->is_null()) continue;
    if (field.field != Field::text) {
      add_items(*it, field.items);
      if (!field.items.empty()) fields.push_back(std::move(field));
    } else if (!it->is_string()) {
      wrong = "\"" + it.key() + "\" is not a string but " + it->type_name();
    } else if (!it->get_ref<const std::string&>().empty() && (body == nullptr || field.rank < body_rank)) {
      body = it->get_ptr<std::string*>();
      body_rank = field.rank;
    }
  }
  set_fields(article, std::move(fields), DateSource::record);
  if (body == nullptr) throw UnreadableRecord(at_line(line) + (wrong.empty() ? "record without text" : wrong), article);
  // One byte for one, so that offsets stay those of the decoded string.
  if (body->find('\0') != body->npos) std::replace(body->begin(), body->end(), '\0', ' ');
  article.bytes_of = BytesOf::field;
  if (is_markup(*body)) {
    read_html_fragment(article, *body);
  } else {
    article.text = std::move(*body);
    article.line_starts = line_starts_of(article.text);
    read_plain_text(article, false);
  }
  return article;
}

}  // namespace nutgraf::reader
