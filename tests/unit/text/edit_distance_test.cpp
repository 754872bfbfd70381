#include "text/edit_distance.h"

#include <doctest/doctest.h>

using nutgraf::edit_distance;

TEST_CASE("edit distance: missing, extra and wrong letters, and swaps") {
  CHECK(edit_distance("", "") == 0);
  CHECK(edit_distance("", "abc") == 3);
  CHECK(edit_distance("limit", "limit") == 0);
  CHECK(edit_distance("limt", "limit") == 1);
  CHECK(edit_distance("limiit", "limit") == 1);
  CHECK(edit_distance("lomit", "limit") == 1);
  CHECK(edit_distance("liimt", "limit") == 1);
  CHECK(edit_distance("serach", "search") == edit_distance("search", "serach"));
  CHECK(edit_distance("index", "search") == 6);
}
