#include "present/xml.h"

#include "nutgraf/present.h"
#include "text/utf8.h"

namespace nutgraf::present {

std::string xml_escaped(std::string_view text) {
  const std::string clean = printable(text);  // without control characters, of which XML 1.0 has none
  std::string escaped;
  for (std::size_t at = 0; at < clean.size();) {
    const CodePoint c = code_point_at(clean, at);
    switch (c.value) {
      case '&': escaped += "&amp;"; break;
      case '<': escaped += "&lt;"; break;
      case '>': escaped += "&gt;"; break;
      case '"': escaped += "&quot;"; break;
      case 0xFFFE:
      case 0xFFFF: escaped += "\uFFFD"; break;
      default: escaped.append(clean, at, c.size);
    }
    at += c.size;
  }
  return escaped;
}

}  // namespace nutgraf::present
