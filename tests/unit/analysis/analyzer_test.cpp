#include <doctest/doctest.h>

#include "nutgraf/analyzer.h"

TEST_CASE("analyzer: words become pieces with stems") {
  nutgraf::TokenStream stream;
  nutgraf::Analyzer().tokenize("Chips rising", "en", stream);
  REQUIRE(stream.tokens().size() == 2);
  CHECK(stream.tokens()[0].surface == "chips");
  CHECK(stream.tokens()[0].term == "chip");
  CHECK(stream.tokens()[1].begin == 6);
}
