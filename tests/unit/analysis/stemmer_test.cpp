// Stems: by language and script, with exceptions and through the cache.
#include "analysis/stemmer.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "nutgraf/analyzer.h"

using nutgraf::Analyzer;
using nutgraf::TokenRole;
using nutgraf::TokenStream;
namespace analysis = nutgraf::analysis;

namespace {

std::string term(std::string_view word, std::string_view language) {
  const Analyzer analyzer;
  TokenStream stream;
  analyzer.tokenize(word, language, stream);
  return stream.tokens().empty() ? "" : std::string(stream.tokens()[0].term);
}

std::vector<std::string> terms(std::string_view surface, std::vector<std::string> languages) {
  return Analyzer().terms_of(surface, languages);
}

}  // namespace

TEST_CASE("stemmer: each language by its own rules") {
  CHECK(term("companies", "en") == "compani");
  CHECK(term("Unternehmen", "de") == "de:unternehm");
  CHECK(term("entreprises", "fr") == "fr:entrepris");
  CHECK(term("empresas", "es") == "es:empres");
  CHECK(term("aziende", "it") == "it:azi");
  CHECK(term("bedrijven", "nl") == "nl:bedrijv");
  CHECK(term("компании", "ru") == "ru:компан");
  CHECK(term("företagen", "sv") == "sv:foretag");
  for (const char* norwegian : {"no", "nb", "nn"}) CHECK(term("bedriftene", norwegian) == "no:bedrift");
  CHECK(term("companies", "en-US") == "compani");
}

TEST_CASE("stemmer: a language without a stemmer is stemmed as English in Latin letters only") {
  for (const char* language : {"zh", "ja", "und", "", "xx", "ru"}) {
    CAPTURE(language);
    CHECK(term("companies", language) == "compani");
  }
  CHECK(term("компании", "en") == "компании");
  CHECK(term("腾", "zh") == "腾");
  CHECK(term("ελληνικά", "el") == "ελληνικα");
}

TEST_CASE("stemmer: what is no plain word has no stem") {
  for (const char* word : {"100s", "4o", "c++", "u.s", "don't", "at&t", ".net"}) CHECK(term(word, "en") == word);
}

TEST_CASE("stemmer: what is too long to be a word has no stem") {
  std::string word;
  while (word.size() < 44) word += "talk";
  CHECK(term(word + "ing", "en") == word);
  CHECK(term(word + "talking", "en") == word + "talking");
}

TEST_CASE("stemmer: a company is not stemmed into a common word") {
  for (const char* name :
       {"apple", "oracle", "adobe", "united", "arm", "corning", "lowe", "wells", "boeing", "universal"}) {
    CAPTURE(name);
    CHECK(term(name, "en") == name);
  }
  CHECK(term("arms", "en") != "arm");
  CHECK(term("armed", "en") == term("arms", "en"));
  CHECK(term("shells", "en") != term("shell", "en"));
  CHECK(term("shelling", "en") == term("shells", "en"));
  CHECK(term("targets", "en") == term("target", "en"));
  for (const char* language : {"de", "fr", "es", "zh"}) CHECK(term("arms", language) == "arms");
}

TEST_CASE("stemmer: a stem of one language is no word of another") {
  const auto holds = [](const std::vector<std::string>& all, const char* wanted) {
    return std::find(all.begin(), all.end(), wanted) != all.end();
  };
  const auto openai = terms("openai", {"en", "de", "fr"});  // a verb to French, with the stem "open"
  CHECK(holds(openai, "openai"));
  CHECK(holds(openai, "fr:open"));
  CHECK_FALSE(holds(openai, "open"));
  CHECK_FALSE(holds(terms("vs", {"en", "de", "fr"}), "v"));
}

TEST_CASE("stemmer: terms of a query word in all languages of an index") {
  CHECK(terms("companies", {"en", "zh", "ru"}) == std::vector<std::string>{"compani"});
  CHECK(terms("united", {"en", "de"}) == std::vector<std::string>{"united"});
  CHECK(terms("nations", {"en", "es", "fr"}) == std::vector<std::string>{"nation", "es:nations", "fr:nation"});
  CHECK(terms("компании", {"en", "ru"}) == std::vector<std::string>{"компании", "ru:компан"});
  CHECK(terms("gpt4o", {"en", "de"}) == std::vector<std::string>{"gpt4o"});
  CHECK(terms("腾讯", {"en", "zh"}) == std::vector<std::string>{"腾讯"});
  CHECK(terms("", {"en"}).empty());
  CHECK(terms("companies", {}) == std::vector<std::string>{"companies"});
}

TEST_CASE("stemmer: the terms of a surface are the terms of its tokens, in every role") {
  const Analyzer analyzer;
  TokenStream stream;
  const std::vector<std::string> english{"en"};
  analyzer.tokenize(
      "Open-source companies' GPT-4o costs HK$1,000 at O'Brien's and O'Connors' 腾讯控股, A.I. start-ups état हिन्दी",
      "en", stream);
  for (const nutgraf::Token& token : stream.tokens()) {
    CAPTURE(token.surface);
    CHECK(analyzer.terms_of(token.surface, english) == std::vector<std::string>{std::string(token.term)});
  }
}

TEST_CASE("stemmer: the cache gives what a fresh stemmer gives, also after it has overflowed") {
  analysis::Stemmer cached("en");
  analysis::Arena arena;
  std::mt19937 random(5);
  const auto word = [&] {
    std::string made;
    for (std::size_t length = 3 + random() % 6; made.size() < length;)
      made.push_back(static_cast<char>('a' + random() % 26));
    return made + (random() % 2 == 0 ? "ing" : "ies");
  };
  std::vector<std::string> kept;
  for (int i = 0; i < 120'000; ++i) {
    const std::string made = word();
    const std::string stem(cached.stem(made, arena));
    if (i % 4000 == 0) {
      kept.push_back(made);
      analysis::Stemmer fresh("en");
      CHECK(stem == fresh.stem(made, arena));
    }
    if (i % 1000 == 0) arena.reset();
  }
  analysis::Stemmer fresh("en");
  for (const std::string& made : kept) CHECK(std::string(cached.stem(made, arena)) == fresh.stem(made, arena));
}
