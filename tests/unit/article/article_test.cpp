#include "nutgraf/article.h"

#include <doctest/doctest.h>

using namespace nutgraf;

TEST_CASE("article: without pieces, text offsets are source offsets") {
  const Article article;
  CHECK(origin_of(article, {3, 9}) == ByteRange{3, 9});
}

TEST_CASE("article: pieces lead back into the markup") {
  // source: <p>ab <b>cd</b> ef</p>   text: "ab cd ef"
  Article article;
  article.text = "ab cd ef";
  article.origin = {{0, 3}, {3, 9}, {5, 15}};
  article.origin_end = 18;
  CHECK(origin_of(article, {0, 8}) == ByteRange{3, 18});
  CHECK(origin_of(article, {3, 5}) == ByteRange{9, 11});
  CHECK(origin_of(article, {4, 6}) == ByteRange{10, 16});
  CHECK(origin_of(article, {0, 2}) == ByteRange{3, 5});
}

TEST_CASE("article: a piece that is shorter in the source does not run past the next") {
  Article article;
  article.text = "abcdef";
  article.origin = {{0, 10}, {5, 12}};
  article.origin_end = 13;
  CHECK(origin_of(article, {0, 5}) == ByteRange{10, 13});
}

TEST_CASE("article: lines") {
  CHECK(line_starts_of("") == std::vector<std::size_t>{0});
  CHECK(line_starts_of("a\nb\r\nc\rd") == std::vector<std::size_t>{0, 2, 5, 7});
  CHECK(line_starts_of("a\nb\n") == std::vector<std::size_t>{0, 2});
  Article article;
  article.line_starts = line_starts_of("one\ntwo\nthree\n");
  CHECK(lines_of(article, {0, 3}) == LineRange{1, 1});
  CHECK(lines_of(article, {0, 4}) == LineRange{1, 1});
  CHECK(lines_of(article, {0, 5}) == LineRange{1, 2});
  CHECK(lines_of(article, {8, 13}) == LineRange{3, 3});
}
