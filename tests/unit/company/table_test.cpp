#include <doctest/doctest.h>

#include "nutgraf/error.h"
#include "support.h"

using namespace nutgraf;

namespace {

std::string problem(const std::string& json) {
  try {
    static_cast<void>(read_companies(json, "my.json"));
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::usage);
    CHECK_FALSE(error.hint().empty());
    return error.what();
  }
  return "none";
}

std::string with(const std::string& companies) {
  return "{\"schema\": \"nutgraf.companies/1\",\n\"companies\": [\n" + companies + "\n]}";
}

}  // namespace

TEST_CASE("company table: mistakes are told with their line") {
  CHECK(problem("") == "my.json: the file is empty");
  CHECK(problem(" \n") == "my.json: the file is empty");
  CHECK(problem("[]") == "my.json, line 1: not an object with \"companies\"");
  CHECK(problem("{\n\"schema\": oops}") == "my.json, line 2: broken JSON");
  CHECK(problem("{\"context\": [1e999]}") == "my.json: a number is too large");
  CHECK(problem("{\"companies\": []}") == "my.json, line 1: \"schema\" is not \"nutgraf.companies/1\"");
  CHECK(problem("{\"schema\": \"nutgraf.companies/1\"}") == "my.json, line 1: \"companies\" is no list of companies");
  CHECK(problem(with("{}")) == "my.json, line 2: a company has no \"id\"");
  CHECK(problem(with(R"({"id": "Ten cent", "name": "x"})")) ==
        "my.json, line 3: the id \"Ten cent\" has more than lower-case letters, digits and hyphens");
  CHECK(problem(with("{\"id\": \"a\",\n\"name\": \"\"}")) == "my.json, line 3: the company \"a\" has no \"name\"");
  CHECK(problem(with("{\"id\": \"a\", \"name\": \"A\"},\n{\"id\": \"a\", \"name\": \"B\"}")) ==
        "my.json, line 4: the id \"a\" is taken by another company");
  CHECK(problem(with("{\"id\": \"a\", \"name\": \"A\",\n\"alias\": []}")) == "my.json, line 4: unknown key \"alias\"");
  CHECK(problem(with("{\"id\": \"a\", \"name\": \"A\", \"aliases\": \"B\"}")) ==
        "my.json, line 3: \"aliases\" is no list");
  CHECK(problem(with("{\"id\": \"a\", \"name\": \"A\",\n\"aliases\": [\"x\",\n\" \"]}")) ==
        "my.json, line 5: an empty text in \"aliases\"");
  CHECK(problem(with("{\"id\": \"a\", \"name\": \"A\", \"aliases\": [7]}")) ==
        "my.json, line 3: \"aliases\" holds what is no text");
  CHECK(problem(with("{\"id\": \"a\", \"name\": \"A\", \"aliases\": [\"…\"]}")) ==
        "my.json, line 3: the name \"…\" has no letter or digit");
  CHECK(problem(with("{\"id\": \"a\", \"name\": \"A\", \"guarded\": [\"B\"]}")) ==
        "my.json, line 3: \"B\" is guarded, but no name of \"a\"");
  CHECK(problem(with("{\"id\": \"a\", \"name\": \"A\",\n\"not\": [\"A\"]}")) ==
        "my.json, line 3: \"A\" is a name of a, and cannot be what its names are not");
}

TEST_CASE("company table: a name that two companies claim, however it is spelt") {
  CHECK(problem(with("{\"id\": \"a\", \"name\": \"Deep Seek\"},\n{\"id\": \"b\", \"name\": \"B\",\n\"products\": "
                     "[\"deep-seek\"]}")) ==
        "my.json, line 5: the name \"deep-seek\" is claimed by two companies, a and b");
}

TEST_CASE("company table: a huge file is refused before it is read") {
  std::string names;
  while (names.size() < 10'000'000) names += "\"name " + std::to_string(names.size()) + "\",\n";
  CHECK(problem(with("{\"id\": \"a\", \"name\": \"A\", \"aliases\": [" + names + "\"z\"]}")) ==
        "my.json: more than 4 MiB, which no table of companies written by hand has");
}

TEST_CASE("company table: a file extends another or takes its place") {
  const auto base = read_companies(
      with(R"({"id": "a", "name": "Alpha", "aliases": ["Aleph"]}, {"id": "c", "name": "Gamma"})"), "base");
  const std::string own = R"("companies": [{"id": "b", "name": "Beta"}, {"id": "a", "name": "Alfa"}]})";
  const auto ids = [](const CompanyMatcher& matcher) {
    std::string all;
    for (const Company& company : matcher.table().companies) all += company.id + "=" + company.name + " ";
    return all;
  };
  const std::string alone = "{\"schema\": \"nutgraf.companies/1\", " + own;
  const std::string extending = "{\"schema\": \"nutgraf.companies/1\", \"extends\": true, " + own;
  CHECK(ids(read_companies(alone, "own", &base)) == "a=Alfa b=Beta ");
  CHECK(ids(read_companies(extending, "own", &base)) == "a=Alfa b=Beta c=Gamma ");
  CHECK_FALSE(extends_companies(alone));
  CHECK(extends_companies(extending));
}

TEST_CASE("company table: the version follows the text, and what it extends") {
  const std::string text = with(R"({"id": "a", "name": "A"})");
  CHECK(read_companies(text, "x").version() == companies_version(text));
  CHECK(companies_version(text) != companies_version(text + " "));
  CHECK(companies_version(text) != companies_version(text, 1));
}

TEST_CASE("company table: written out and read again it is the same") {
  const auto matcher = read_companies(
      with(R"({"id": "a", "name": "Ä", "aliases": ["甲"], "short": ["s"], "tickers": ["T"], "products": ["P"],
               "guarded": ["P"], "not": ["P q"]})"),
      "x");
  const std::string json = to_json(matcher.table());
  CHECK(to_json(read_companies(json, "again").table()) == json);
}
