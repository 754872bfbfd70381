#include "index/surfaces.h"

#include <doctest/doctest.h>

#include "../company/support.h"

using namespace nutgraf;

namespace {

Surface& surface_of(Surfaces& surfaces, std::string_view text) {
  Token token;
  token.surface = text;
  Surface* found = nullptr;
  surfaces.for_each({&token, 1}, [&](const Token&, Surface& surface) { found = &surface; });
  return *found;
}

}  // namespace

TEST_CASE("string table: finds what was entered, however many there are") {
  StringTable<std::uint64_t> table;
  CHECK(table.find("") == nullptr);
  for (std::uint64_t i = 0; i < 50000; ++i) {
    const std::string text = i % 7 == 0 ? std::string(i % 300, 'x') + std::to_string(i) : std::to_string(i);
    const auto place = table.enter(text, i);
    REQUIRE(table[place].value == i);
    REQUIRE(table.enter(text, 99) == place);
    REQUIRE(table[place].string() == text);
  }
  table.enter("", 7);
  CHECK(table.find("")->value == 7);
  CHECK(table.find("49999")->value == 49999);
  CHECK(table.find("50000") == nullptr);
  CHECK(table.size() == 50001);
  std::uint64_t next = 0;
  table.for_each([&](const auto& record) {
    if (next < 50000) REQUIRE(record.value == next++);
  });
  CHECK(next == 50000);
}

TEST_CASE("surfaces: the terms, the hash and the words are those of the tokens") {
  const std::string text = "Rising chips cost $512, or 9.5% more, at @vakyg; GPT-4o and open-source rise, 腾讯 says.";
  const Analyzer analyzer;
  TokenStream stream;
  analyzer.tokenize(text, "en", stream);
  TermTable terms;
  Surfaces surfaces("en", analyzer, nullptr, terms);
  WordCounts expected;
  expected.add(stream.tokens());
  std::size_t next = 0;
  std::vector<std::uint32_t> bodies;
  surfaces.for_each(stream.tokens(), [&](const Token& token, Surface& surface) {
    CHECK(&token == &stream.tokens()[next++]);
    bodies.push_back(surface.body);
    CAPTURE(token.surface);
    if (token.role == surface.word_role) ++surface.word_count;
    CHECK(terms.term(surface.body) == "Z" + std::string(token.term));
    CHECK(terms.term(surfaces.title_term(surface)) == "S" + std::string(token.term));
    CHECK(terms.term(surfaces.heading_term(surface)) == "XH" + std::string(token.term));
    CHECK(surface.signature_hash == Analyzer::signature_hash(token.surface));
    CHECK(surface.name_beginning == 0);
  });
  REQUIRE(next == stream.tokens().size());
  for (std::size_t i = 0; i < next; ++i) CHECK(surface_of(surfaces, stream.tokens()[i].surface).body == bodies[i]);
  WordCounts words;
  surfaces.count_words(words);
  CHECK(words.sorted() == expected.sorted());
}

TEST_CASE("surfaces: a term is that of the language") {
  const Analyzer analyzer;
  TermTable terms;
  Surfaces english("en", analyzer, nullptr, terms);
  Surfaces german("de", analyzer, nullptr, terms);
  CHECK(terms.term(surface_of(english, "chips").body) == "Zchip");
  CHECK(terms.term(surface_of(german, "chips").body) == "Zde:chips");
  CHECK(surface_of(english, "chips").body != surface_of(german, "chips").body);
}

TEST_CASE("surfaces: know what a company's name begins with") {
  const auto companies = test::matcher_of(R"({"id": "x", "name": "Dark Moon"})", R"(["shares"])");
  const Analyzer analyzer;
  TermTable terms;
  Surfaces surfaces("en", analyzer, &companies, terms);
  CHECK(surface_of(surfaces, "dark").name_beginning != 0);
  CHECK(surface_of(surfaces, "shares").name_beginning != 0);
  CHECK(surface_of(surfaces, "moon").name_beginning == 0);
}
