#include "reader/plain_text.h"

#include <algorithm>
#include <array>
#include <vector>

#include "reader/metadata_lines.h"
#include "reader/unicode.h"

namespace nutgraf::reader {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kTitleColumns = 160;
constexpr std::size_t kHeadingColumns = 90;

struct Line {
  ByteRange text;            // trimmed
  std::size_t indent = 0;    // columns
  bool after_blank = false;  // a blank line (or the start) comes before
  bool last = false;         // the last of its group
};

// Lines that hold something.
std::vector<Line> lines_of_text(std::string_view text) {
  std::vector<Line> lines;
  const bool returns = text.find('\r') != text.npos;  // where there are none, memchr() finds the ends of lines
  bool blank = true;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(returns ? text.find_first_of("\r\n", at) : text.find('\n', at), text.size());
    const ByteRange content = trimmed(text, {at, end});
    if (content.empty()) {
      // "\r\n" is one line end, and does not leave a blank line behind.
      const bool pair = end == at && end < text.size() && at > 0 && text[end] == '\n' && text[at - 1] == '\r';
      blank = blank || !pair;
    } else {
      if (blank && !lines.empty()) lines.back().last = true;
      lines.push_back({content, columns(text.substr(at, content.begin - at)), blank, false});
      blank = false;
    }
    at = end + 1;
  }
  if (!lines.empty()) lines.back().last = true;
  return lines;
}

std::size_t least_indent(const std::vector<Line>& lines) {
  std::size_t least = lines.empty() ? 0 : lines.front().indent;
  for (const Line& line : lines) least = std::min(least, line.indent);
  return least;
}

// Old wire copy: lines of similar width that end in mid-sentence.
bool is_hard_wrapped(std::string_view text, const std::vector<Line>& lines, std::size_t base_indent) {
  std::vector<std::size_t> widths;
  std::size_t open = 0;
  for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
    const Line& line = lines[i];
    if (line.last || lines[i + 1].indent > base_indent + 1) continue;
    const std::string_view content = slice(text, line.text);
    widths.push_back(columns(content) + line.indent);
    if (!ends_sentence(content)) ++open;
  }
  if (widths.empty()) return false;
  const auto middle = widths.begin() + static_cast<std::ptrdiff_t>(widths.size() / 2);
  std::nth_element(widths.begin(), middle, widths.end());
  const std::size_t widest = *std::max_element(widths.begin(), widths.end());
  return widest <= 100 && *middle >= 40 && open * 10 >= widths.size() * 6;
}

struct Paragraph {
  ByteRange text;
  bool single_line = true;
  bool after_blank = false;
};

std::vector<Paragraph> paragraphs_of(std::string_view text, const std::vector<Line>& lines) {
  const std::size_t base = least_indent(lines);
  const bool wrapped = is_hard_wrapped(text, lines, base);
  std::vector<Paragraph> paragraphs;
  for (const Line& line : lines) {
    const bool starts = !wrapped || paragraphs.empty() || line.after_blank || line.indent > base + 1;
    if (starts) {
      paragraphs.push_back({line.text, true, line.after_blank});
    } else {
      paragraphs.back().text.end = line.text.end;
      paragraphs.back().single_line = false;
    }
  }
  return paragraphs;
}

bool is_one_of(char32_t c, std::u32string_view set) { return set.find(c) != set.npos; }

// Size of a section number: "01 ", "1. ", "2.3 ", "一、", "（二）", "第三章 ", "IV. "; 0 where there is none.
std::size_t section_number(std::string_view line) {
  std::size_t at = 0;
  while (at < line.size() && at < 2 && is_digit(line[at])) ++at;
  if (at > 0) {
    while (at + 1 < line.size() && line[at] == '.' && is_digit(line[at + 1])) at += 2;
    const std::string_view rest = line.substr(at);
    for (const std::string_view mark : {". "sv, ") "sv, "、"sv, "．"sv}) {
      if (rest.rfind(mark, 0) == 0) return at + mark.size();
    }
    const bool spaced = rest.size() > 1 && rest[0] == ' ' && !is_digit(rest[1]);
    const bool zero = line[0] == '0';
    return spaced && (zero || is_upper(rest[1]) || static_cast<unsigned char>(rest[1]) >= 0x80) ? at + 1 : 0;
  }
  while (at < line.size() && at < 4 && (line[at] == 'I' || line[at] == 'V' || line[at] == 'X')) ++at;
  if (at > 0) return line.substr(at, 2) == ". " ? at + 2 : 0;
  constexpr std::u32string_view kNumerals = U"一二三四五六七八九十";
  CodePoint c = line.empty() ? CodePoint{} : code_point_at(line, 0);
  const bool bracket = c.value == 0xFF08, ordinal = c.value == U'第';
  at = bracket || ordinal ? c.size : 0;
  std::size_t numerals = 0;
  for (; at < line.size() && numerals < 4; ++numerals, at += c.size) {
    c = code_point_at(line, at);
    if (!is_one_of(c.value, kNumerals)) break;
  }
  if (numerals == 0 || at >= line.size()) return 0;
  const bool closed = bracket   ? c.value == 0xFF09
                      : ordinal ? is_one_of(c.value, U"章节部篇")
                                : is_one_of(c.value, U"、，．.");
  return closed ? at + c.size : 0;
}

bool is_all_capitals(std::string_view line) {
  std::size_t capitals = 0;
  for (const char c : line) {
    if (c >= 'a' && c <= 'z') return false;
    if (static_cast<unsigned char>(c) >= 0x80) return false;
    if (is_upper(c)) ++capitals;
  }
  return capitals >= 4 && capitals * 2 >= line.size();
}

bool ends_open(std::string_view line) {
  const char32_t last = code_point_before(line, line.size()).value;
  return is_one_of(last, U",;:，；：、。-(");
}

enum class HeadingLook { none, weak, strong };

// How much a line by itself looks like a heading.
HeadingLook heading_look(std::string_view line) {
  if (line.size() < 2 || columns(line) > kHeadingColumns) return HeadingLook::none;
  if (line[0] == '#') {
    const auto text = line.find_first_not_of('#');
    if (text != line.npos && text <= 6 && line[text] == ' ') return HeadingLook::strong;
  }
  const bool question = line.back() == '?' || line.substr(line.size() - std::min<std::size_t>(3, line.size())) == "？";
  if ((ends_sentence(line) && !question) || ends_open(line)) return HeadingLook::none;
  const std::size_t number = section_number(line);
  if (number > 0 && number < line.size()) return HeadingLook::strong;
  if (is_all_capitals(line)) return HeadingLook::strong;
  const char32_t first = code_point_at(line, 0).value;
  const bool opens =
      (first < 0x80 && is_upper(static_cast<char>(first))) || is_han(first) || is_one_of(first, U"“\"「《0123456789");
  return opens && columns(line) <= 60 && columns(line) >= 4 ? HeadingLook::weak : HeadingLook::none;
}

bool is_long(std::string_view text, const Paragraph& paragraph) {
  const std::string_view content = slice(text, paragraph.text);
  return columns(content) >= 100 || (columns(content) >= 60 && ends_sentence(content));
}

// A heading is followed by its paragraph, or by a heading of another look. The unnumbered, unmarked one stands between
// two long paragraphs besides.
std::vector<bool> headings_among(std::string_view text, const std::vector<Paragraph>& paragraphs) {
  std::vector<bool> heading(paragraphs.size(), false);
  HeadingLook next_look = HeadingLook::none;
  for (std::size_t i = paragraphs.size(); i-- > 0;) {
    const Paragraph& paragraph = paragraphs[i];
    const HeadingLook look = paragraph.single_line ? heading_look(slice(text, paragraph.text)) : HeadingLook::none;
    const bool has_next = i + 1 < paragraphs.size();
    if (look == HeadingLook::strong) {
      const bool over_heading = has_next && heading[i + 1] && next_look != HeadingLook::strong;
      const bool over_text = has_next && !heading[i + 1] && next_look != HeadingLook::strong &&
                             columns(slice(text, paragraphs[i + 1].text)) > columns(slice(text, paragraph.text));
      heading[i] = over_heading || over_text;
    } else if (look == HeadingLook::weak) {
      heading[i] = i > 0 && has_next && is_long(text, paragraphs[i - 1]) && is_long(text, paragraphs[i + 1]);
    }
    next_look = look;
  }
  return heading;
}

// Heading text without "## " and rows of signs around it.
ByteRange without_marks(std::string_view text, ByteRange range) {
  while (range.begin < range.end && (text[range.begin] == '#' || text[range.begin] == ' ')) ++range.begin;
  while (range.end > range.begin && (text[range.end - 1] == '#' || text[range.end - 1] == ' ')) --range.end;
  return range;
}

bool is_rule(std::string_view line) {
  return line.size() >= 3 &&
         std::all_of(line.begin(), line.end(), [](char c) { return "-=_*~+#. "sv.find(c) != ""sv.npos; });
}

bool looks_like_title(std::string_view text, const Paragraph& paragraph) {
  const std::string_view line = slice(text, paragraph.text);
  return paragraph.single_line && columns(line) <= kTitleColumns && !ends_open(line) && line.back() != '.' &&
         section_number(line) == 0;
}

// A newspaper's name, next to a date or byline and above the title.
bool take_masthead(Article& article, const std::vector<Paragraph>& paragraphs, bool metadata_near) {
  if (!metadata_near || paragraphs.size() < 3 || !article.source.empty()) return false;
  const std::string_view line = slice(article.text, paragraphs[0].text);
  const bool name = columns(line) <= 30 && std::count(line.begin(), line.end(), ' ') <= 3 &&
                    looks_like_title(article.text, paragraphs[0]);
  const std::string_view next = slice(article.text, paragraphs[1].text);
  if (!name || !(looks_like_title(article.text, paragraphs[1]) || dateline_size(next) > 0)) return false;
  article.source = one_line(line);
  return true;
}

// The last line of wire copy: the agency's name in capitals.
bool is_agency_mark(std::string_view text, const std::vector<Line>& lines) {
  if (lines.size() < 4) return false;
  const std::string_view line = slice(text, lines.back().text);
  return line.size() <= 24 && std::count(line.begin(), line.end(), ' ') <= 2 && is_all_capitals(line) &&
         ends_sentence(slice(text, lines[lines.size() - 2].text));
}

// The first line where it reads like a title: short, no full stop, followed by a paragraph.
bool take_title(Article& article, const std::vector<Paragraph>& paragraphs) {
  if (paragraphs.size() < 2 || !paragraphs[0].single_line) return false;
  std::string_view line = slice(article.text, paragraphs[0].text);
  const std::string_view next = slice(article.text, paragraphs[1].text);
  const bool labelled =
      starts_with_nocase(line, "title:") || starts_with_nocase(line, "headline:") || line.rfind("标题：", 0) == 0;
  if (labelled) line = trimmed(line.substr(line.find_first_of(":\xEF") + (line.find("：") == line.npos ? 1 : 3)));
  line = slice(line, without_marks(line, {0, line.size()}));
  if (line.empty() || columns(line) > kTitleColumns || ends_open(line)) return false;
  const bool question =
      line.back() == '?' || line.back() == '!' ||
      (line.size() > 3 && (line.substr(line.size() - 3) == "？" || line.substr(line.size() - 3) == "！"));
  if (ends_sentence(line) && !question && !labelled) return false;
  if (columns(next) <= columns(line) && !ends_sentence(next) && !paragraphs[1].after_blank) return false;
  article.title = one_line(line);
  return true;
}

void leave_out_repeated_surroundings(const Article& article, std::vector<Paragraph>& paragraphs,
                                     const std::vector<std::string_view>& left_out) {
  std::vector<ByteRange> units;
  units.reserve(paragraphs.size());
  for (const Paragraph& paragraph : paragraphs) units.push_back(paragraph.text);
  const std::vector<bool> dropped = repeated_surroundings(article, units, left_out);
  std::size_t i = 0;
  std::erase_if(paragraphs, [&](const Paragraph&) { return dropped[i++]; });
}

}  // namespace

void read_plain_text(Article& article, bool first_line_title) {
  const std::string_view text = article.text;
  std::vector<Line> lines = lines_of_text(text);
  std::vector<ByteRange> units;
  units.reserve(lines.size());
  for (const Line& line : lines) units.push_back(line.text);
  const std::vector<bool> dropped = take_metadata_lines(article, units);
  std::vector<Line> kept;
  std::vector<std::string_view> left_out;
  bool blank = false, metadata_near = false;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    blank = blank || lines[i].after_blank;
    if (dropped[i] || is_rule(slice(text, lines[i].text))) {
      metadata_near = metadata_near || (dropped[i] && kept.size() <= 1);
      if (dropped[i]) left_out.push_back(slice(text, lines[i].text));
      // What follows a line left out starts anew.
      if (!kept.empty()) kept.back().last = true;
      blank = true;
      continue;
    }
    lines[i].after_blank = blank;
    kept.push_back(lines[i]);
    blank = false;
  }
  // A flash: the record's title says it all, and its text is "******".
  if (kept.empty() && !article.title.empty()) kept = lines;
  if (is_agency_mark(text, kept)) {
    left_out.push_back(slice(text, kept.back().text));
    kept.pop_back();
  }
  std::vector<Paragraph> paragraphs = paragraphs_of(text, kept);
  const auto leave_out_first = [&] {
    left_out.push_back(slice(text, paragraphs.front().text));
    paragraphs.erase(paragraphs.begin());
  };
  if (first_line_title && article.title.empty() && take_masthead(article, paragraphs, metadata_near)) leave_out_first();
  if (first_line_title && article.title.empty() && take_title(article, paragraphs)) leave_out_first();
  leave_out_repeated_surroundings(article, paragraphs, left_out);
  const std::vector<bool> heading = headings_among(text, paragraphs);
  article.blocks.reserve(paragraphs.size());
  for (std::size_t i = 0; i < paragraphs.size(); ++i) {
    const ByteRange range = heading[i] ? without_marks(text, paragraphs[i].text) : paragraphs[i].text;
    article.blocks.push_back({heading[i] ? BlockKind::heading : BlockKind::paragraph, range});
  }
}

}  // namespace nutgraf::reader
