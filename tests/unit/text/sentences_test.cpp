#include "text/sentences.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace nutgraf;

namespace {

// The sentences with a bar between them.
std::string split(const std::string& text) {
  std::vector<std::size_t> ends;
  find_sentence_ends(text, ends);
  std::string result;
  std::size_t begin = 0;
  for (const std::size_t end : ends) {
    if (begin > 0) result += '|';
    result += text.substr(begin, end - begin);
    begin = end;
  }
  CHECK(begin == text.size());
  return result;
}

}  // namespace

TEST_CASE("sentences: where they end") {
  for (const char* expected : {
           "",
           "One.",
           "One. |Two! |Three? |Four",
           "He said \"Stop.\" |Then he left.",
           "(It was late.) |They slept.",
           "Really?! |Yes... |Well",
           "第一句。|第二句！|第三句？|完",
           "他说：“走吧。”|她走了。",
           "「行きます。」|彼は言った。",
           "He said No. |They left.",
           "The ranking is vol. 3, No. 5. |It is up.",
           "Wait. |\u201cWhat?\u201d |Nothing.",
           "They like ChatGPT. |Then they left. |They got a PC. |Then they left.",
           "He works at Apple Inc. |The firm closed at 3 a.m. |It moved to the U.S. |They left.",
           "This was plan A. |That is plan B.",
           "They use .NET. |They like it.",
           "It runs on v3.2 . |Next.",
           "Wait ... |What? |Wait . . . |What?",
       }) {
    std::string text;
    for (const char c : std::string(expected)) {
      if (c != '|') text += c;
    }
    CHECK(split(text) == expected);
  }
}

TEST_CASE("sentences: abbreviations and numbers end none") {
  for (const char* text : {
           "U.S. officials said so",
           "The U.K. Treasury agreed",
           "Apple Inc. said on Monday",
           "Apple Inc. Chief Executive Tim Cook left",
           "Foo Corp. Ltd. and Bar Co. China unit merged",
           "Its No. 3 maker paid $1.5 bn for 9.11 percent",
           "On Feb. 27 and in Sept. 2024 Prof. Li and Vice Premier Mr. He Lifeng met J. He of San Jose, Calif. twice",
           "Mr. Smith met Gen. Lee and Sen. Jones in St. Louis",
           "J. K. Rowling wrote, e.g. books",
           "OpenAI vs. Google",
           "DeepSeek V3.2 and GPT-4.5 cost less",
           "For C# and .NET developers, and (.NET) and \u201c.NET\u201d",
           ".NET developers and the .COM boom of a .com",
           "Node.js, ASP.NET and the .com domain",
           "It opens at 3 a.m. on Monday, or at 3 a.m. Monday",
           "Wait ... what, or wait... what, or wait . . . what",
       }) {
    CHECK(split(text) == text);
  }
}

TEST_CASE("sentences: a line break alone ends none") {
  CHECK(split("The bank raised\nRates again. It\nfell.") == "The bank raised\nRates again. |It\nfell.");
  CHECK(split("A rise.\nThe end") == "A rise.\n|The end");
  CHECK(split("Officials of the U.S.\nTreasury said") == "Officials of the U.S.\nTreasury said");
  CHECK(split("said in Corp.\nreports") == "said in Corp.\nreports");
  CHECK(split("one\r\n  two\r\n\r\nThree") == "one\r\n  two\r\n\r\n|Three");
  CHECK(split("Buy:\n- milk\n- 2 eggs\n1. bread") == "Buy:\n|- milk\n|- 2 eggs\n|1. bread");
}

TEST_CASE("sentences: any bytes are cut without harm") {
  std::uint32_t state = 7;
  for (int round = 0; round < 300; ++round) {
    std::string text;
    const std::size_t size = round % 40;
    while (text.size() < size) text += static_cast<char>((state = state * 1664525 + 1013904223) >> 24);
    std::vector<std::size_t> ends;
    find_sentence_ends(text, ends);
    std::size_t last = 0;
    for (const std::size_t end : ends) {
      CHECK(end > last);
      last = end;
    }
    CHECK(last == text.size());
  }
}
