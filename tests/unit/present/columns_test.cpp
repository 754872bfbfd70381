#include "present/columns.h"

#include <doctest/doctest.h>

#include <limits>
#include <sstream>
#include <string>

#include "present/numbers.h"

using namespace nutgraf;
using namespace nutgraf::present;

namespace {

std::string wrap(std::string_view text, std::size_t width, std::size_t indent = 0) {
  return Paragraph().add(text).wrapped({false, width}, std::string(indent, ' '), indent);
}

}  // namespace

TEST_CASE("columns: width of characters") {
  struct Case {
    std::string_view text;
    std::size_t width;
  };
  for (const Case& c : {Case{"", 0},
                        {"abc", 3},
                        {"état", 4},
                        {"腾讯", 4},
                        {"ＡＢ", 4},
                        {"ｱｲ", 2},
                        {"한국", 4},
                        {"…·§—", 4},
                        {"🚀", 2},
                        {"e\u0301", 1},
                        {"a\u200Db", 2},
                        {"\u1112\u1161\u11AB", 2}}) {
    CAPTURE(c.text);
    CHECK(columns_of(c.text) == c.width);
  }
}

TEST_CASE("columns: white space") {
  CHECK(printable("  a \t\n b\r\n\r\nc  ") == "a b c");
  CHECK(printable("10\u00A0%") == "10 %");
  CHECK(printable("a\u3000b\u2028c") == "a b c");
  CHECK(printable(" \n ").empty());
  // A line end between CJK characters was no space; between words, or in Korean, it was.
  CHECK(printable("腾讯\n控股") == "腾讯控股");
  CHECK(printable("腾讯\nTencent\n控股") == "腾讯 Tencent 控股");
  CHECK(printable("腾讯 控股") == "腾讯 控股");
  CHECK(printable("한국\n경제") == "한국 경제");
}

TEST_CASE("columns: nothing that a terminal obeys is left") {
  CHECK(printable("a\x1b[31mred\x1b[0m") == "a\uFFFD[31mred\uFFFD[0m");
  CHECK(printable(std::string("nul\0bel\x07 del\x7f", 13)) == "nul\uFFFDbel\uFFFD del\uFFFD");
  CHECK(printable("\xC2\x9B"
                  "31m") == "\uFFFD31m");  // CSI as one character
  CHECK(printable("\x9B"
                  "31m \xE4\xBD") == "\uFFFD31m \uFFFD\uFFFD");  // not UTF-8
  CHECK(printable("a\u202Eevil\u202C b\u2066c\u2069") == "aevil bc");
  CHECK(printable("soft\u00ADhyphen zero\u200Bwidth\uFEFF") == "softhyphen zerowidth");
}

TEST_CASE("columns: wrap at spaces") {
  CHECK(wrap("one two three", 80) == "one two three\n");
  CHECK(wrap("one two three", 13) == "one two three\n");
  CHECK(wrap("one two three", 12) == "one two\nthree\n");
  CHECK(wrap("one two three", 8, 2) == "  one\n  two\n  three\n");
  CHECK(wrap("one two three", 9, 2) == "  one two\n  three\n");
  CHECK(wrap("", 10).empty());
  CHECK(wrap("  ", 10).empty());
}

TEST_CASE("columns: a word wider than the line stays whole") {
  CHECK(wrap("a incomprehensibilities b", 10) == "a\nincomprehensibilities\nb\n");
  CHECK(wrap("incomprehensibilities b", 10, 2) == "  incomprehensibilities\n  b\n");
  CHECK(Paragraph().add("see ").add_whole("one two-three/four").wrapped({false, 10}, "", 0) ==
        "see\none two-three/four\n");
}

TEST_CASE("columns: a space that does not break") {
  CHECK(wrap("costs 10\u00A0% less", 9) == "costs\n10 % less\n");
  CHECK(wrap("costs 10\u00A0 % less", 9) == "costs 10\n% less\n");
  CHECK(wrap("costs 10 % less", 9) == "costs 10\n% less\n");
}

TEST_CASE("columns: CJK wraps at any character, by two columns, but not before punctuation") {
  CHECK(wrap("深度求索发布新模型", 8) == "深度求索\n发布新模\n型\n");
  CHECK(wrap("深度求索发布新模型", 9) == "深度求索\n发布新模\n型\n");
  CHECK(wrap("深度求索。发布新模型", 8) == "深度求\n索。发布\n新模型\n");
  CHECK(wrap("他说《深度》好", 6) == "他说\n《深\n度》好\n");
  CHECK(wrap("小米SU7上市", 6) == "小米\nSU7上\n市\n");
}

TEST_CASE("columns: a combining mark stays with its letter") {
  CHECK(wrap("e\u0301e\u0301e\u0301 e\u0301", 3) == "e\u0301e\u0301e\u0301\ne\u0301\n");
}

TEST_CASE("columns: marks without colour") {
  const auto marked = [](std::size_t width, std::string_view before, std::string_view mark, std::string_view after) {
    return Paragraph().add(before).add(mark, Ink::mark).add(after).wrapped({false, width}, "", 0);
  };
  CHECK(marked(80, "the ", "price", ", cut") == "the *price*, cut\n");
  CHECK(marked(11, "the ", "price", ", cut") == "the\n*price*,\ncut\n");
  CHECK(marked(12, "the ", "price", ", cut") == "the *price*,\ncut\n");
  // A phrase over a line's end: one asterisk on each side, not four.
  CHECK(marked(8, "", "open source", " now") == "*open\nsource*\nnow\n");
  CHECK(marked(8, "腾讯", "控股", "有限") == "腾讯*控\n股*有限\n");
  CHECK(marked(7, "腾讯", "控股", "有限") == "腾讯*控\n股*有限\n");
  CHECK(marked(6, "腾讯", "控股", "有限") == "腾讯\n*控股*\n有限\n");
}

TEST_CASE("columns: neighbouring marks are one") {
  Paragraph paragraph;
  paragraph.add("DeepSeek", Ink::mark).add(" ").add("R1", Ink::mark).add(" and ").add("腾", Ink::mark);
  paragraph.add("讯", Ink::mark);
  CHECK(paragraph.wrapped({false, 80}, "", 0) == "*DeepSeek R1* and *腾讯*\n");
}

TEST_CASE("columns: colour ends with the line and starts again on the next") {
  const auto paragraph = Paragraph().add("an ").add("open source", Ink::mark).add(" model");
  CHECK(paragraph.wrapped({true, 80}, "", 0) == "an \x1b[1;31mopen source\x1b[0m model\n");
  CHECK(paragraph.wrapped({true, 8}, "> ", 2) == "> an\n  \x1b[1;31mopen\x1b[0m\n  \x1b[1;31msource\x1b[0m\n  model\n");
}

TEST_CASE("columns: no line of random text is too wide") {
  // The characters that differ in width, in where they break, and in what they combine with.
  const std::vector<std::string> pieces{"a",       "bc", " ", "  ", "腾", "讯。", "“",    "”",
                                        "e\u0301", "🚀",  "-", "/",  "*",  "\n",   "한국", "…"};
  std::uint32_t seed = 7;
  const auto next = [&seed] { return (seed = seed * 1664525U + 1013904223U) >> 16U; };
  for (int round = 0; round < 500; ++round) {
    Paragraph paragraph;
    for (int i = 0; i < 60; ++i) {
      paragraph.add(pieces[next() % pieces.size()], next() % 4 == 0 ? Ink::mark : Ink::plain);
      if (i % 7 == 0) paragraph.add(" ");
    }
    const std::string wrapped = paragraph.wrapped({false, 40}, "  ", 2);
    std::istringstream lines(wrapped);
    for (std::string line; std::getline(lines, line);) {
      CAPTURE(line);
      CHECK(columns_of(line) <= 40);
      CHECK(line.back() != ' ');
    }
  }
}

TEST_CASE("numbers: separators") {
  struct Case {
    std::uint64_t number;
    std::string_view text;
  };
  for (const Case& c : {Case{0, "0"},
                        {7, "7"},
                        {999, "999"},
                        {1000, "1,000"},
                        {12345, "12,345"},
                        {123456, "123,456"},
                        {1234567, "1,234,567"},
                        {18446744073709551615U, "18,446,744,073,709,551,615"}}) {
    CHECK(with_separators(c.number) == c.text);
  }
}

TEST_CASE("numbers: bytes") {
  CHECK(human_bytes(0) == "0 bytes");
  CHECK(human_bytes(1) == "1 byte");
  CHECK(human_bytes(999) == "999 bytes");
  CHECK(human_bytes(1000) == "1.0 kB");
  CHECK(human_bytes(999'949) == "999.9 kB");
  CHECK(human_bytes(999'950) == "1.0 MB");
  CHECK(human_bytes(53'120'000) == "53.1 MB");
  CHECK(human_bytes(18446744073709551615U) == "18446.7 PB");
}

TEST_CASE("numbers: scores") {
  CHECK(six_decimals(2) == "2.000000");
  CHECK(six_decimals(0.1 + 0.2) == "0.300000");
  CHECK(six_decimals(11.23456749) == "11.234567");
  CHECK(six_decimals(11.23456751) == "11.234568");
  CHECK(six_decimals(-0.0000001) == "0.000000");
  CHECK(six_decimals(std::numeric_limits<double>::infinity()) == "0.000000");
  CHECK(rounded(0.1 + 0.2) == 0.3);
}
