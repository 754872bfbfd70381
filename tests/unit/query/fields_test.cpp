#include "query/fields.h"

#include <doctest/doctest.h>

#include <set>
#include <string>

#include "nutgraf/query.h"

using namespace nutgraf;

TEST_CASE("query fields: the table") {
  std::set<std::string_view> names;
  for (const QueryField& field : query_fields()) {
    CAPTURE(field.name);
    CHECK(names.insert(field.name).second);
    CHECK_FALSE(field.description.empty());
    const ParsedQuery parsed = parse_query(field.example);
    CHECK(parsed.warnings.empty());
    CHECK(parsed.root.field == field.name);
    CHECK((parsed.root.kind == QueryKind::filter) == (field.kind == QueryFieldKind::filter));
  }
  CHECK(names == std::set<std::string_view>{"title", "heading", "source", "company", "lang", "id", "date"});
}

TEST_CASE("query fields: found in any case") {
  CHECK(find_field("Source") == find_field("source"));
  CHECK(find_field("sourc") == nullptr);
  CHECK(find_field("") == nullptr);
}

TEST_CASE("query fields: the nearest") {
  const struct {
    const char* typed;
    const char* expected;
  } rows[] = {{"sorce", "source"},  {"comapny", "company"},
              {"titel", "title"},   {"dat", "date"},
              {"language", "lang"}, {"site", "source"},
              {"unknwon", ""},      {"x", ""},
              {"idd", ""},          {"an_endless_name_of_a_field", ""}};
  for (const auto& row : rows) {
    CAPTURE(row.typed);
    const QueryField* field = nearest_field(row.typed);
    CHECK((field == nullptr ? std::string_view() : field->name) == row.expected);
  }
}
