#include "reader/document.h"

#include <unicode/uloc.h>

#include <algorithm>
#include <array>

#include "reader/metadata_lines.h"
#include "reader/plain_text.h"
#include "reader/unicode.h"
#include "reader/unreadable.h"

namespace nutgraf::reader {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kLongestId = 1024;
constexpr std::size_t kDerivedTitle = 90;

void check_id(const std::string& id) {
  if (id.size() > kLongestId) throw Unreadable("id of " + std::to_string(id.size()) + " bytes: longer than 1024");
  if (const auto at = utf8_error(id)) throw Unreadable("id is not valid UTF-8 (byte " + std::to_string(*at) + ")");
  const auto control =
      std::find_if(id.begin(), id.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
  if (control != id.end()) {
    throw Unreadable("id with a control character (byte " + std::to_string(control - id.begin()) + ")");
  }
}

// The first sentence, cut at a word's end where it is long.
std::string derived_title(std::string_view text) {
  const std::string line = one_line(text.substr(0, std::min<std::size_t>(text.size(), 1000)));
  std::string_view sentence = std::string_view(line).substr(0, first_sentence_end(line));
  if (columns(sentence) <= kDerivedTitle) {
    for (const std::string_view stop : {"."sv, "。"sv}) {
      const bool ellipsis = sentence.size() > 1 && sentence[sentence.size() - 2] == '.';
      if (sentence.size() > stop.size() && !ellipsis && sentence.substr(sentence.size() - stop.size()) == stop) {
        sentence.remove_suffix(stop.size());
      }
    }
    return std::string(trimmed(sentence));
  }
  std::size_t at = 0, width = 0, cut = 0;
  while (at < sentence.size()) {
    const CodePoint c = code_point_at(sentence, at);
    width += c.value >= 0x2E80 ? 2 : 1;
    if (width > kDerivedTitle) break;
    if (c.value == ' ' || c.value >= 0x2E80) cut = c.value == ' ' ? at : at + c.size;
    at += c.size;
  }
  return std::string(trimmed(sentence.substr(0, cut > kDerivedTitle / 3 ? cut : at))) + "…";
}

bool is_punctuation(char32_t c) {
  return (c >= 0x2010 && c <= 0x205E) || (c >= 0x3001 && c <= 0x303F) || (c >= 0xFF01 && c <= 0xFF0F) ||
         (c >= 0xFF1A && c <= 0xFF20) || (c >= 0xFF3B && c <= 0xFF40) || (c >= 0xFF5B && c <= 0xFF65) ||
         (c >= 0xA1 && c <= 0xBF);
}

std::string comparable(std::string_view text) {
  std::string folded;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = code_point_at(text, at);
    if (c.value >= 0x80 ? !is_blank(c.value) && !is_punctuation(c.value)
                        : (is_letter(text[at]) || is_digit(text[at]))) {
      for (const char byte : text.substr(at, c.size)) folded += lower(byte);
    }
    at += c.size;
  }
  return folded;
}

}  // namespace

Article parse_txt(Decoded decoded) {
  Article article;
  if (decoded.as_is) {
    article.bytes_of = BytesOf::file;
    article.line_starts = decoded.file_line_starts();
    if (decoded.skipped > 0) {
      article.origin = {{0, decoded.skipped}};
      article.origin_end = decoded.skipped + decoded.text.size();
    }
  } else {
    article.bytes_of = BytesOf::text;
    article.line_starts = line_starts_of(decoded.text);
  }
  article.text = std::move(decoded.text);
  article.notices = std::move(decoded.notices);
  read_plain_text(article, true);
  return article;
}

bool is_web_address(std::string_view text) {
  return (starts_with_nocase(text, "http://") || starts_with_nocase(text, "https://")) && text.find(' ') == text.npos;
}

std::string language_code(std::string_view name) {
  struct Name {
    std::string_view name, code;
  };
  constexpr std::array kNames{Name{"english", "en"},  Name{"chinese", "zh"},  Name{"中文", "zh"},
                              Name{"简体中文", "zh"}, Name{"繁體中文", "zh"}, Name{"cn", "zh"},
                              Name{"japanese", "ja"}, Name{"german", "de"},   Name{"french", "fr"},
                              Name{"spanish", "es"}};
  const std::string lowered = lower_ascii(trimmed(name));
  for (const Name& known : kNames) {
    if (lowered == known.name) return std::string(known.code);
  }
  if (lowered.size() > 40) return {};
  std::array<char, 16> code{};
  UErrorCode status = U_ZERO_ERROR;
  uloc_getLanguage(lowered.c_str(), code.data(), static_cast<std::int32_t>(code.size()), &status);
  const std::string_view found = code.data();
  if (U_FAILURE(status) != 0 || found.size() != 2 || !is_letter(found[0]) || !is_letter(found[1])) return {};
  return std::string(found);
}

std::string id_of(const Article& article, const Place& place) {
  if (!article.id.empty()) return article.id;
  return article.url.empty() ? place.id : article.url;
}

bool says_the_same(std::string_view a, std::string_view b) {
  return a.size() <= b.size() * 2 + 20 && comparable(a) == comparable(b);
}

void drop_repeated_title(Article& article) {
  if (article.title.empty() || article.title_derived || article.blocks.empty()) return;
  const bool others = std::any_of(article.blocks.begin() + 1, article.blocks.end(),
                                  [](const Block& block) { return block.kind == BlockKind::paragraph; });
  const std::string_view first = slice(article.text, article.blocks.front().text);
  if (others && says_the_same(first, article.title)) {
    article.blocks.erase(article.blocks.begin());
  }
}

void drop_metadata_blocks(Article& article) {
  std::vector<ByteRange> units;
  units.reserve(article.blocks.size());
  for (const Block& block : article.blocks) units.push_back(block.text);
  const auto drop = [&](const std::vector<bool>& dropped) {
    std::size_t i = 0;
    std::erase_if(article.blocks, [&](const Block&) { return dropped[i++]; });
  };
  const std::vector<bool> dropped = take_metadata_lines(article, units);
  drop(dropped);
  std::vector<std::string_view> left_out;
  std::vector<ByteRange> kept;
  for (std::size_t i = 0; i < units.size(); ++i) {
    if (dropped[i]) {
      left_out.push_back(slice(article.text, units[i]));
    } else {
      kept.push_back(units[i]);
    }
  }
  drop(repeated_surroundings(article, kept, left_out));
}

void finish(Article& article, const Place& place) {
  article.path = place.path;
  article.root = place.root;
  article.record = place.record;
  article.id_from_path = article.id.empty() && article.url.empty();
  article.id = id_of(article, place);
  check_id(article.id);
  if (utf8_error(article.path)) throw Unreadable("path is not valid UTF-8");
  const auto offer_path = [&](std::string_view path, DateSource source) {
    if (const auto date = date_in_path(path)) offer_date(article, {*date, {}, false}, path, source);
  };
  offer_path(article.url, DateSource::url);
  if (place.record == 0) {
    const auto slash = place.below.rfind('/');
    if (slash != place.below.npos) offer_path(std::string_view(place.below).substr(slash), DateSource::file_name);
    offer_path(place.below, DateSource::file_name);
  }
  std::erase_if(article.blocks, [](const Block& block) { return block.text.empty(); });
  drop_repeated_title(article);
  const auto first = std::find_if(article.blocks.begin(), article.blocks.end(),
                                  [](const Block& block) { return block.kind == BlockKind::paragraph; });
  if (first == article.blocks.end()) throw Unreadable("no text");
  if (article.title.empty()) {
    const std::string_view paragraph = slice(article.text, first->text);
    article.title = derived_title(paragraph.substr(dateline_size(paragraph)));
    article.title_derived = true;
  }
}

}  // namespace nutgraf::reader
