#include "reader/entities.h"

#include <array>

#include "reader/unicode.h"

namespace nutgraf::reader {
namespace {

struct Entity {
  std::string_view name, text;
};

// Those that articles use; gumbo knows them all where a whole page is parsed.
constexpr std::array kEntities{
    Entity{"amp", "&"},    Entity{"lt", "<"},        Entity{"gt", ">"},     Entity{"quot", "\""},
    Entity{"apos", "'"},   Entity{"nbsp", "\u00A0"}, Entity{"copy", "©"},   Entity{"reg", "®"},
    Entity{"trade", "™"},  Entity{"hellip", "…"},    Entity{"mdash", "—"},  Entity{"ndash", "–"},
    Entity{"lsquo", "‘"},  Entity{"rsquo", "’"},     Entity{"ldquo", "“"},  Entity{"rdquo", "”"},
    Entity{"bull", "•"},   Entity{"middot", "·"},    Entity{"times", "×"},  Entity{"euro", "€"},
    Entity{"pound", "£"},  Entity{"yen", "¥"},       Entity{"cent", "¢"},   Entity{"deg", "°"},
    Entity{"plusmn", "±"}, Entity{"laquo", "«"},     Entity{"raquo", "»"},  Entity{"frac12", "½"},
    Entity{"ensp", " "},   Entity{"emsp", " "},      Entity{"rarr", "→"},   Entity{"larr", "←"},
    Entity{"le", "≤"},     Entity{"ge", "≥"},        Entity{"ne", "≠"},     Entity{"eacute", "é"},
    Entity{"egrave", "è"}, Entity{"agrave", "à"},    Entity{"uuml", "ü"},   Entity{"ouml", "ö"},
    Entity{"auml", "ä"},   Entity{"szlig", "ß"},     Entity{"ccedil", "ç"}, Entity{"ntilde", "ñ"},
    Entity{"sect", "§"},   Entity{"para", "¶"},      Entity{"minus", "−"},  Entity{"prime", "′"},
    Entity{"thinsp", " "}};

std::string numeric(std::string_view digits) {
  const bool hex = !digits.empty() && (digits[0] == 'x' || digits[0] == 'X');
  if (hex) digits.remove_prefix(1);
  if (digits.empty() || digits.size() > 7) return {};
  char32_t value = 0;
  for (const char c : digits) {
    const char low = lower(c);
    const bool letter = hex && low >= 'a' && low <= 'f';
    if (!is_digit(c) && !letter) return {};
    value = value * (hex ? 16U : 10U) + static_cast<char32_t>(letter ? low - 'a' + 10 : c - '0');
  }
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  std::string text;
  append_utf8(text, value == 0 || value > 0x10FFFF || surrogate ? kReplacement : value);
  return text;
}

}  // namespace

std::string decoded_entity(std::string_view entity) {
  if (entity.size() < 3 || entity.front() != '&' || entity.back() != ';') return {};
  const std::string_view name = entity.substr(1, entity.size() - 2);
  if (name.front() == '#') return numeric(name.substr(1));
  for (const Entity& known : kEntities) {
    if (known.name == name) return std::string(known.text);
  }
  return {};
}

}  // namespace nutgraf::reader
