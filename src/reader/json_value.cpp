#include "reader/json_value.h"

#include <simdjson.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "reader/fields.h"
#include "reader/unicode.h"
#include "reader/unreadable.h"

namespace nutgraf::reader {
namespace {

using nlohmann::json;

// simdjson's buffers are 14 times as large as the text: what is longer is left to the other parser.
constexpr std::size_t kLongest = std::size_t{1} << 20;

json value_of(const simdjson::dom::element& element) {
  using simdjson::dom::element_type;
  switch (element.type()) {
    case element_type::OBJECT: {
      json::object_t object;
      for (const auto [key, value] : element.get_object()) object[std::string(key)] = value_of(value);
      return object;
    }
    case element_type::ARRAY: {
      json::array_t array;
      for (const simdjson::dom::element item : element.get_array()) array.push_back(value_of(item));
      return array;
    }
    case element_type::STRING: return std::string(std::string_view(element));
    case element_type::INT64: return std::int64_t{element};
    case element_type::UINT64: return std::uint64_t{element};
    case element_type::DOUBLE: return double{element};
    case element_type::BOOL: return bool{element};
    case element_type::NULL_VALUE: break;
  }
  return nullptr;
}

// Of a record, what is no field is left out: that is most of it, where a feed has many.
json record_of(const simdjson::dom::object& object) {
  json::object_t record;
  for (const auto [key, value] : object) {
    if (field_named(key).field != Field::none) record[std::string(key)] = value_of(value);
  }
  return record;
}

// What simdjson takes is what json::parse() takes, with the same value, but for less: no numbers beyond 64 bits, no
// deep nesting, nothing around the value but white space.
std::optional<json> parse_quickly(std::string_view text) {
  thread_local simdjson::dom::parser parser(kLongest);
  simdjson::dom::object object;
  if (parser.parse(text.data(), text.size()).get(object) != simdjson::SUCCESS) return {};
  return record_of(object);
}

bool is_surrogate(std::string_view text, std::size_t at, char least, char most) {
  if (at + 6 > text.size() || text[at] != '\\' || text[at + 1] != 'u' || lower(text[at + 2]) != 'd') return false;
  const char third = lower(text[at + 3]);
  return third >= least && third <= most;
}

// "\ud83d" without its other half is no JSON that a parser takes: U+FFFD in its place.
std::string without_lone_surrogates(std::string_view text) {
  std::string mended(text);
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '\\') continue;
    const bool high = is_surrogate(text, at, '8', 'b');
    if (high && is_surrogate(text, at + 6, 'c', 'f')) {
      at += 11;
    } else {
      if (high || is_surrogate(text, at, 'c', 'f')) mended.replace(at, 6, "\\ufffd");
      ++at;
    }
  }
  return mended;
}

// The library's words without its own place and name in front, on one line.
std::string message_of(const json::exception& error) {
  std::string message = error.what();
  for (const std::string_view mark : {"column ", "] "}) {
    const auto at = message.find(mark);
    if (at == message.npos) continue;
    const auto colon = message.find(": ", at);
    message.erase(0, colon != message.npos ? colon + 2 : at + mark.size());
    break;
  }
  message = one_line(message);
  return message.size() > 160 ? message.substr(0, 157) + "..." : message;
}

}  // namespace

json parse_json(std::string_view text, std::size_t line, std::size_t column) {
  if (auto value = parse_quickly(text)) return *std::move(value);
  try {
    return json::parse(text);
  } catch (const json::parse_error& error) {
    if (text.find("\\u") != text.npos) {
      const std::string mended = without_lone_surrogates(text);
      if (mended != text) {
        json value = json::parse(mended, nullptr, false);
        if (!value.is_discarded()) return value;
      }
    }
    const std::string_view before = text.substr(0, error.byte > 0 ? error.byte - 1 : 0);
    const auto newlines = static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
    const auto last = before.rfind('\n');
    const std::size_t at = last == before.npos ? column + before.size() : before.size() - last;
    throw Unreadable("line " + std::to_string(line + newlines) + ", column " + std::to_string(at) +
                     ": invalid JSON: " + message_of(error));
  } catch (const json::out_of_range& error) {
    // A number that no double can hold, somewhere in the value.
    throw Unreadable("line " + std::to_string(line) + ": " + message_of(error));
  }
}

}  // namespace nutgraf::reader
