#include "reader/front_matter.h"

#include <toml++/toml.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include "reader/fields.h"
#include "reader/unicode.h"

namespace nutgraf::reader {
namespace {

struct Fenced {
  std::string_view content;
  std::size_t size = 0;  // with both fences
};

Fenced fenced_by(std::string_view text, std::string_view fence) {
  const auto first_end = text.find('\n');
  if (first_end == text.npos || trimmed(text.substr(0, first_end)) != fence) return {};
  for (std::size_t at = first_end + 1; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = trimmed(text.substr(at, end - at));
    if (line == fence || (fence == "---" && line == "...")) {
      return {text.substr(first_end + 1, at - first_end - 1), std::min(end + 1, text.size())};
    }
    at = end + 1;
  }
  return {};
}

void add_items(const YAML::Node& node, std::vector<std::string>& items) {
  if (node.IsScalar()) {
    items.push_back(node.Scalar());
  } else if (node.IsSequence()) {
    for (const auto& item : node) {
      if (!item.IsSequence()) add_items(item, items);
    }
  } else if (node.IsMap() && node["name"] && node["name"].IsScalar()) {
    items.push_back(node["name"].Scalar());
  }
}

std::vector<FieldValue> yaml_fields(std::string_view content) {
  const YAML::Node root = YAML::Load(std::string(content));
  std::vector<FieldValue> fields;
  if (!root.IsMap()) return fields;
  for (const auto& entry : root) {
    if (!entry.first.IsScalar()) continue;
    FieldValue field = field_named(entry.first.Scalar());
    if (field.field == Field::none) continue;
    add_items(entry.second, field.items);
    if (!field.items.empty()) fields.push_back(std::move(field));
  }
  return fields;
}

void add_items(const toml::node& node, std::vector<std::string>& items) {
  if (const auto* text = node.as_string()) {
    items.push_back(text->get());
  } else if (const auto* list = node.as_array()) {
    for (const toml::node& item : *list) {
      if (!item.is_array()) add_items(item, items);
    }
  } else if (const auto* table = node.as_table()) {
    if (const auto* name = table->get("name"); name != nullptr && name->is_string())
      items.push_back(name->as_string()->get());
  } else {
    std::ostringstream spelled;
    node.visit([&](const auto& value) {
      if constexpr (toml::is_value<decltype(value)>) spelled << value.get();
    });
    items.push_back(spelled.str());
  }
}

// Zola keeps tags in a table of their own, [taxonomies].
std::vector<FieldValue> toml_fields(const toml::table& root) {
  std::vector<FieldValue> fields;
  const auto add = [&](const toml::table& table) {
    for (const auto& [key, node] : table) {
      FieldValue field = field_named(key.str());
      if (field.field == Field::none) continue;
      add_items(node, field.items);
      if (!field.items.empty()) fields.push_back(std::move(field));
    }
  };
  add(root);
  if (const auto* taxonomies = root.get_as<toml::table>("taxonomies")) add(*taxonomies);
  return fields;
}

// "key: value" and "key = value", for what no parser takes.
std::vector<FieldValue> fields_by_line(std::string_view content) {
  std::vector<FieldValue> fields;
  for (std::size_t at = 0; at < content.size();) {
    const std::size_t end = std::min(content.find('\n', at), content.size());
    const std::string_view line = content.substr(at, end - at);
    at = end + 1;
    const auto mark = line.find_first_of(":=");
    if (mark == line.npos) continue;
    FieldValue field = field_named(trimmed(line.substr(0, mark)));
    std::string_view value = trimmed(line.substr(mark + 1));
    while (!value.empty() && std::string_view("\"'[]").find(value.front()) != std::string_view::npos)
      value.remove_prefix(1);
    while (!value.empty() && std::string_view("\"'[],").find(value.back()) != std::string_view::npos)
      value.remove_suffix(1);
    if (field.field == Field::none || value.empty()) continue;
    field.items.emplace_back(value);
    fields.push_back(std::move(field));
  }
  return fields;
}

// The line, from 1, of a value whose opening quote nothing closes; 0 where there is none. yaml-cpp takes all that
// follows for its value.
std::size_t open_quote_line(std::string_view content) {
  if (std::count(content.begin(), content.end(), '"') % 2 == 0) return 0;
  std::size_t number = 0;
  for (std::size_t at = 0; at < content.size();) {
    const std::size_t end = std::min(content.find('\n', at), content.size());
    const std::string_view line = content.substr(at, end - at);
    ++number;
    at = end + 1;
    const auto value = line.find(": \"");
    if (value != line.npos && std::count(line.begin(), line.end(), '"') == 1) return number;
  }
  return 0;
}

void say_broken(Article& article, std::size_t line, std::string_view message) {
  // The fence is line 1.
  article.notices.push_back("front matter, line " + std::to_string(line + 1) + ": " + one_line(message).substr(0, 160) +
                            "; read line by line");
}

}  // namespace

std::size_t take_front_matter(Article& article, std::string_view text) {
  const Fenced yaml = fenced_by(text, "---");
  const Fenced toml = fenced_by(text, "+++");
  const Fenced& fenced = yaml.size > 0 ? yaml : toml;
  if (fenced.size == 0) return 0;
  std::vector<FieldValue> fields;
  const std::size_t open_quote = yaml.size > 0 ? open_quote_line(fenced.content) : 0;
  if (open_quote > 0) {
    say_broken(article, open_quote, "a quote is not closed");
    set_fields(article, fields_by_line(fenced.content), DateSource::front_matter);
    return fenced.size;
  }
  try {
    fields = yaml.size > 0 ? yaml_fields(fenced.content) : toml_fields(toml::parse(fenced.content));
  } catch (const YAML::Exception& error) {
    say_broken(article, error.mark.is_null() ? 1 : static_cast<std::size_t>(error.mark.line) + 1, error.msg);
    fields = fields_by_line(fenced.content);
  } catch (const toml::parse_error& error) {
    say_broken(article, error.source().begin.line, error.description());
    fields = fields_by_line(fenced.content);
  }
  set_fields(article, std::move(fields), DateSource::front_matter);
  return fenced.size;
}

}  // namespace nutgraf::reader
