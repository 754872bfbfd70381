#include "reader/byline.h"

#include <algorithm>
#include <array>
#include <ranges>

#include "reader/unicode.h"

namespace nutgraf::reader {
namespace {

using namespace std::string_view_literals;

enum class Label { source, author, date, other };
struct LabelName {
  std::string_view name;  // lower case
  Label label;
};

// Longer names before those that they begin with.
constexpr std::array kLabels{LabelName{"source", Label::source},     LabelName{"文章来源", Label::source},
                             LabelName{"信息来源", Label::source},   LabelName{"图片来源", Label::other},
                             LabelName{"来源", Label::source},       LabelName{"來源", Label::source},
                             LabelName{"稿源", Label::source},       LabelName{"出处", Label::source},
                             LabelName{"转自", Label::source},       LabelName{"author", Label::author},
                             LabelName{"written by", Label::author}, LabelName{"words by", Label::author},
                             LabelName{"reporter", Label::author},   LabelName{"byline", Label::author},
                             LabelName{"作者", Label::author},       LabelName{"撰文", Label::author},
                             LabelName{"本报记者", Label::author},   LabelName{"记者", Label::author},
                             LabelName{"記者", Label::author},       LabelName{"文", Label::author},
                             LabelName{"published on", Label::date}, LabelName{"published", Label::date},
                             LabelName{"posted on", Label::date},    LabelName{"posted", Label::date},
                             LabelName{"last updated", Label::date}, LabelName{"updated on", Label::date},
                             LabelName{"updated", Label::date},      LabelName{"publication date", Label::date},
                             LabelName{"date", Label::date},         LabelName{"发布时间", Label::date},
                             LabelName{"發布時間", Label::date},     LabelName{"发布日期", Label::date},
                             LabelName{"发布于", Label::date},       LabelName{"发表于", Label::date},
                             LabelName{"更新时间", Label::date},     LabelName{"时间", Label::date},
                             LabelName{"日期", Label::date},         LabelName{"edited by", Label::other},
                             LabelName{"editor", Label::other},      LabelName{"责任编辑", Label::other},
                             LabelName{"責任編輯", Label::other},    LabelName{"编辑", Label::other},
                             LabelName{"編輯", Label::other},        LabelName{"责编", Label::other},
                             LabelName{"校对", Label::other},        LabelName{"审校", Label::other},
                             LabelName{"出品", Label::other},        LabelName{"视觉", Label::other},
                             LabelName{"头图", Label::other},        LabelName{"题图", Label::other},
                             LabelName{"views", Label::other},       LabelName{"阅读量", Label::other},
                             LabelName{"阅读", Label::other},        LabelName{"浏览", Label::other},
                             LabelName{"点击", Label::other},        LabelName{"reading time", Label::other}};

constexpr std::array kSeparators{"|"sv, "｜"sv, "丨"sv, ":"sv, "："sv, "/"sv,  "／"sv, "·"sv,
                                 "•"sv, "—"sv,  "–"sv,  "-"sv, ","sv,  "，"sv, ";"sv,  "("sv,
                                 ")"sv, "（"sv, "）"sv, "["sv, "]"sv,  "【"sv, "】"sv};
constexpr std::array kLabelSeparators{"|"sv, "｜"sv, "丨"sv, ":"sv, "："sv, "/"sv, "／"sv};

std::size_t skip_blank(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    const CodePoint c = code_point_at(text, at);
    if (!is_blank(c.value)) break;
    at += c.size;
  }
  return at;
}

template <typename Tokens>
std::size_t skip_token(std::string_view text, std::size_t at, const Tokens& tokens) {
  for (const std::string_view token : tokens) {
    if (at < text.size() && text[at] == token.front() && text.substr(at, token.size()) == token)
      return at + token.size();
  }
  return at;
}

std::size_t skip_separators(std::string_view line, std::size_t at) {
  for (;;) {
    const std::size_t next = skip_token(line, skip_blank(line, at), kSeparators);
    if (next == at) return at;
    at = next;
  }
}

struct FoundLabel {
  Label label = Label::other;
  std::size_t value = 0;  // offset of the value; 0: no label here
};

FoundLabel label_at(std::string_view line, std::size_t at) {
  static constexpr FirstBytes kFirstBytes(kLabels | std::views::transform(&LabelName::name));
  if (!kFirstBytes.begin(line.substr(at))) return {};
  for (const LabelName& name : kLabels) {
    if (!starts_with_nocase(line.substr(at), name.name)) continue;
    const std::size_t behind = skip_blank(line, at + name.name.size());
    const std::size_t value = skip_token(line, behind, kLabelSeparators);
    if (value > behind) return {name.label, skip_blank(line, value)};
    // "Updated Feb. 27, 2025" needs no separator.
    if (name.label == Label::date && behind > at + name.name.size() && date_at(line, behind))
      return {name.label, behind};
  }
  return {};
}

// A value ends at a wide gap, a bar, a date or another label.
std::size_t value_end(std::string_view line, std::size_t at) {
  constexpr std::array kBars{" | "sv, "｜"sv,     "丨"sv,  " · "sv, " • "sv, "\t"sv,
                             "  "sv,  "\u3000"sv, " — "sv, " – "sv, "）"sv,  "】"sv};
  for (std::size_t i = at; i < line.size(); ++i) {
    if (skip_token(line, i, kBars) != i) return i;
    if (line[i] != ' ') continue;
    if (i > at && (label_at(line, i + 1).value != 0 || date_at(line, i + 1))) return i;
  }
  return line.size();
}

bool is_name(std::string_view value) {
  value = trimmed(value);
  if (value.empty() || columns(value) > 60) return false;
  for (const std::string_view stop : {"。"sv, "！"sv, "？"sv, "?"sv, "!"sv, "，"sv, "http"sv}) {
    if (value.find(stop) != value.npos) return false;
  }
  const bool stop_at_end = value.back() == '.' && value.find(". ") == value.npos && value.size() > 30;
  return std::count(value.begin(), value.end(), ' ') <= 9 && !stop_at_end;
}

constexpr std::size_t kBySize = 3;

// "By Jane Doe and John Roe": every word but the joining ones starts with a capital.
std::size_t author_end(std::string_view line, std::size_t at) {
  const std::string_view start = line.substr(at, kBySize);
  if (start != "By " && start != "BY " &&
      !(at == 0 && (start == "Par" || start == "Von" || start == "Por") && line.substr(3, 1) == " "))
    return at;
  const std::size_t end = value_end(line, at + kBySize);
  std::size_t words = 0;
  const std::string_view names = line.substr(at + kBySize, end - at - kBySize);
  for (std::size_t i = 0; i < names.size();) {
    if (names[i] == ' ' || names[i] == ',') {
      ++i;
      continue;
    }
    const std::size_t word_end = std::min(names.find_first_of(" ,", i), names.size());
    const std::string_view word = names.substr(i, word_end - i);
    const bool joins = word == "and" || word == "et" || word == "und" || word == "y" || word == "&" || word == "de" ||
                       word == "van" || word == "von" || word == "in" || word == "of" || word == "for" ||
                       word == "the" || word == "al" || word == "bin";
    if (!joins && !is_upper(word.front()) && (static_cast<unsigned char>(word.front()) < 0x80)) return at;
    i = word_end;
    ++words;
  }
  return words >= 1 && words <= 10 && names.size() <= 80 && !ends_sentence(names) ? end : at;
}

// "1,234 views", "5 min read", "10万+ 阅读", "阅读 1234"
std::size_t count_end(std::string_view line, std::size_t at) {
  for (const std::string_view unit : {"阅读"sv, "浏览"sv, "点击"sv, "Views "sv}) {
    if (line.substr(at, unit.size()) != unit) continue;
    const std::size_t number = skip_blank(line, at + unit.size());
    std::size_t end = number;
    while (end < line.size() && (is_digit(line[end]) || line[end] == ',')) ++end;
    if (end > number) return end;
  }
  std::size_t i = at;
  while (i < line.size() && (is_digit(line[i]) || line[i] == ',' || line[i] == '.')) ++i;
  if (i == at || !is_digit(line[at])) return at;
  i = skip_token(line, i, std::array{"K"sv, "k"sv, "万"sv, "w"sv});
  i = skip_blank(line, skip_token(line, i, std::array{"+"sv}));
  for (const std::string_view unit :
       {"views"sv, "view"sv, "reads"sv, "comments"sv, "comment"sv, "shares"sv, "likes"sv, "min read"sv, "minute read"sv,
        "minutes read"sv, "mins read"sv, "阅读"sv, "次阅读"sv, "浏览"sv, "次浏览"sv, "评论"sv, "人阅读"sv, "点赞"sv}) {
    if (starts_with_nocase(line.substr(i), unit)) return i + unit.size();
  }
  return at;
}

std::string clean_name(std::string_view value) {
  value = trimmed(value);
  while (!value.empty() && (value.back() == ',' || value.back() == ';' || value.back() == '|'))
    value = trimmed(value.substr(0, value.size() - 1));
  return one_line(value);
}

// Reads what stands at `at`; returns the offset behind it, `at` where it is no metadata.
std::size_t read_item(std::string_view line, std::size_t at, Byline& byline) {
  if (const auto date = date_at(line, at)) {
    if (!byline.date.date.known()) {
      byline.date = *date;
      byline.date_text = one_line(slice(line, date->at));
    }
    return date->at.end;
  }
  if (const std::size_t end = count_end(line, at); end > at) return end;
  if (const FoundLabel found = label_at(line, at); found.value != 0) {
    if (found.label == Label::date) return found.value < line.size() && date_at(line, found.value) ? found.value : at;
    const std::size_t end = value_end(line, found.value);
    const std::string_view value = line.substr(found.value, end - found.value);
    if (!is_name(value)) return at;
    if (found.label == Label::source && byline.source.empty()) byline.source = clean_name(value);
    if (found.label == Label::author && byline.author.empty()) byline.author = clean_name(value);
    return end;
  }
  if (const std::size_t end = author_end(line, at); end > at) {
    if (byline.author.empty()) byline.author = clean_name(line.substr(at + kBySize, end - at - kBySize));
    return end;
  }
  return at;
}

// "Dec 18, 2025 | Jing'an Daily", "Jul 25, 2025 - HANGZHOU": behind a date, a name needs no label. In capitals it is a
// place.
std::size_t read_bare_name(std::string_view line, std::size_t at, Byline& byline) {
  const std::size_t end = value_end(line, at);
  const std::string_view name = trimmed(line.substr(at, end - at));
  const char32_t first = name.empty() ? 0 : code_point_at(name, 0).value;
  const bool opens = is_han(first) || (first < 0x80 && is_upper(static_cast<char>(first)));
  if (!opens || columns(name) > 30 || std::count(name.begin(), name.end(), ' ') > 3 || !is_name(name) ||
      ends_sentence(name))
    return at;
  const bool place =
      std::none_of(name.begin(), name.end(), [](char c) { return c >= 'a' && c <= 'z'; }) && !is_han(first);
  if (!place && byline.source.empty()) byline.source = clean_name(name);
  return end;
}

// "Brief | Jing'an Daily", "Delta Wire | Markets": a section and a name. "April 2025": not a day, but no text either.
bool read_section_line(std::string_view line, Byline& byline) {
  if (columns(line) > 45) return false;
  int month = 0;
  const std::size_t behind = skip_month(line, 0, month);
  if (month > 0 && line.size() == behind + 5 && line[behind] == ' ' &&
      std::all_of(line.begin() + static_cast<std::ptrdiff_t>(behind) + 1, line.end(), is_digit)) {
    return true;
  }
  const auto bar = line.find(" | ");
  if (bar == line.npos || line.find('|', bar + 2) != line.npos) return false;
  constexpr std::array kSections{"brief"sv,     "briefs"sv,   "news"sv,       "opinion"sv, "analysis"sv, "business"sv,
                                 "companies"sv, "tech"sv,     "technology"sv, "markets"sv, "finance"sv,  "world"sv,
                                 "china"sv,     "asia"sv,     "feature"sv,    "comment"sv, "science"sv,  "economy"sv,
                                 "media"sv,     "politics"sv, "快讯"sv,       "财经"sv,    "科技"sv};
  const auto is_section = [&](std::string_view part) {
    const std::string lowered = lower_ascii(part);
    return std::find(kSections.begin(), kSections.end(), lowered) != kSections.end();
  };
  const std::string_view first = trimmed(line.substr(0, bar)), second = trimmed(line.substr(bar + 3));
  if (is_section(first) == is_section(second)) return false;
  byline.source = one_line(is_section(first) ? second : first);
  return true;
}

}  // namespace

bool is_bare_count(std::string_view line) {
  line = trimmed(line);
  return !line.empty() && line.size() <= 9 && is_digit(line.front()) &&
         std::all_of(line.begin(), line.end(), [](char c) { return is_digit(c) || c == ','; });
}

bool read_byline(std::string_view line, Byline& byline) {
  line = trimmed(line);
  if (line.empty() || line.size() > 250) return false;
  Byline read;
  if (read_section_line(line, read)) {
    byline = std::move(read);
    return true;
  }
  std::size_t at = skip_separators(line, 0);
  bool any = false;
  while (at < line.size()) {
    std::size_t next = read_item(line, at, read);
    if (next == at && any && (read.date.date.known() || !read.source.empty())) next = read_bare_name(line, at, read);
    if (next == at) return false;
    any = true;
    at = skip_separators(line, next);
  }
  if (any) byline = std::move(read);
  return any;
}

}  // namespace nutgraf::reader
