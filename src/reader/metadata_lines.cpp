#include "reader/metadata_lines.h"

#include <algorithm>

#include "reader/boilerplate.h"
#include "reader/document.h"
#include "reader/unicode.h"

namespace nutgraf::reader {
namespace {

using namespace std::string_view_literals;

// "Hangzhou, 4 February 2025."
std::optional<SpelledDate> date_behind_place(std::string_view head) {
  const std::size_t comma = head.find(", ");
  if (comma == head.npos || comma < 3 || comma > 30 || !is_upper(head[0])) return {};
  const std::string_view place = head.substr(0, comma);
  if (!std::all_of(place.begin(), place.end(), [](char c) { return is_letter(c) || c == ' ' || c == '-'; }) ||
      std::count(place.begin(), place.end(), ' ') > 2)
    return {};
  auto date = date_at(head, comma + 2);
  const bool closed = date && date->at.end < head.size() &&
                      std::string_view(".:-(/").find(head[date->at.end]) != std::string_view::npos;
  const bool dashed = date && (head.substr(date->at.end, 2) == " -" || head.substr(date->at.end, 4) == " –" ||
                               head.substr(date->at.end, 4) == " —");
  return closed || dashed ? date : std::nullopt;
}

Byline read_dateline(std::string_view paragraph) {
  // PLACE[, Place], Month day[, year] [(Agency)] -
  Byline byline;
  const std::string_view head = paragraph.substr(0, std::min<std::size_t>(paragraph.size(), 100));
  if (const auto date = date_behind_place(head)) {
    byline.date = *date;
    byline.date_text = one_line(slice(head, date->at));
  }
  std::size_t capitals = 0;
  while (capitals < head.size() && (is_upper(head[capitals]) || head[capitals] == ' ' || head[capitals] == '.'))
    ++capitals;
  if (capitals < 3) return byline;
  std::size_t dash = head.npos;
  for (const std::string_view mark : {" - "sv, " -- "sv, " — "sv, " – "sv, "(AP) — "sv})
    dash = std::min(dash, head.find(mark));
  if (dash == head.npos) return byline;
  const std::string_view line = head.substr(0, dash);
  if (const auto open = line.rfind('('); open != line.npos && line.find(')', open) != line.npos) {
    byline.source = one_line(line.substr(open + 1, line.find(')', open) - open - 1));
    if (byline.source.size() > 30 || !is_upper(byline.source.empty() ? 'a' : byline.source.front()))
      byline.source.clear();
  }
  if (const auto date = first_date(line); date && !byline.date.date.known()) {
    byline.date = *date;
    byline.date_text = one_line(slice(line, date->at));
  }
  return byline;
}

void take(Article& article, const Byline& byline) {
  offer_date(article, byline.date, byline.date_text, DateSource::text);
  if (article.source.empty()) article.source = byline.source;
  if (article.author.empty()) article.author = byline.author;
}

// Whether `is_line` holds for all lines of a unit that are not empty.
template <typename IsLine>
bool all_lines(std::string_view unit, IsLine is_line) {
  for (std::size_t at = 0; at < unit.size();) {
    const std::size_t end = std::min(unit.find('\n', at), unit.size());
    const std::string_view line = trimmed(unit.substr(at, end - at));
    if (!line.empty() && !is_line(line)) return false;
    at = end + 1;
  }
  return true;
}

// A unit of several lines is metadata where each line is.
bool take_unit(Article& article, std::string_view unit) {
  if (unit.size() > 400) return false;
  std::vector<Byline> lines;
  const bool all = all_lines(
      unit, [&](std::string_view line) { return is_bare_count(line) || read_byline(line, lines.emplace_back()); });
  if (!all) return false;
  for (const Byline& line : lines) take(article, line);
  return true;
}

// Where nothing would be left, what is no byline stays: better an odd passage than a lost article.
void keep_something(const Article& article, const std::vector<ByteRange>& units, std::vector<bool>& dropped) {
  if (std::find(dropped.begin(), dropped.end(), false) != dropped.end()) return;
  for (std::size_t i = 0; i < units.size(); ++i) {
    Byline byline;
    const std::string_view unit = slice(article.text, units[i]);
    dropped[i] = columns(unit) < 40 || read_byline(unit, byline);
  }
}

}  // namespace

std::size_t dateline_size(std::string_view paragraph) {
  const std::string_view head = paragraph.substr(0, std::min<std::size_t>(paragraph.size(), 100));
  const auto small = std::find_if(head.begin(), head.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  if (small - head.begin() < 5) return 0;
  for (const std::string_view mark : {" - "sv, " -- "sv, " — "sv, " – "sv}) {
    const auto at = head.find(mark);
    if (at != head.npos) return at + mark.size();
  }
  return 0;
}

void offer_date(Article& article, const SpelledDate& date, std::string_view spelling, DateSource source) {
  if (article.date.known() || !date.date.known()) return;
  article.date = date.date;
  article.date_source = source;
  if (date.ambiguous) {
    article.notices.push_back("date \"" + std::string(spelling) + "\" read month first: " + date.date.iso());
  }
}

std::vector<bool> take_metadata_lines(Article& article, const std::vector<ByteRange>& units) {
  constexpr std::size_t kHead = 12, kTail = 8, kHeadline = 200;
  std::vector<bool> dropped(units.size(), false);
  const auto unit = [&](std::size_t i) { return slice(article.text, units[i]); };
  const auto has_cells = [&](std::size_t i) {
    return i < units.size() && unit(i).find(" | ") != std::string_view::npos;
  };
  const auto menu = [&](std::size_t i) {
    return is_menu(unit(i)) && !has_cells(i + 1) && (i == 0 || !has_cells(i - 1));
  };
  std::size_t other = 0;  // units of the head that are no metadata: a title and a lead are let pass
  bool prose = false;
  for (std::size_t i = 0; i < std::min(kHead, units.size()) && other < 3; ++i) {
    if (take_unit(article, unit(i)) || (!prose && menu(i))) {
      dropped[i] = true;
    } else {
      other += unit(i).size() > kHeadline ? 2 : 1;
      prose = prose || ends_sentence(unit(i));
    }
  }
  // The first paragraph is the first unit, or comes after a title and a lead.
  for (std::size_t i = 0, seen = 0; i < units.size() && seen < 3; ++i) {
    if (dropped[i]) continue;
    take(article, read_dateline(unit(i)));
    ++seen;
  }
  for (std::size_t i = units.size(); i-- > 0 && units.size() - i <= kTail;) {
    if (dropped[i]) break;
    if (is_sign_off(unit(i)) || is_pointer_elsewhere(unit(i)) || take_unit(article, unit(i)) || menu(i)) {
      dropped[i] = true;
    } else {
      break;
    }
  }
  for (std::size_t i = 0; i < units.size(); ++i) {
    if (is_pointer_elsewhere(unit(i))) dropped[i] = true;
  }
  keep_something(article, units, dropped);
  return dropped;
}

std::vector<bool> repeated_surroundings(const Article& article, const std::vector<ByteRange>& kept,
                                        const std::vector<std::string_view>& left_out) {
  constexpr std::size_t kParagraph = 40;  // columns; what is shorter may well come again
  std::vector<bool> dropped(kept.size(), false);
  const auto unit = [&](std::size_t i) { return slice(article.text, kept[i]); };
  const auto is_title = [&](std::string_view line) {
    return !article.title.empty() && says_the_same(line, article.title);
  };
  const auto around = [&](std::string_view line) {
    Byline byline;
    return is_title(line) || is_bare_count(line) || read_byline(line, byline) ||
           std::find(left_out.begin(), left_out.end(), line) != left_out.end();
  };
  std::size_t first = 0;
  while (first < kept.size() && is_title(unit(first))) ++first;
  if (first == kept.size() || columns(unit(first)) < kParagraph) return dropped;
  for (std::size_t i = first + 1; i < kept.size(); ++i) {
    if (unit(i) != unit(first)) continue;
    for (std::size_t k = i; k-- > first + 1 && !dropped[k] && all_lines(unit(k), around);) dropped[k] = true;
  }
  return dropped;
}

}  // namespace nutgraf::reader
