// The hard tokens: exact tokens of each, which query finds which spelling, and the table in the README.
#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <string>
#include <vector>

#include "describe.h"

using nutgraf::Analyzer;
using nutgraf::Token;
using nutgraf::TokenRole;
using nutgraf::TokenStream;
using nutgraf::test::describe;
using nutgraf::test::pieces;

namespace {

struct Row {
  const char* text;
  const char* tokens;
};

void check(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(describe(row.text) == row.tokens);
  }
}

/// The terms that a query word looks for: the whole that covers all its pieces, else the pieces.
std::vector<std::string> searched(const std::string& word) {
  TokenStream stream;
  Analyzer().tokenize(word, "en", stream);
  const auto tokens = stream.tokens();
  const auto count =
      std::count_if(tokens.begin(), tokens.end(), [](const Token& t) { return t.role == TokenRole::piece; });
  std::vector<std::string> terms;
  for (const Token& token : tokens) {
    if (token.role == TokenRole::whole && token.pieces == count) return {std::string(token.term)};
    if (token.role == TokenRole::piece) terms.emplace_back(token.term);
  }
  return terms;
}

bool finds(const std::string& word, const std::string& text, const std::string& language = "en") {
  TokenStream stream;
  Analyzer().tokenize(text, language, stream);
  std::set<std::string> terms;
  for (const Token& token : stream.tokens()) terms.emplace(token.term);
  const auto wanted = searched(word);
  return !wanted.empty() &&
         std::all_of(wanted.begin(), wanted.end(), [&](const std::string& term) { return terms.contains(term); });
}

/// What stands between backticks in a cell.
std::string quoted(const std::string& cell) {
  std::string all;
  for (std::size_t open = cell.find('`'); open != std::string::npos;) {
    const std::size_t close = cell.find('`', open + 1);
    if (close == std::string::npos) break;
    all.append(all.empty() ? "" : " ").append(cell, open + 1, close - open - 1);
    open = cell.find('`', close + 1);
  }
  return all;
}

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells;
  for (std::size_t bar = line.find('|'); bar != std::string::npos;) {
    const std::size_t next = line.find('|', bar + 1);
    if (next != std::string::npos) cells.push_back(line.substr(bar + 1, next - bar - 1));
    bar = next;
  }
  return cells;
}

}  // namespace

TEST_CASE("hard tokens: letters and digits") {
  check({
      {"R1", "r[0,1) w:r1[0,2) 1[1,2)"},
      {"V3.2", "v[0,1) w:v3.2[0,4) 3.2[1,4)"},
      {"GPT-4o", "gpt[0,3) w:gpt4o[0,6) 4o[4,6)"},
      {"GPT4o", "gpt[0,3) w:gpt4o[0,5) 4o[3,5)"},
      {"GPT 4o", "gpt[0,3) w:gpt4o[0,6) 4o[4,6)"},
      {"GPT\n4o", "gpt[0,3) 4o[4,6)"},
      {"GPT  4o", "gpt[0,3) 4o[5,7)"},
      {"gpt 4o", "gpt[0,3) 4o[4,6)"},
      {"Grok 3", "grok[0,4) w:grok3[0,6) 3[5,6)"},
      {"iPhone 15", "iphone/iphon[0,6) w:iphone15[0,9) 15[7,9)"},
      {"February 18", "february/februari[0,8) 18[9,11)"},
      {"Since 18", "since/sinc[0,5) 18[6,8)"},
      {"Beijing 2008", "beijing/beij[0,7) 2008[8,12)"},
      {"Intel's 18", "intel[0,5) 18[8,10)"},
      {"Sales 9%", "sales/sale[0,5) 9%[6,8) p:9[6,8)"},
      {"Qwen2.5-72B", "qwen[0,4) w:qwen2.5[0,7) w:qwen2.572b[0,11) 2.5[4,7) 72b[8,11)"},
      {"Qwen 2.5-72B", "qwen[0,4) w:qwen2.5[0,8) w:qwen2.572b[0,12) 2.5[5,8) w:2.572b[5,12) 72b[9,12)"},
      {"DeepSeek R1", "deepseek[0,8) w:deepseekr1[0,11) r[9,10) w:r1[9,11) 1[10,11)"},
      {"DeepSeek-R1", "deepseek[0,8) w:deepseekr1[0,11) r[9,10) w:r1[9,11) 1[10,11)"},
      {"H100s", "h[0,1) w:h100[0,5) 100s[1,5)"},
      {"F-5s", "f[0,1) w:f5s[0,4) 5s[2,4)"},
      {"5s", "5s[0,2)"},
      {"Intel Core2", "intel[0,5) core[6,10) w:core2[6,11) 2[10,11)"},
      {"R1,000", "r[0,1) w:r1[0,2) 1[1,2) 000[3,6)"},
      {"4o 72b 3D 5G 10x 1st", "4o[0,2) 72b[3,6) 3d[7,9) 5g[10,12) 10x[13,16) 1st[17,20)"},
      {"x86_64", "x[0,1) w:x86[0,3) w:x8664[0,6) 86[1,3) 64[4,6)"},
      {"A320-200", "a[0,1) w:a320[0,4) w:a320200[0,8) 320[1,4) 200[5,8)"},
  });
}

TEST_CASE("hard tokens: numbers and money") {
  check({
      {"9.11", "9.11[0,4)"},
      {"1,000", "1000[0,5)"},
      {"1,234,567.89", "1234567.89[0,12)"},
      {"1,00", "1[0,1) 00[2,4)"},
      {"0,125", "0[0,1) 125[2,5)"},
      {"1,0000", "1[0,1) 0000[2,6)"},
      {"1,000,00", "1[0,1) 000[2,5) 00[6,8)"},
      {"1,000.5.5", "1000.5[0,7) 5[8,9)"},
      {"Sales 1,000", "sales/sale[0,5) 1000[6,11)"},
      {"5bn%", "5bn[0,3)"},
      {"price$512", "price[0,5) $512[5,9) p:512[5,9)"},
      {"9.11%", "9.11%[0,5) p:9.11[0,5)"},
      {"1,000%", "1000%[0,6) p:1000[0,6)"},
      {"17 %", "17[0,2)"},
      {"$512", "$512[0,4) p:512[0,4)"},
      {"$1,234.56", "$1234.56[0,9) p:1234.56[0,9)"},
      {"HK$512", "hk$512[0,6) p:512[0,6) p:$512[0,6)"},
      {"US$1,000", "us$1000[0,8) p:1000[0,8) p:$1000[0,8)"},
      {"$6bn", "$6bn[0,4) p:6bn[0,4)"},
      {"€5", "€5[0,4) p:5[0,4)"},
      {"RMB 80", "rmb[0,3) w:rmb80[0,6) 80[4,6)"},
      {"$", ""},
      {"2025-02-27", "2025[0,4) 02[5,7) 27[8,10)"},
      {"10:30", "10[0,2) 30[3,5)"},
      {"10-20", "10[0,2) 20[3,5)"},
      {"1990's", "1990[0,4)"},
      {"1.4.22", "1.4.22[0,6)"},
  });
}

TEST_CASE("hard tokens: signs in names") {
  check({
      {"C++ C# F#", "c++[0,3) c#[4,6) f#[7,9)"},
      {"C+++ a++b i++", "c[0,1) a[5,6) b[8,9) i++[10,13)"},
      {"No#1 ab# C#x", "no[0,2) 1[3,4) ab[5,7) c[9,10) x[11,12)"},
      {"C++20", "c++[0,3) w:c++20[0,5) 20[3,5)"},
      {".NET", ".net[0,4)"},
      {".NET 8", ".net[0,4) w:.net8[0,6) 8[5,6)"},
      {"example.net", "example/exampl[0,7) w:example.net[0,11) net[8,11)"},
      {".com ..net", "com[1,4) net[7,10)"},
      {"AT&T R&D", "at&t[0,4) r&d[5,8)"},
      {"Q&Answer answer&q", "q&answer[0,8) answer&q[9,17)"},
      {"salt&pepper", "salt[0,4) pepper[5,11)"},
      {"S&P 500", "s&p[0,3) w:s&p500[0,7) 500[4,7)"},
      {"U.S.", "u.s[0,3)"},
      {"U.S.A.", "u.s.a[0,5) p:usa[0,5)"},
      {"e.g.", "e.g[0,3) p:eg[0,3)"},
      {"A.I.-powered", "a.i[0,3) w:a.ipowered[0,12) p:ai[0,3) powered/power[5,12)"},
      {"U.S.'s", "u.s[0,3)"},
      {"J. K. Rowling", "j[0,1) k[3,4) rowling/rowl[6,13)"},
      {"Node.js", "node[0,4) w:node.js[0,7) js[5,7)"},
      {"end.Next", "end[0,3) w:end.next[0,8) next[4,8)"},
      {"#DeepSeek", "deepseek[1,9) p:#deepseek[1,9)"},
      {"@open_ai", "open[1,5) w:openai[1,8) p:@openai[1,8) ai[6,8)"},
      {"$AAPL", "aapl[1,5) p:$aapl[1,5)"},
      {"me@mail.com", "me[0,2) mail[3,7) w:mail.com[3,11) com[8,11)"},
      {"https://x.ai/a?b=1", "https[0,5) x[8,9) w:x.ai[8,12) ai[10,12) a[13,14) b[15,16) 1[17,18)"},
  });
}

TEST_CASE("hard tokens: hyphens and apostrophes") {
  check({
      {"e-mail", "email[0,6)"},
      {"e–commerce", "ecommerce/ecommerc[0,12)"},
      {"non-e-mail", "non[0,3) w:none[0,5) w:nonemail[0,10) e[4,5) w:email[4,10) mail[6,10)"},
      {"P-E", "p[0,1) w:pe[0,3) e[2,3)"},
      {"aero-elastic", "aero[0,4) w:aeroelastic/aeroelast[0,12) elastic/elast[5,12)"},
      {"word--word", "word[0,4) word[6,10)"},
      {"word—word", "word[0,4) word[7,11)"},
      {"Apple's AI's", "apple[0,5) ai[8,10)"},
      {"Apple’s", "apple[0,5)"},
      {"companies'", "companies/compani[0,9)"},
      {"don't", "don't[0,5)"},
      {"O'Brien", "o'brien[0,7) p:obrien[0,7)"},
      {"O’Neill's", "o'neill[0,9) p:oneill/oneil[0,9)"},
      {"l'état", "l[0,1) etat[2,7)"},
      {"dell'arte", "dell[0,4) arte/art[5,9)"},
      {"l's", "l[0,1)"},
      {"l'a o'er O'Sullivan", "l'a[0,3) o'er[4,8) o'sullivan[9,19) p:osullivan[9,19)"},
      {"l'e-mail", "l[0,1) email[2,8)"},
  });
}

TEST_CASE("hard tokens: characters") {
  check({
      {"état", "etat[0,5)"},
      {"e\u0301tat", "etat[0,6)"},
      {"etate\u0301", "etate/etat[0,7)"},
      {"ﬁnance", "finance/financ[0,8)"},
      {"fi\u00ADnance", "finance/financ[0,9)"},
      {"\u200Bfi\u200Bnance", "finance/financ[3,13)"},
      {"Straße Øre Łódź", "strasse/strass[0,7) ore[8,12) lodz[13,20)"},
      {"９．１１", "9.11[0,12)"},
      {"ＡＢＣ", "abc[0,9)"},
      {"腾讯控股Tencent", "腾[0,3) g:腾讯[0,6) 讯[3,6) g:讯控[3,9) 控[6,9) g:控股[6,12) 股[9,12) tencent[12,19)"},
      {"騰訊", "腾[0,3) g:腾讯[0,6) 讯[3,6)"},
      {"小米SU7", "小[0,3) g:小米[0,6) 米[3,6) su[6,8) w:su7[6,9) 7[8,9)"},
      {"100，200人", "100[0,3) 200[6,9) 人[9,12)"},
      {"2025年2月", "2025[0,4) 年[4,7) 2[7,8) 月[8,11)"},
      {"サー", "サ[0,3) g:サー[0,6) ー[3,6)"},
      {"a\u20DD", "a[0,4)"},
      {" \u093Fa", "a[4,5)"},
      {"ｶﾞｽ", "ガ[0,6) g:ガス[0,9) ス[6,9)"},
      {"데이터", "데[0,3) g:데이[0,6) 이[3,6) g:이터[3,9) 터[6,9)"},
      {"Apple™", "apple[0,5)"},
      {"1½", "1[0,1) 1[1,3) 2[1,3)"},
      {"10²", "10[0,2) 2[2,4)"},
      {"CO₂", "co[0,2) w:co2[0,5) 2[2,5)"},
      {"१२३", "123[0,9)"},
      {"Новый", "новый[0,10)"},
      {"и\u0306", "й[0,4)"},
      {"a\xFF"
       "b",
       "a[0,1) b[2,3)"},
  });
  CHECK(describe(std::string_view("a\0b", 3)) == "a[0,1) b[2,3)");
}

TEST_CASE("hard tokens: a query word finds every spelling") {
  const std::vector<std::vector<std::string>> same = {
      {"GPT-4o", "GPT4o", "GPT 4o", "GPT_4o", "ＧＰＴ－４ｏ", "GPT\u20114o"},
      {"DeepSeek-R1", "DeepSeek R1", "DeepSeekR1"},
      {"Qwen2.5-72B", "Qwen-2.5-72B", "Qwen 2.5-72B"},
      {"e-mail", "email", "E-Mail", "e‑mail", "e-mails"},
      {"1,000", "1000", "１０００"},
      {"open-source", "opensource", "open‐source"},
      {"Apple's", "Apple", "APPLE", "Apple’s"},
      {"AI's", "AI"},
      {"état", "etat", "ETAT", "E\u0301tat"},
      {"ﬁnance", "finance"},
      {"騰訊", "腾讯"},
      {"H100s", "H100", "H-100"},
      {"x86_64", "x86-64"},
      {"U.S.", "U.S", "u.s."},
      {".NET", ".net"},
      {"S&P 500", "S&P500"},
  };
  for (const auto& spellings : same) {
    for (const std::string& query : spellings) {
      for (const std::string& text : spellings) {
        CAPTURE(query);
        CAPTURE(text);
        CHECK(finds(query, std::string("x ").append(text).append(" y")));
      }
    }
  }
}

TEST_CASE("hard tokens: a query word finds the longer form") {
  const std::vector<std::pair<std::string, std::string>> found = {
      {"Qwen2.5", "Qwen2.5-72B-Instruct"},
      {"Qwen2.5-72B", "Qwen2.5-72B-Instruct"},
      {"R1", "DeepSeek-R1-Distill"},
      {"DeepSeek-R1", "DeepSeek-R1-Distill-Qwen-32B"},
      {"Qwen-32B", "DeepSeek-R1-Distill-Qwen-32B"},
      {"GPT-4o", "GPT-4o-mini"},
      {"example.com", "https://www.example.com/path"},
      {"512", "HK$512"},
      {"$512", "US$512"},
      {"9.11", "9.11%"},
      {"AI", "A.I."},
      {"USA", "U.S.A."},
      {"OBrien", "O'Brien"},
      {"Tencent", "腾讯控股Tencent"},
      {"SU7", "小米SU7"},
      {"état", "l'état"},
      {"Arm", "Arm's"},
      {"DeepSeek", "#DeepSeek"},
  };
  for (const auto& [query, text] : found) {
    CAPTURE(query);
    CAPTURE(text);
    CHECK(finds(query, text));
  }
}

TEST_CASE("hard tokens: what must not meet") {
  const std::vector<std::pair<std::string, std::string>> apart = {
      {"us", "U.S."},       {"U.S.", "us"},     {"arm", "arms"},        {"arms", "arm"},     {"Arm", "armed"},
      {"united", "unit"},   {"unit", "united"}, {"apple", "apples"},    {"C++", "C"},        {"C#", "C"},
      {"C", "C++"},         {".NET", "net"},    {"net", ".NET"},        {"GPT-4o", "GPT-4"}, {"GPT-4", "GPT-4o"},
      {"Qwen2.5", "Qwen2"}, {"R1", "R 10"},     {"9.11", "9.1"},        {"$512", "512"},     {"1000", "1,00"},
      {"Corning", "corn"},  {"well", "wells"},  {"example.net", "net"},
  };
  for (const auto& [query, text] : apart) {
    CAPTURE(query);
    CAPTURE(text);
    CHECK_FALSE(finds(query, text));
  }
}

TEST_CASE("hard tokens: spellings that are equal inside quotes") {
  CHECK(pieces("GPT-4o") == pieces("GPT 4o"));
  CHECK(pieces("GPT-4o") == pieces("gpt4o"));
  CHECK(pieces("e-mail") == pieces("email"));
  CHECK(pieces("open-source") == pieces("open source"));
  CHECK(pieces("1,000 chips") == pieces("1000 chips"));
  CHECK(pieces("“Apple’s” chips") == pieces("Apple's chips"));
  CHECK(pieces("騰訊控股") == pieces("腾讯控股"));
  CHECK(pieces("the U.S. market") != pieces("the us market"));
}

TEST_CASE("hard tokens: the table in the README is true") {
  std::ifstream readme(NUTGRAF_SOURCE_DIR "/src/analysis/README.md");
  REQUIRE(readme);
  std::size_t rows = 0;
  for (std::string line; std::getline(readme, line);) {
    const auto cells = cells_of(line);
    if (cells.size() != 4 || quoted(cells[0]).empty()) continue;
    const std::string text = quoted(cells[0]);
    CAPTURE(text);
    TokenStream stream;
    const Analyzer analyzer;
    analyzer.tokenize(text, "en", stream);
    std::string also;
    for (const Token& token : stream.tokens()) {
      if (token.role != TokenRole::piece) also.append(also.empty() ? "" : " ").append(token.surface);
    }
    CHECK(quoted(cells[1]) == pieces(text));
    CHECK(quoted(cells[2]) == also);
    ++rows;
  }
  CHECK(rows > 50);
}
