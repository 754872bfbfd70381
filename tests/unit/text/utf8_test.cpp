#include "text/utf8.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

using namespace nutgraf;
using namespace std::string_view_literals;

TEST_CASE("utf8: code points of one to four bytes") {
  const std::string_view text = "a\u00e9\u817e\U0001F600";
  const char32_t expected[] = {U'a', U'\u00e9', U'\u817e', U'\U0001F600'};
  std::size_t at = 0;
  for (const char32_t value : expected) {
    const CodePoint c = code_point_at(text, at);
    CHECK(c.valid);
    CHECK(c.value == value);
    at += c.size;
  }
  CHECK(at == text.size());
}

TEST_CASE("utf8: what is no UTF-8 is one invalid byte") {
  for (const std::string_view bad :
       {"\x80"sv, "\xC1\x80"sv, "\xC3"sv, "\xE2\x82"sv, "\xE0\x80\x80"sv, "\xED\xA0\x80"sv, "\xF0\x80\x80\x80"sv,
        "\xF4\x90\x80\x80"sv, "\xF5\x80\x80\x80"sv, "\xFF"sv, "\xE2z\x82"sv}) {
    CAPTURE(bad);
    const CodePoint c = code_point_at(bad, 0);
    CHECK_FALSE(c.valid);
    CHECK(c.size == 1);
    CHECK(c.value == 0xFFFD);
  }
}

TEST_CASE("utf8: white space is skipped in both directions") {
  const std::string_view text = " \t\u3000x\u00A0\n";
  CHECK(skip_space(text, 0) == 5);
  CHECK(skip_space_back(text, 0, text.size()) == 6);
  CHECK(skip_space("  ", 0) == 2);
  CHECK(skip_space_back("  ", 1, 2) == 1);
}

TEST_CASE("utf8: the start of a code point") {
  const std::string_view text = "a\u817eb";
  CHECK(code_point_start(text, 2) == 1);
  CHECK(code_point_start(text, 3) == 1);
  CHECK(code_point_start(text, 4) == 4);
  CHECK_FALSE(starts_code_point(text, 2));
  CHECK(starts_code_point(text, text.size()));
}
