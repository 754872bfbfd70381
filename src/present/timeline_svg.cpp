// A timeline as a picture: bars that stand, SVG 1.1 with nothing from outside.
#include <algorithm>
#include <string>
#include <string_view>

#include "nutgraf/present.h"
#include "present/columns.h"
#include "present/hits.h"
#include "present/numbers.h"
#include "present/xml.h"
#include "text/excerpt.h"
#include "text/utf8.h"

namespace nutgraf {
namespace {

using present::with_separators;
using present::xml_escaped;

// Pixels at the picture's own size; viewers scale it.
constexpr double kWidth = 960;
constexpr double kLeft = 70;
constexpr double kRight = 20;
constexpr double kTop = 84;  // below title, subtitle and the marks of peaks
constexpr double kPlotHeight = 260;
constexpr double kAxisHeight = 60;  // labels and the name of the axis
constexpr double kPeakLine = 22;
constexpr double kWidestBar = 60;
constexpr double kLetter = 7;  // of the 13 pixel type, rather more than the average

constexpr double kPlotWidth = kWidth - kLeft - kRight;
constexpr double kBottom = kTop + kPlotHeight;

std::string px(double value) { return present::fixed(value, 1); }

std::string text_at(double x, double y, std::string_view text, std::string_view attributes = "") {
  return "<text x=\"" + px(x) + "\" y=\"" + px(y) + "\"" + std::string(attributes) + ">" + xml_escaped(text) +
         "</text>\n";
}

/// `text`, or as much of it as `columns` hold, and "…".
std::string cut_to(std::string_view text, std::size_t columns) {
  const std::string clean = printable(text);
  if (present::columns_of(clean) <= columns) return clean;
  std::size_t end = 0, used = 0;
  while (end < clean.size()) {
    const std::size_t size = code_point_at(clean, end).size;
    used += present::columns_of(std::string_view(clean).substr(end, size));
    if (used >= columns) break;
    end += size;
  }
  return clean.substr(0, end) + "…";
}

/// The smallest of 1, 2, 5, 10, 20, 50, ... that is not below `least`.
std::size_t round_step(std::size_t least) {
  for (std::size_t power = 1;; power *= 10) {
    for (const std::size_t digit : {1, 2, 5}) {
      if (digit * power >= least) return digit * power;
    }
  }
}

class Picture {
 public:
  explicit Picture(const Timeline& timeline) : timeline_(timeline) {
    for (const TimelineBucket& bucket : timeline.buckets) highest_ = std::max(highest_, bucket.articles);
    step_ = round_step((highest_ + 4) / 5);
    top_ = (highest_ + step_ - 1) / step_ * step_;
    slot_ = kPlotWidth / static_cast<double>(std::max<std::size_t>(1, timeline.buckets.size()));
  }

  [[nodiscard]] std::string draw() const {
    const double height = kBottom + kAxisHeight + kPeakLine * static_cast<double>(timeline_.peaks.size()) + 14;
    const std::string size = px(kWidth) + "\" height=\"" + px(height);
    std::string svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + size + "\" viewBox=\"0 0 " + px(kWidth) +
                      " " + px(height) +
                      "\" role=\"img\" font-family=\"sans-serif\" font-size=\"13\" fill=\"#1a1a1a\">\n";
    svg += "<title>" + xml_escaped(title()) + "</title>\n<desc>" + xml_escaped(summary()) + "</desc>\n";
    svg += "<rect width=\"" + size + "\" fill=\"#ffffff\"/>\n";
    svg += text_at(kLeft, 28, title(), " font-size=\"18\" font-weight=\"bold\"") + text_at(kLeft, 48, summary());
    return svg + grid() + bars() + labels() + peaks() + "</svg>\n";
  }

 private:
  [[nodiscard]] std::string title() const {
    const std::string query = timeline_.query.empty() ? "" : " and \"" + timeline_.query + "\"";
    return cut_to("Articles on " + timeline_.name + query + " by " + std::string(name_of(timeline_.by)), 90);
  }

  [[nodiscard]] std::string summary() const {
    std::string text = present::count(timeline_.total.articles, "article") + ", " +
                       present::count(timeline_.total.passages, "passage");
    if (!timeline_.buckets.empty()) text += ", " + timeline_.buckets.front().label;
    if (timeline_.buckets.size() > 1) text += " to " + timeline_.buckets.back().label;
    if (timeline_.undated.articles > 0)
      text += "; " + present::count(timeline_.undated.articles, "article") + " without a date not drawn";
    return text;
  }

  [[nodiscard]] double height_of(std::size_t articles) const {
    return kPlotHeight * static_cast<double>(articles) / static_cast<double>(std::max<std::size_t>(1, top_));
  }
  [[nodiscard]] double middle_of(std::size_t bucket) const {
    return kLeft + slot_ * (static_cast<double>(bucket) + 0.5);
  }

  [[nodiscard]] std::string grid() const {
    std::string svg;
    for (std::size_t count = 0; count <= top_; count += step_) {
      const std::string y = px(kBottom - height_of(count));
      svg += "<path d=\"M" + px(kLeft) + " " + y + "H" + px(kLeft + kPlotWidth) + "\" stroke=\"" +
             (count == 0 ? "#1a1a1a" : "#d9d9d9") + "\"/>\n";
      svg += text_at(kLeft - 8, kBottom - height_of(count) + 4.5, with_separators(count), " text-anchor=\"end\"");
    }
    const std::string middle = px(kTop + kPlotHeight / 2);
    return svg + text_at(20, kTop + kPlotHeight / 2, "articles",
                         " text-anchor=\"middle\" transform=\"rotate(-90 20.0 " + middle + ")\"");
  }

  [[nodiscard]] std::string bars() const {
    std::string svg;
    auto peak = timeline_.peaks.begin();
    const double width = std::min(slot_ * (slot_ > 4 ? 0.8 : 1), kWidestBar);
    for (std::size_t place = 0; place < timeline_.buckets.size(); ++place) {
      const TimelineBucket& bucket = timeline_.buckets[place];
      if (bucket.articles == 0) continue;
      const bool is_peak = peak != timeline_.peaks.end() && peak->bucket == place;
      const double height = height_of(bucket.articles);
      svg += "<rect x=\"" + px(middle_of(place) - width / 2) + "\" y=\"" + px(kBottom - height) + "\" width=\"" +
             px(std::max(width, 0.5)) + "\" height=\"" + px(height) + "\" fill=\"" + (is_peak ? "#b3261e" : "#3b6ea5") +
             "\"><title>" +
             xml_escaped(bucket.label + ": " + present::count(bucket.articles, "article") + ", " +
                         present::count(bucket.passages, "passage")) +
             "</title></rect>\n";
      if (is_peak) {
        svg += text_at(middle_of(place), kBottom - height - 6, std::to_string(peak++ - timeline_.peaks.begin() + 1),
                       " text-anchor=\"middle\" font-weight=\"bold\" fill=\"#b3261e\"");
      }
    }
    return svg;
  }

  // As many labels as do not touch.
  [[nodiscard]] std::string labels() const {
    std::string svg;
    if (timeline_.buckets.empty()) return svg;
    const double label_width = kLetter * static_cast<double>(timeline_.buckets.front().label.size()) + 16;
    const std::size_t every = round_step(static_cast<std::size_t>(label_width / slot_) + 1);
    for (std::size_t place = 0; place < timeline_.buckets.size(); place += every) {
      const double x = std::clamp(middle_of(place), label_width / 2, kWidth - label_width / 2);
      svg += "<path d=\"M" + px(middle_of(place)) + " " + px(kBottom) + "v5\" stroke=\"#1a1a1a\"/>\n" +
             text_at(x, kBottom + 20, timeline_.buckets[place].label, " text-anchor=\"middle\"");
    }
    return svg + text_at(kLeft + kPlotWidth / 2, kBottom + 44, name_of(timeline_.by), " text-anchor=\"middle\"");
  }

  [[nodiscard]] std::string peaks() const {
    std::string svg;
    std::size_t rank = 0;
    for (const TimelinePeak& peak : timeline_.peaks) {
      const double y = kBottom + kAxisHeight + kPeakLine * static_cast<double>(rank++) + 14;
      const ArticleRecord& article = peak.best.article;
      const std::string line = timeline_.buckets[peak.bucket].label + "  " + present::title_of(article) +
                               (article.source.empty() ? "" : " (" + article.source + ")");
      svg += text_at(kLeft, y, std::to_string(rank), " font-weight=\"bold\" fill=\"#b3261e\"") +
             text_at(kLeft + 20, y, cut_to(line, static_cast<std::size_t>((kPlotWidth - 20) / kLetter)));
    }
    return svg;
  }

  const Timeline& timeline_;
  std::size_t highest_ = 0;
  std::size_t step_ = 1;  // between lines of the grid, in articles
  std::size_t top_ = 0;   // of the plot, in articles
  double slot_ = 0;       // pixels a bucket
};

}  // namespace

std::string to_svg(const Timeline& timeline) { return Picture(timeline).draw(); }

}  // namespace nutgraf
