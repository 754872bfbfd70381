// A timeline as text: bars that lie, one a line.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "nutgraf/present.h"
#include "present/columns.h"
#include "present/hits.h"
#include "present/numbers.h"
#include "text/excerpt.h"

namespace nutgraf {
namespace {

using present::add_item;
using present::count;
using present::Ink;
using present::Paragraph;
using present::with_separators;

// So many empty buckets in a row are worth a line each, more are one line.
constexpr std::size_t kShownGap = 3;

// A row of the chart without its bar: fixed columns, so that the bars stand in line.
struct Columns {
  std::size_t label = 0;
  std::size_t articles = 0;
  std::size_t passages = 0;

  [[nodiscard]] std::string row(std::string_view first, std::string_view second, std::string_view third) const {
    const auto right = [](std::string_view text, std::size_t width) {
      return std::string(2 + width - std::min(width, text.size()), ' ') + std::string(text);
    };
    return std::string(first) + std::string(label - std::min(label, first.size()), ' ') + right(second, articles) +
           right(third, passages);
  }
  [[nodiscard]] std::size_t width() const { return label + articles + passages + 4; }
};

Columns columns_for(const Timeline& timeline) {
  Columns columns{name_of(timeline.by).size(), std::string_view("articles").size(),
                  std::string_view("passages").size()};
  for (const TimelineBucket& bucket : timeline.buckets) {
    columns.label = std::max(columns.label, bucket.label.size());
    columns.articles = std::max(columns.articles, with_separators(bucket.articles).size());
    columns.passages = std::max(columns.passages, with_separators(bucket.passages).size());
  }
  return columns;
}

// `length` in eighths of a column. What is not nothing is seen.
std::string bar(std::size_t length, const TextStyle& style) {
  constexpr std::string_view kEighths[]{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  if (!style.blocks) return std::string(length == 0 ? 0 : std::max<std::size_t>(1, (length + 4) / 8), '#');
  std::string text;
  for (std::size_t i = 0; i < length / 8; ++i) text += "█";
  return text + std::string(kEighths[length % 8]);
}

std::size_t highest_of(const Timeline& timeline) {
  std::size_t highest = 0;
  for (const TimelineBucket& bucket : timeline.buckets) highest = std::max(highest, bucket.articles);
  return highest;
}

std::size_t end_of_gap(const std::vector<TimelineBucket>& buckets, std::size_t begin) {
  const auto end = std::find_if(buckets.begin() + static_cast<std::ptrdiff_t>(begin), buckets.end(),
                                [](const TimelineBucket& bucket) { return bucket.articles > 0; });
  return static_cast<std::size_t>(end - buckets.begin());
}

// Cells and bar are not text to be cleaned and wrapped: the chart paints its own lines.
std::string painted(const std::string& text, const TextStyle& style) {
  return style.colour ? "\x1b[1;31m" + text + "\x1b[0m" : text;
}

std::string chart(const Timeline& timeline, const TextStyle& style) {
  constexpr std::size_t kMarkColumns = 5;  // " [10]"
  const Columns columns = columns_for(timeline);
  const std::size_t room = style.width - std::min(style.width, columns.width() + 2 + kMarkColumns);
  const std::size_t widest = 8 * std::max<std::size_t>(room, 8);
  const std::size_t highest = highest_of(timeline);
  std::string text = columns.row(name_of(timeline.by), "articles", "passages") + '\n';
  auto peak = timeline.peaks.begin();
  for (std::size_t place = 0; place < timeline.buckets.size(); ++place) {
    if (const std::size_t end = end_of_gap(timeline.buckets, place); end > place + kShownGap) {
      text += "… " + with_separators(end - place) + " " + std::string(name_of(timeline.by)) + "s without\n";
      place = end - 1;
      continue;
    }
    const TimelineBucket& bucket = timeline.buckets[place];
    text += columns.row(bucket.label, with_separators(bucket.articles), with_separators(bucket.passages));
    std::string drawn =
        bar(std::max<std::size_t>(bucket.articles > 0 ? 1 : 0, bucket.articles * widest / highest), style);
    if (peak != timeline.peaks.end() && peak->bucket == place) {
      drawn = painted(drawn, style) + " [" + std::to_string(peak++ - timeline.peaks.begin() + 1) + "]";
    }
    text += (drawn.empty() ? "" : "  ") + drawn + '\n';
  }
  return text;
}

Paragraph summary_of(const Timeline& timeline) {
  Paragraph summary;
  add_item(summary, count(timeline.total.articles, "article"), Ink::dim);
  add_item(summary, count(timeline.total.passages, "passage"), Ink::dim);
  if (timeline.undated.articles > 0)
    add_item(summary, count(timeline.undated.articles, "article") + " without a date", Ink::dim);
  return summary;
}

}  // namespace

std::string to_text(const Timeline& timeline, const TextStyle& style) {
  std::string subject = timeline.name;
  if (!timeline.query.empty()) subject += " · " + excerpt(timeline.query, 200);
  if (timeline.total.articles == 0) return Paragraph().add("No articles on: " + subject).wrapped(style, "", 0);
  std::string text = Paragraph().add(subject, Ink::title).wrapped(style, "", 0) + '\n';
  if (!timeline.buckets.empty()) text += chart(timeline, style) + '\n';
  std::size_t rank = 0;
  for (const TimelinePeak& peak : timeline.peaks) {
    Hit best = peak.best;
    best.rank = ++rank;
    text += present::hit_text(best, style) + '\n';
  }
  return text + summary_of(timeline).wrapped(style, "", 0);
}

}  // namespace nutgraf
