// The contract of the analyzer on any input: offsets, positions, lengths, speed of growth, agreement of both ways.
#include <doctest/doctest.h>
#include <unicode/utf8.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "analysis/normalizer.h"
#include "analysis/stemmer.h"
#include "analysis/token_storage.h"
#include "analysis/tokenizer.h"
#include "describe.h"

using nutgraf::Analyzer;
using nutgraf::Token;
using nutgraf::TokenRole;
using nutgraf::TokenStream;
using nutgraf::test::describe;
namespace analysis = nutgraf::analysis;

namespace {

/// Tokens of `text` by the way asked for, described.
std::string tokens_by(analysis::Normalizer::Path path, std::string_view text) {
  analysis::Normalizer normalizer;
  analysis::Stemmers stemmers;
  TokenStream::Storage storage;
  normalizer.normalize(text, storage.folded, path);
  const analysis::Stemmers::Choice english = stemmers.choose("en");
  analysis::Tokenizer(text, &english, storage).run();
  return describe(storage.tokens);
}

bool on_boundary(std::string_view text, std::size_t at) {
  return at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U;
}

/// The first rule of the contract that `text` breaks; "" where it keeps all.
std::string broken_rule(std::string_view text, std::span<const Token> tokens, bool valid_utf8) {
  std::uint32_t pieces = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const Token& token = tokens[i];
    if (token.begin >= token.end || token.end > text.size()) return "range of " + describe(token);
    if (valid_utf8 && (!on_boundary(text, token.begin) || !on_boundary(text, token.end)))
      return "boundary of " + describe(token);
    if (token.surface.empty() || token.term.empty()) return "an empty token";
    if (token.surface.size() > analysis::kLongestTerm || token.term.size() > analysis::kLongestTerm) return "length";
    if (token.surface.find('\0') != std::string_view::npos) return "a NUL";
    if (token.role == TokenRole::piece && (token.position != pieces++ || token.pieces != 1))
      return "position of " + describe(token);
    if (token.role != TokenRole::piece && token.position + 1 != pieces) return "position of " + describe(token);
    if (i > 0 && tokens[i - 1].position == token.position && tokens[i - 1].role > token.role)
      return "order of " + describe(token);
    if (token.role == TokenRole::whole && token.pieces < 2) return "pieces of " + describe(token);
  }
  for (const Token& token : tokens) {
    if (token.position + token.pieces > pieces) return "span of " + describe(token);
  }
  return "";
}

/// Random text that holds much of what the rules are about.
class TextMaker {
 public:
  explicit TextMaker(unsigned seed) : random_(seed) {}

  std::string ascii(std::size_t size) {
    static constexpr std::string_view kCharacters = "aAbGsStuU019 25..,,--''&+#%$@_/:\n(x)";
    std::string text;
    while (text.size() < size) text.push_back(kCharacters[random_() % kCharacters.size()]);
    return text;
  }

  std::string unicode(std::size_t code_points) {
    static constexpr char32_t kSpecial[] = {0xAD,   0x200B, 0x301,   0x306,   0x2019, 0x2013, 0xFB01, 0x9A30,
                                            0x8A0A, 0xFF11, 0xFF05,  0xFF0E,  0x20AC, 0x3099, 0x304B, 0xAC00,
                                            0x1100, 0x1161, 0x11A8,  0xBD,    0xFDFA, 0x130,  0x93F,  0x915,
                                            0x94D,  0xE01,  0x1F600, 0x20000, 0xE9,   0x439};
    std::string text;
    for (std::size_t i = 0; i < code_points; ++i) {
      char32_t c = kSpecial[random_() % std::size(kSpecial)];
      if (random_() % 3 == 0) c = static_cast<char32_t>(random_() % 0x3000);
      if (random_() % 7 == 0) c = static_cast<char32_t>(random_() % 0x110000);
      if (random_() % 3 == 0) c = static_cast<unsigned char>(ascii(1)[0]);
      if (c >= 0xD800 && c <= 0xDFFF) c = 'a';
      char bytes[4];
      std::int32_t length = 0;
      U8_APPEND_UNSAFE(reinterpret_cast<std::uint8_t*>(bytes), length, static_cast<std::uint32_t>(c));
      text.append(bytes, static_cast<std::size_t>(length));
    }
    return text;
  }

  std::string bytes(std::size_t size) {
    std::string text;
    while (text.size() < size) text.push_back(static_cast<char>(random_() % 256));
    return text;
  }

 private:
  std::mt19937 random_;
};

}  // namespace

TEST_CASE("analyzer: tokens of one sentence") {
  CHECK(describe("Chips rising, at Arm") == "chips/chip[0,5) rising/rise[6,12) at[14,16) arm[17,20)");
  CHECK(describe("").empty());
  CHECK(describe(" ... --- ''' $ # @ ").empty());
}

TEST_CASE("analyzer: every text keeps the contract") {
  const Analyzer analyzer;
  TokenStream stream;
  TextMaker make(1);
  for (int round = 0; round < 3000; ++round) {
    for (const std::string& text : {make.ascii(60), make.unicode(40)}) {
      analyzer.tokenize(text, "en", stream);
      CAPTURE(text);
      REQUIRE(broken_rule(text, stream.tokens(), true) == "");
    }
    const std::string text = make.bytes(60);
    analyzer.tokenize(text, "en", stream);
    REQUIRE(broken_rule(text, stream.tokens(), false) == "");
  }
}

TEST_CASE("analyzer: terms asked for one by one are those of the tokens") {
  const Analyzer analyzer;
  TokenStream stream;
  TokenStream surfaces;
  TextMaker make(3);
  for (int round = 0; round < 1000; ++round) {
    const std::string text = round % 3 == 0 ? make.ascii(60) : round % 3 == 1 ? make.unicode(40) : make.bytes(60);
    const std::string language = round % 2 == 0 ? "en" : "ru";
    analyzer.tokenize(text, language, stream);
    analyzer.tokenize_surfaces(text, surfaces);
    CAPTURE(text);
    REQUIRE(surfaces.tokens().size() == stream.tokens().size());
    for (std::size_t i = 0; i < stream.tokens().size(); ++i) {
      const Token& token = stream.tokens()[i];
      Token without_term = token;
      without_term.term = {};
      REQUIRE(describe(surfaces.tokens()[i]) == describe(without_term));
      REQUIRE(analyzer.term_of(token.surface, language) == token.term);
    }
  }
}

TEST_CASE("analyzer: the way for ASCII and the way for all texts give the same") {
  TextMaker make(2);
  for (int round = 0; round < 500; ++round) {
    const std::string text = make.ascii(80);
    CAPTURE(text);
    REQUIRE(tokens_by(analysis::Normalizer::Path::automatic, text) ==
            tokens_by(analysis::Normalizer::Path::general, text));
  }
}

TEST_CASE("analyzer: one accent at the far end changes nothing before it") {
  TextMaker make(3);
  for (int round = 0; round < 200; ++round) {
    const std::string text = make.ascii(80) + " ; ";
    CAPTURE(text);
    const std::string plain = describe(text);
    REQUIRE(describe(text + "é").starts_with(plain));
  }
}

TEST_CASE("analyzer: a stream used before gives the same tokens") {
  const Analyzer analyzer;
  TokenStream used, fresh;
  TextMaker make(4);
  for (int round = 0; round < 200; ++round) {
    const std::string text = round % 2 == 0 ? make.unicode(50) : make.ascii(200);
    analyzer.tokenize(text, "en", used);
    fresh = TokenStream();
    analyzer.tokenize(text, "en", fresh);
    REQUIRE(describe(used.tokens()) == describe(fresh.tokens()));
  }
}

TEST_CASE("analyzer: a moved stream keeps its tokens, a moved-from one can be filled again") {
  const Analyzer analyzer;
  TokenStream first;
  analyzer.tokenize("Tencent $1,000", "en", first);
  TokenStream second = std::move(first);
  CHECK(describe(second.tokens()) == "tencent[0,7) $1000[8,14) p:1000[8,14)");
  CHECK(first.tokens().empty());  // NOLINT(bugprone-use-after-move): what is promised
  analyzer.tokenize("again", "en", first);
  CHECK(describe(first.tokens()) == "again[0,5)");
}

TEST_CASE("analyzer: long tokens are cut and stay apart") {
  const Analyzer analyzer;
  TokenStream stream;
  const std::string letters(300, 'q');
  analyzer.tokenize(letters + " " + letters + "r " + letters, "en", stream);
  REQUIRE(stream.tokens().size() == 3);
  CHECK(stream.tokens()[0].surface.size() == analysis::kLongestTerm);
  CHECK(stream.tokens()[0].surface == stream.tokens()[2].surface);
  CHECK(stream.tokens()[0].surface != stream.tokens()[1].surface);
  CHECK(stream.tokens()[0].term == stream.tokens()[0].surface);
  CHECK(stream.tokens()[0].end == 300);
  const std::string surface(stream.tokens()[0].surface);
  CHECK(describe(surface) == surface + "[0,64)");
  CHECK(describe(std::string(64, 'q')) == std::string(64, 'q') + "[0,64)");
}

TEST_CASE("analyzer: many long tokens are told apart") {
  const Analyzer analyzer;
  TokenStream stream;
  std::set<std::string> surfaces;
  for (int i = 0; i < 200; ++i) {
    analyzer.tokenize(std::string(100, '1') + std::to_string(i), "en", stream);
    surfaces.emplace(stream.tokens()[0].surface);
  }
  CHECK(surfaces.size() == 200);
}

TEST_CASE("analyzer: long wholes and tags are left out") {
  const std::string word(40, 'q');
  CHECK(describe(word + "-" + word) == word + "[0,40) " + word + "[41,81)");
  CHECK(describe("#" + word + "_" + word) == word + "[1,41) " + word + "[42,82)");
  CHECK(describe(word + "-a") == word + "[0,40) w:" + word + "a[0,42) a[41,42)");
}

// What takes more than linear time here runs into the time limit of ctest.
TEST_CASE("analyzer: a megabyte of anything is cut by the rules") {
  const Analyzer analyzer;
  TokenStream stream;
  for (const std::string_view unit :
       {"a",      "(",      "é",    "\u0301",       "\u0301\u0323", "e\u0301", "\u3099", "か\u3099", "1",
        "1.",     "1,000,", "a.",   "a-",           "a'",           "a&",      "A 1 ",   "$",        "#a",
        "\u00AD", "腾",     "\xFF", "\u1100\u1161", "l'",           "1%",      "_a1",    "ﷺ",        "क\u094D"}) {
    std::string text;
    while (text.size() < 1'000'000) text += unit;
    analyzer.tokenize(text, "en", stream);
    CAPTURE(unit);
    CHECK(broken_rule(text, stream.tokens(), unit != "\xFF") == "");
  }
}

TEST_CASE("analyzer: a surface read again is itself") {
  std::set<std::string> surfaces;
  const Analyzer analyzer;
  TokenStream stream;
  const auto learn = [&](std::string_view text) {
    analyzer.tokenize(text, "en", stream);
    for (const Token& token : stream.tokens()) {
      if (token.role == TokenRole::piece) surfaces.emplace(token.surface);
    }
  };
  for (std::size_t length = 60; length < 70; ++length) {
    std::string numbers, letters;
    while (numbers.size() < length) numbers += "23.";
    while (letters.size() < length) letters += "a.";
    learn(numbers + "1 " + letters + " " + std::string(length, 'x') + " " + std::string(length, '7'));
  }
  learn(
      "GPT-4o at AT&T's U.S. unit: HK$1,234.50, 9.11%, $6bn, C++20, C#, .NET, don't, O'Brien, e-mail, 腾讯 Straße "
      "Новый ｶﾞ हिन्दी");
  const std::filesystem::path corpus(NUTGRAF_SOURCE_DIR "/corpus/articles");
  if (std::filesystem::exists(corpus)) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(corpus)) {
      if (!entry.is_regular_file()) continue;
      std::ifstream file(entry.path());
      learn(std::string(std::istreambuf_iterator<char>(file), {}));
    }
  }
  for (const std::string& surface : surfaces) {
    analyzer.tokenize(surface, "en", stream);
    CAPTURE(surface);
    REQUIRE(!stream.tokens().empty());
    CHECK(stream.tokens()[0].surface == surface);
    CHECK(stream.tokens()[0].end == surface.size());
  }
}

TEST_CASE("analyzer: signature hash is stable, since indexes hold it") {
  CHECK(Analyzer::signature_hash("deepseek") == Analyzer::signature_hash("deepseek"));
  CHECK(Analyzer::signature_hash("deepseek") != Analyzer::signature_hash("tencent"));
  CHECK(Analyzer::signature_hash("") == 0x94c2);
}
