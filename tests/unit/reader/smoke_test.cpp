#include <doctest/doctest.h>

#include "nutgraf/reader.h"

TEST_CASE("reader: format names") { CHECK(nutgraf::format_from_name("md") == nutgraf::Format::md); }
