// Timelines as text, JSON and SVG.
#include <doctest/doctest.h>

#include <algorithm>

#include "present/xml.h"
#include "samples.h"

using namespace nutgraf;

namespace {

Timeline with_heights(const std::vector<std::size_t>& heights) {
  Timeline timeline;
  timeline.company = timeline.name = "x";
  timeline.by = Period::day;
  Date day = *Date::from_ymd(2025, 1, 1);
  for (const std::size_t height : heights) {
    timeline.buckets.push_back({day.iso(), {day, day}, height, height});
    timeline.total.articles += height;
    day = Date::from_number(day.number() + 1);
  }
  return timeline;
}

/// The lines of the chart, without the head.
std::string chart(const Timeline& timeline, const TextStyle& style) {
  const std::string text = to_text(timeline, style);
  const std::size_t begin = text.find("passages\n") + 9;
  return text.substr(begin, text.find("\n\n") - begin == 0 ? 0 : text.find("\n\n", begin) + 1 - begin);
}

std::size_t times(std::string_view text, std::string_view part) {
  std::size_t found = 0;
  for (auto at = text.find(part); at != text.npos; at = text.find(part, at + part.size())) ++found;
  return found;
}

}  // namespace

TEST_CASE("timeline text: counts, bars to an eighth of a column, the peak below") {
  CHECK(to_text(samples::timeline(), {false, 48}) ==
        "DeepSeek <深度求索> · price\n"
        "\n"
        "week      articles  passages\n"
        "2025-W05         1         1  ▏\n"
        "2025-W06         0         0\n"
        "2025-W07         2         7  ▏\n"
        "2025-W08         0         0\n"
        "2025-W09     1,000     1,200  █████████████ [1]\n"
        "\n"
        "1. DeepSeek's price cut reaches the cloud\n"
        "   2025-02-27 (text) · Harbour Ledger ·\n"
        "   collection/2025/deepseek.txt#2 · lines 14-16\n"
        "   § Prices\n"
        "   … *DeepSeek* R1 *costs* 75% less. …\n"
        "   also in: wire/a#8 (Wire, 2025-02-28),\n"
        "   wire/b#1\n"
        "\n"
        "1,004 articles · 1,210 passages · 1 article\n"
        "without a date\n");
}

TEST_CASE("timeline text: bars follow the counts, in blocks or in ASCII") {
  const Timeline timeline = with_heights({1, 2, 8});
  CHECK(chart(timeline, {false, 45}) ==
        "2025-01-01         1         1  █\n"
        "2025-01-02         2         2  ██\n"
        "2025-01-03         8         8  ████████\n");
  CHECK(chart(with_heights({1, 16}), {false, 45}) ==
        "2025-01-01         1         1  ▌\n"
        "2025-01-02        16        16  ████████\n");
  CHECK(chart(timeline, {false, 45, false}) ==
        "2025-01-01         1         1  #\n"
        "2025-01-02         2         2  ##\n"
        "2025-01-03         8         8  ########\n");
}

TEST_CASE("timeline text: a long gap is one line that counts it") {
  CHECK(chart(with_heights({8, 0, 0, 0, 8}), {false, 45}) ==
        "2025-01-01         8         8  ████████\n"
        "2025-01-02         0         0\n"
        "2025-01-03         0         0\n"
        "2025-01-04         0         0\n"
        "2025-01-05         8         8  ████████\n");
  CHECK(chart(with_heights({8, 0, 0, 0, 0, 8}), {false, 45}) ==
        "2025-01-01         8         8  ████████\n"
        "… 4 days without\n"
        "2025-01-06         8         8  ████████\n");
}

TEST_CASE("timeline text: only the bars of peaks are coloured, and only where colour is wanted") {
  Timeline timeline = with_heights({1, 8});
  timeline.peaks = {{1, {}}};
  CHECK(chart(timeline, {true, 45}).find("  \x1b[1;31m████████\x1b[0m [1]\n") != std::string::npos);
  CHECK(to_text(timeline, {false, 45}).find('\x1b') == std::string::npos);
}

TEST_CASE("timeline text: undated articles are said, also where there are no others") {
  Timeline timeline;
  timeline.name = "X";
  CHECK(to_text(timeline, {false, 80}) == "No articles on: X\n");
  timeline.total = {3, 2, true};
  timeline.undated = {{}, {}, 2, 3};
  CHECK(to_text(timeline, {false, 80}) == "X\n\n2 articles · 3 passages · 2 articles without a date\n");
}

TEST_CASE("timeline SVG: a bar for each bucket that has articles, text escaped, titles for who cannot see it") {
  const std::string svg = to_svg(samples::timeline());
  CHECK(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"960.0\""));
  CHECK(svg.ends_with("</svg>\n"));
  CHECK(svg.find("<title>Articles on DeepSeek &lt;深度求索&gt; and &quot;price&quot; by week</title>") !=
        std::string::npos);
  CHECK(svg.find("1 article without a date not drawn") != std::string::npos);
  CHECK(times(svg, "<rect") == 1 + 3);  // the ground, three bars
  CHECK(times(svg, "<title>") == 1 + 3);
  CHECK(svg.find("<title>2025-W09: 1,000 articles, 1,200 passages</title>") != std::string::npos);
  CHECK(svg.find(">2025-W09 DeepSeek's price cut reaches the cloud (Harbour Ledger)</text>") != std::string::npos);
  CHECK(times(svg, "&") == times(svg, "&lt;") + times(svg, "&gt;") + times(svg, "&quot;"));
}

TEST_CASE("timeline SVG: a long title is cut, an empty timeline is a picture too") {
  Timeline timeline = with_heights({1});
  timeline.peaks = {{0, {}}};
  for (int i = 0; i < 100; ++i) timeline.peaks[0].best.article.title += "月之暗面";
  CHECK(to_svg(timeline).find("…</text>") != std::string::npos);
  CHECK(times(to_svg(timeline), "月之暗面") < 40);
  CHECK(to_svg(timeline).find(" passages, 2025-01-01</text>") != std::string::npos);
  CHECK(to_svg(timeline).find("width=\"60.0\" height=\"260.0\"") != std::string::npos);  // one bar is no wall
  CHECK(to_svg(Timeline{}).ends_with("</svg>\n"));
}

TEST_CASE("xml: what may stand in an element or an attribute") {
  CHECK(present::xml_escaped("a<b> & \"c\"") == "a&lt;b&gt; &amp; &quot;c&quot;");
  CHECK(present::xml_escaped("tab\there\nand\x01\xFF") == "tab here and\uFFFD\uFFFD");
  CHECK(present::xml_escaped("\uFFFE\uFFFF月") == "\uFFFD\uFFFD月");
}
