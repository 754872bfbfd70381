#include "present/dump.h"

#include <algorithm>

namespace nutgraf::present {

std::string compact(const Json& value) {
  const std::string dumped = value.dump(-1, ' ', false, Json::error_handler_t::replace);
  // JSON allows DEL and the controls U+0080 to U+009F as they are, but terminals obey them ("\u009b" begins an escape
  // sequence as ESC [ does), and JSON is looked at in terminals too. They stand in strings only.
  std::string out;
  out.reserve(dumped.size());
  for (std::size_t at = 0; at < dumped.size(); ++at) {
    const auto byte = static_cast<unsigned char>(dumped[at]);
    const auto next = at + 1 < dumped.size() ? static_cast<unsigned char>(dumped[at + 1]) : 0U;
    if (byte == 0x7F) {
      out += "\\u007f";
    } else if (byte == 0xC2 && next < 0xA0) {
      out += next < 0x90 ? "\\u008" : "\\u009";
      out += "0123456789abcdef"[next & 15U];
      ++at;
    } else {
      out += dumped[at];
    }
  }
  return out;
}

namespace {

/// Numbers, ranges and lists of ranges stay on one line also when the rest is indented.
bool is_short(const Json& value) {
  if (value.is_array())
    return std::all_of(value.begin(), value.end(),
                       [](const Json& item) { return item.is_number() || (item.is_array() && is_short(item)); });
  return !value.is_object() || value.empty();
}

void append_pretty(std::string& out, const Json& value, std::size_t step, std::size_t margin) {
  if (is_short(value)) {
    out += compact(value);
    return;
  }
  const bool object = value.is_object();
  out += object ? '{' : '[';
  bool first = true;
  for (auto item = value.begin(); item != value.end(); ++item) {
    if (!first) out += ',';
    first = false;
    out += '\n';
    out.append(margin + step, ' ');
    if (object) out += compact(Json(item.key())) + ": ";
    append_pretty(out, *item, step, margin + step);
  }
  out += '\n';
  out.append(margin, ' ');
  out += object ? '}' : ']';
}

}  // namespace

std::string dump(const Json& value, int indent) {
  if (indent <= 0) return compact(value);
  std::string out;
  append_pretty(out, value, static_cast<std::size_t>(indent), 0);
  return out;
}

}  // namespace nutgraf::present
