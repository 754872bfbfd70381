#include "spelling/edit_cost.h"

#include <doctest/doctest.h>

using namespace nutgraf::spelling;

TEST_CASE("edit cost: neighbours on the keyboard") {
  for (const auto* pair : {U"as", U"qw", U"qa", U"wa", U"sz", U"gh", U"tg", U"yg", U"nb", U"km"}) {
    CAPTURE(static_cast<std::uint32_t>(pair[0]));
    CHECK(are_neighbours(pair[0], pair[1]));
    CHECK(are_neighbours(pair[1], pair[0]));
  }
  for (const auto* pair : {U"aa", U"ad", U"qs", U"qz", U"pa", U"mq", U"a1", U"éa"}) {
    CAPTURE(static_cast<std::uint32_t>(pair[0]));
    CHECK_FALSE(are_neighbours(pair[0], pair[1]));
  }
}

TEST_CASE("edit cost: what is likelier costs less") {
  CHECK(edit_cost(U"market", U"market") == 0);
  struct Row {
    const char* what;
    const char32_t* likelier;
    const char32_t* meant;
    const char32_t* less_likely;
    const char32_t* meant_less;
  };
  // Each typed for each meant.
  const Row rows[] = {
      {"a neighbouring key", U"narket", U"market", U"parket", U"market"},
      {"a swap than two letters", U"makret", U"market", U"makbet", U"market"},
      {"a vowel for a vowel", U"morket", U"market", U"mtrket", U"market"},
      {"an undoubled letter", U"comittee", U"committee", U"commttee", U"committee"},
      {"a doubled letter", U"markket", U"market", U"markxet", U"market"},
      {"a slip between keys", U"matrket", U"market", U"marpket", U"market"},
      {"a missing end", U"chip", U"chips", U"chps", U"chips"},
      {"an extra end", U"marketz", U"market", U"mzarket", U"market"},
      {"not the first letter", U"mqrket", U"market", U"qarket", U"market"},
      {"one edit than two", U"markt", U"market", U"mart", U"market"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    CHECK(edit_cost(row.likelier, row.meant) < edit_cost(row.less_likely, row.meant_less));
  }
}

TEST_CASE("edit cost: letters of any script") {
  CHECK(edit_cost(U"москав", U"москва") == edit_cost(U"chinas", U"chinsa"));
  CHECK(edit_cost(U"", U"ab") > edit_cost(U"", U"a"));
}
