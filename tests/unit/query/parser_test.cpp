#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include "nutgraf/query.h"

using namespace nutgraf;
using namespace std::string_view_literals;

namespace {

// The tree, spelled out: "group(must word:a, must_not phrase:b c)".
std::string spell(const QueryNode& node) {
  static const char* const kKinds[] = {"nothing", "all", "word", "phrase", "prefix", "near", "filter", "group"};
  std::string result = kKinds[static_cast<std::size_t>(node.kind)];
  if (node.distance > 0) result.append("/").append(std::to_string(node.distance));
  if (!node.field.empty()) result.append(" ").append(node.field);
  if (!node.text.empty()) result.append(":").append(node.text);
  if (node.children.empty()) return result;
  result += '(';
  for (const QueryNode& child : node.children) {
    if (&child != &node.children.front()) result += ", ";
    if (child.occur == Occur::must) result += "+";
    if (child.occur == Occur::must_not) result += "-";
    result += spell(child);
  }
  return result + ')';
}

struct Row {
  std::string_view query;
  const char* canonical;
};

// `canonical` is what the query means, and the query draws no warning.
void check_good(std::initializer_list<Row> rows) {
  for (const Row& row : rows) {
    CAPTURE(row.query);
    const ParsedQuery parsed = parse_query(row.query);
    CHECK(to_string(parsed.root) == row.canonical);
    CHECK(parsed.warnings.empty());
  }
}

struct OddRow {
  std::string_view query;
  const char* canonical;
  std::size_t byte;
  const char* message;  // its beginning
  const char* suggestion = "";
};

// The query draws exactly one warning.
void check_odd(std::initializer_list<OddRow> rows) {
  for (const OddRow& row : rows) {
    CAPTURE(row.query);
    const ParsedQuery parsed = parse_query(row.query);
    CHECK(to_string(parsed.root) == row.canonical);
    REQUIRE(parsed.warnings.size() == 1);
    const Diagnostic& warning = parsed.warnings.front();
    CAPTURE(warning.message);
    CHECK(warning.byte == row.byte);
    CHECK(std::string_view(warning.message).starts_with(row.message));
    CHECK(warning.suggestion.value_or("") == row.suggestion);
  }
}

}  // namespace

TEST_CASE("query: words") {
  CHECK(parse_query("").root.kind == QueryKind::nothing);
  CHECK(parse_query(" \t\n\u3000").root.kind == QueryKind::nothing);
  CHECK(spell(parse_query("GPT-4o").root) == "word:GPT-4o");
  CHECK(spell(parse_query("腾讯控股 e-mail").root) == "group(word:腾讯控股, word:e-mail)");
  CHECK(spell(parse_query("apple, don't C++ .NET 9.11% AT&T").root) ==
        "group(word:apple,, word:don't, word:C++, word:.NET, word:9.11%, word:AT&T)");
  CHECK(spell(parse_query("and or not near").root) == "group(word:and, word:or, word:not, word:near)");
  CHECK(spell(parse_query("NEARBY ANDROID").root) == "group(word:NEARBY, word:ANDROID)");
}

TEST_CASE("query: operators and their precedence") {
  check_good({
      {"a b c", "a OR b OR c"},
      {"a OR b c", "a OR b OR c"},
      {"a AND b", "a AND b"},
      {"a b AND c d", "a OR (b AND c) OR d"},
      {"a OR b AND c OR d", "a OR (b AND c) OR d"},
      {"(a OR b) AND c", "(a OR b) AND c"},
      {"a AND NOT b", "a AND NOT b"},
      {"a NOT b", "a AND NOT b"},
      {"a b NOT c", "(a OR b) AND NOT c"},
      {"NOT a AND b", "NOT a AND b"},
      {"a OR NOT b", "a OR (NOT b)"},
      {"NOT a", "NOT a"},
      {"NOT NOT a", "a"},
      {"NOT a NOT b", "NOT a AND NOT b"},
      {"NOT (a b)", "NOT (a OR b)"},
      {"a AND (NOT b)", "a AND (NOT b)"},
      {"((a))", "a"},
      {"f(x)", "f OR x"},
      {"（a b） AND c", "(a OR b) AND c"},
  });
  CHECK(spell(parse_query("a AND b AND NOT c").root) == "group(+word:a, +word:b, -word:c)");
}

TEST_CASE("query: must and must not") {
  check_good({
      {"+a b", "+a b"},
      {"+a -b", "a AND NOT b"},
      {"+a b -c", "+a b -c"},
      {"a b -c", "(a OR b) AND NOT c"},
      {"a -b", "a AND NOT b"},
      {"+a", "a"},
      {"-(a b) c", "NOT (a OR b) AND c"},
      {"-\"a b\" c", "NOT \"a b\" AND c"},
      {"a OR -b", "a AND NOT b"},
      {"+a AND -b", "a AND NOT b"},
      {"-title:a b", "NOT title:a AND b"},
  });
  CHECK(spell(parse_query("+a b").root) == "group(+word:a, word:b)");
}

TEST_CASE("query: only exclusions start from everything") {
  CHECK(spell(parse_query("-budget").root) == "group(+all, -word:budget)");
  CHECK(spell(parse_query("NOT budget").root) == "group(+all, -word:budget)");
  CHECK(spell(parse_query("-a -b").root) == "group(+all, -word:a, -word:b)");
  CHECK(parse_query("-budget").warnings.empty());
}

TEST_CASE("query: phrases in every kind of quotes") {
  for (const char* query : {"\"open source\"", "“open source”", "”open source“", "„open source“", "«open source»",
                            "»open source«", "「open source」", "『open source』", "｢open source｣", "＂open source＂",
                            "\" open source \"", "“open source\""}) {
    CAPTURE(query);
    const ParsedQuery parsed = parse_query(query);
    CHECK(spell(parsed.root) == "phrase:open source");
    CHECK(parsed.root.bytes == ByteRange{0, std::string_view(query).size()});
    CHECK(parsed.warnings.empty());
  }
  check_good({
      {"腾讯「开源」模型", "腾讯 OR \"开源\" OR 模型"},
      {"\"a (b OR c) -d\"", "\"a (b OR c) -d\""},
      {"「say \"x y\" now」", "\"say  x y  now\""},
      {"\"don't\" 'single'", "\"don't\" OR 'single'"},
      {"\"a\"b", "\"a\" OR b"},
  });
}

TEST_CASE("query: NEAR") {
  CHECK(spell(parse_query("a NEAR/5 b").root) == "near/5(word:a, word:b)");
  CHECK(spell(parse_query("a NEAR b").root) == "near/10(word:a, word:b)");
  CHECK(spell(parse_query("a NEAR/3 b NEAR/3 c").root) == "near/3(word:a, word:b, word:c)");
  CHECK(spell(parse_query("title:a NEAR title:b").root) == "near/10(word title:a, word title:b)");
  check_good({
      {"x a NEAR/5 b AND c", "x OR ((a NEAR/5 b) AND c)"},
      {"NOT a NEAR b", "NOT (a NEAR/10 b)"},
      {"-a NEAR b c", "NOT (a NEAR/10 b) AND c"},
      {"title:(a NEAR b)", "title:a NEAR/10 title:b"},
      {"(a) NEAR (b)", "a NEAR/10 b"},
  });
}

TEST_CASE("query: prefixes") {
  CHECK(spell(parse_query("deep*").root) == "prefix:deep");
  CHECK(spell(parse_query("deep**").root) == "prefix:deep");
  CHECK(spell(parse_query("title:deep*").root) == "prefix title:deep");
  CHECK(spell(parse_query("腾* état*").root) == "group(prefix:腾, prefix:état)");
}

TEST_CASE("query: text fields") {
  check_good({
      {"title:deepseek", "title:deepseek"},
      {"TITLE:deepseek", "title:deepseek"},
      {"title：deepseek", "title:deepseek"},
      {"title:\"open source\" x", "title:\"open source\" OR x"},
      {"title:(a \"b c\" pre* -d)", "(title:a OR title:\"b c\" OR title:pre*) AND NOT title:d"},
      {"title:(a heading:b source:c)", "(title:a OR heading:b) AND source:c"},
      {"title:10:30", "title:10:30"},
      {"title:AND", "title:AND"},
      {"title:(//x)", "title:x"},
      {"title:(a (b c)) d", "(title:a OR (title:b OR title:c)) OR d"},
  });
}

TEST_CASE("query: filters restrict what stands beside them") {
  check_good({
      {"source:Reuters", "source:Reuters"},
      {"source:\"Delta Wire\"", "source:\"Delta Wire\""},
      {"source:“Delta Wire” x", "source:\"Delta Wire\" AND x"},
      {"a b source:c", "(a OR b) AND source:c"},
      {"a source:c b", "(a OR b) AND source:c"},
      {"a source:c lang:en", "a AND source:c AND lang:en"},
      {"a source:c source:d", "a AND (source:c OR source:d)"},
      {"source:c source:d", "source:c OR source:d"},
      {"a source:(c \"d e\")", "a AND (source:c OR source:\"d e\")"},
      {"a (source:c OR lang:en)", "a AND (source:c OR lang:en)"},
      {"a OR source:c", "a OR source:c"},
      {"a -source:c", "a AND NOT source:c"},
      {"+a b source:c", "+a b +source:c"},
      {"+source:c a b", "source:c AND (a OR b)"},
      {"+a OR source:c", "+a OR source:c"},
      {"id:wire/2025/story.txt#3 a", "id:wire/2025/story.txt#3 AND a"},
      {"source:De*", "source:De*"},
      {"date:2025 a", "date:2025 AND a"},
      {"date:2025-02-01..2025-02-28", "date:2025-02-01..2025-02-28"},
      {"date:7d.. date:..2025-01", "date:7d.. OR date:..2025-01"},
      {"date:(2024 2025)", "date:2024 OR date:2025"},
  });
  CHECK(spell(parse_query("source:\"Delta Wire\"").root) == "filter source:Delta Wire");
}

TEST_CASE("query: a colon in ordinary text is no field") {
  check_good({
      {"10:30", "10:30"},
      {"http://example.org/a", "http://example.org/a"},
      {"title://x", "title://x"},
      {"AI: the", "AI: OR the"},
      {"(AI:) the", "AI: OR the"},
      {"GPT-4:mini", "GPT-4:mini"},
      {"人工智能:x", "人工智能:x"},
      {"AI：模型", "AI：模型"},
      {"ends:", "ends:"},
  });
}

TEST_CASE("query: unknown fields") {
  check_odd({
      {"unknwon:cat", "unknwon OR cat", 0, "there is no field 'unknwon'; it is searched as a word"},
      {"a comapny:cat", "a OR (comapny OR cat)", 2, "there is no field 'comapny'", "company:"},
      {"-sorce:cat a", "NOT (sorce OR cat) AND a", 1, "there is no field 'sorce'", "source:"},
      {"foo:\"a b\"", "foo OR \"a b\"", 0, "there is no field 'foo'"},
      {"foo:title:x", "foo OR title:x", 0, "there is no field 'foo'"},
      {"foo:(a b)", "foo OR (a OR b)", 0, "there is no field 'foo'"},
      {"foo:AND b", "foo AND b", 0, "there is no field 'foo'"},
  });
}

TEST_CASE("query: a field with nothing right behind it") {
  check_odd({
      {"title: a", "title: OR a", 0, "'title:' has nothing right behind its colon; it is searched as a word"},
      {"a Source:", "a OR Source:", 2, "'Source:' has nothing right behind its colon"},
      {"(date:) a", "date: OR a", 1, "'date:' has nothing right behind its colon"},
      {"source: \"Delta Wire\"", "source: OR \"Delta Wire\"", 0, "'source:' has nothing right behind its colon"},
  });
}

TEST_CASE("query: what is unbalanced") {
  check_odd({
      {"\"open source", "open OR source", 0, "this quote is never closed", "\"open source\""},
      {"a \"b c\" \"d", "a OR \"b c\" OR d", 8, "this quote is never closed", "\"d\""},
      {"6\" screen", "6 OR screen", 1, "this quote is never closed", "\" screen\""},
      {"apple\"", "apple", 5, "this quote is never closed"},
      {"「开源", "开源", 0, "this quote is never closed"},
      {"title:\"a b", "title:a OR b", 6, "this quote is never closed", "\"a b\""},
      {"(a AND b", "a AND b", 0, "this bracket is never closed", "(a AND b)"},
      {"c title:(a AND (b", "c OR (title:a AND title:b)", 2, "2 brackets are never closed", "title:(a AND (b))"},
      {"a) b", "a OR b", 1, "this bracket closes nothing"},
      {"a (", "a", 2, "this bracket is never closed"},
  });
}

TEST_CASE("query: operators with nothing to join") {
  check_odd({
      {"AND", "", 0, "AND has nothing to join", "and"},
      {"apple AND", "apple", 6, "AND has nothing to join", "and"},
      {"AND apple", "apple", 0, "AND has nothing to join", "and"},
      {"a AND AND b", "a AND b", 2, "AND has nothing to join", "and"},
      {"a AND OR b", "a OR b", 2, "AND has nothing to join", "and"},
      {"a OR AND b", "a OR b", 5, "AND has nothing to join", "and"},
      {"Portland OR", "Portland", 9, "OR has nothing to join", "or"},
      {"OR a", "a", 0, "OR has nothing to join", "or"},
      {"a OR OR b", "a OR b", 5, "OR has nothing to join", "or"},
      {"NOT", "", 0, "NOT has nothing to join", "not"},
      {"a NOT", "a", 2, "NOT has nothing to join", "not"},
      {"a AND NOT", "a", 6, "NOT has nothing to join", "not"},
      {"a NEAR", "a", 2, "NEAR has nothing to join", "near"},
      {"NEAR/5 a", "a", 0, "NEAR/5 has nothing to join", "near/5"},
      {"(a OR) b", "a OR b", 3, "OR has nothing to join", "or"},
  });
  CHECK(parse_query("OR OR").warnings.size() == 2);
}

TEST_CASE("query: what holds no word") {
  check_odd({
      {"\"\" a", "a", 0, "there is nothing to look up between these quotes"},
      {"\" -- \"", "", 0, "there is nothing to look up between these quotes"},
      {"() a", "a", 0, "there is nothing between these brackets"},
      {"title:() a", "a", 0, "there is nothing between these brackets"},
      {"*", "*", 0, "'*' alone finds every passage"},
      {"* a", "a", 0, "'*' finds every passage only as the whole query"},
      {"+", "", 0, "'+' is not in front of a word"},
      {"a - b", "a OR b", 2, "'-' is not in front of a word"},
      {"--json", "json", 0, "'--' is not in front of a word"},
      {"\"a\"-b", "\"a\" OR b", 3, "'-' is not in front of a word"},
      {"a & b", "a OR b", 2, "'&' holds no word"},
      {"title:* a", "a", 0, "'title:*' holds no word"},
      {"source:* a", "a", 0, "source: has no value", "source:\"Delta Wire\""},
  });
}

TEST_CASE("query: other odd things") {
  check_odd({
      {"ab*", "ab", 0, "a prefix has at least 3 characters; 'ab' is searched as a word"},
      {"title:a*", "title:a", 0, "a prefix has at least 3 characters"},
      {"a*bc", "a*bc", 1, "'*' is understood only at the end of a word"},
      {"x a*bc*", "x OR a*bc", 3, "'*' is understood only at the end of a word"},
      {"a NEAR/0 b", "a NEAR/10 b", 2, "the distance of NEAR is a number from 1 to 1000; 10 is taken", "NEAR/10"},
      {"a NEAR/x b", "a NEAR/10 b", 2, "the distance of NEAR", "NEAR/10"},
      {"a NEAR/99999999999999999999 b", "a NEAR/1000 b", 2, "the distance of NEAR", "NEAR/1000"},
      {"a NEAR/3 b NEAR/5 c", "a NEAR/5 b NEAR/5 c", 11, "a chain of NEAR has one distance; the largest, 5"},
      {"a NEAR \"b c\"", "a AND \"b c\"", 2, "NEAR joins only words", "AND"},
      {"title:a NEAR b", "title:a AND b", 8, "NEAR joins only words", "AND"},
      {"(a b) NEAR c", "(a OR b) AND c", 6, "NEAR joins only words", "AND"},
      {"x date:foo", "x", 2, "'foo' is no date"},
      {"date:2025-02..2025-01", "", 0, "the range '2025-02..2025-01' ends before it starts", "date:2025-01..2025-02"},
      {"date:foo..2025", "", 0, "'foo' is no date"},
      {"", "", 0, "the query is empty"},
      {" \t", "", 0, "the query is empty"},
      {"a\xFF\xFE b"sv, "a OR b", 1, "the query holds bytes that are no UTF-8"},
      {"a\0b"sv, "a OR b", 1, "the query holds bytes that are no UTF-8"},
  });
  CHECK(parse_query("a\xFF").text == "a ");
}

TEST_CASE("query: where things stand") {
  const ParsedQuery parsed = parse_query("a (title:\"b c\" x*y) -source:d");
  REQUIRE(parsed.root.children.size() == 2);
  const QueryNode& words = parsed.root.children[0];
  CHECK(parsed.root.bytes == ByteRange{0, 29});
  CHECK(words.children[0].bytes == ByteRange{0, 1});
  CHECK(words.children[1].bytes == ByteRange{2, 19});
  CHECK(words.children[1].children[0].bytes == ByteRange{3, 14});
  CHECK(parsed.root.children[1].bytes == ByteRange{21, 29});
}

TEST_CASE("query: warnings come in order and not without end") {
  const ParsedQuery few = parse_query("a AND ( foo:b \"c");
  REQUIRE(few.warnings.size() == 3);
  CHECK(few.warnings[0].byte == 6);
  CHECK(few.warnings[1].byte == 8);
  CHECK(few.warnings[2].byte == 14);
  std::string many;
  for (int i = 0; i < 1000; ++i) many += "& ";
  const ParsedQuery parsed = parse_query(many);
  REQUIRE(parsed.warnings.size() == kMaxQueryWarnings);
  CHECK(parsed.warnings.back().message == "981 more warnings like these");
}

TEST_CASE("query: hostile sizes take linear time") {
  const auto repeat = [](std::string_view piece, std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += piece;
    return text;
  };
  const std::size_t million = 1'000'000;
  for (const std::string& text :
       {repeat("(", million), repeat(")", million), repeat("()", million / 2), repeat("title:(", million / 7),
        repeat("a:", million / 2), repeat("NOT ", million / 4), repeat("a AND ", million / 6),
        repeat("a NEAR ", million / 7), repeat("-", million), repeat("\"", million + 1), repeat("「", million / 3),
        repeat("*", million), repeat("x", million), repeat("(a ", million / 3), repeat("a (", 300) + repeat("b)", 300),
        repeat("source:a ", million / 9), repeat("\xFF", million)}) {
    const ParsedQuery parsed = parse_query(text);
    CHECK(parsed.warnings.size() <= kMaxQueryWarnings);
    (void)to_string(parsed.root);
  }
  const ParsedQuery words = parse_query(repeat("word ", 10'000));
  CHECK(words.root.children.size() == 10'000);
  CHECK(words.warnings.empty());
}

TEST_CASE("query: brackets nested too deep are ignored, and the rest still matches") {
  const std::string deep =
      std::string(kMaxQueryDepth + 50, '(') + "a b" + std::string(kMaxQueryDepth + 50, ')') + " AND c";
  const ParsedQuery parsed = parse_query(deep);
  CHECK(to_string(parsed.root) == "(a OR b) AND c");
  REQUIRE(parsed.warnings.size() == 1);
  CHECK(parsed.warnings[0].byte == kMaxQueryDepth);
}

TEST_CASE("plain words: nothing is an operator, nothing is odd") {
  const Row rows[] = {
      {"What is (the) \"GPT-4o\" price?", "What OR is OR the OR GPT-4o OR price?"},
      {"deepseek -openai +r1 -- now", "deepseek OR openai OR r1 OR now"},
      {"title: title:cats source:\"Delta Wire\"", "title OR title OR cats OR source OR Delta OR Wire"},
      {"TO BE OR NOT TO BE AND NEAR/5", "TO OR BE OR or OR not OR TO OR BE OR and OR near/5"},
      {"deep* at 10:30 C++ https://a.example/b?c:d", "deep OR at OR 10:30 OR C++ OR https://a.example/b?c:d"},
      {"date:never (((", "date OR never"},
      {"《战国无双3》由「光荣」开发", "《战国无双3》由 OR 光荣」开发"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.query);
    const ParsedQuery parsed = parse_query(row.query, QuerySyntax::words);
    CHECK(to_string(parsed.root) == row.canonical);
    CHECK(parsed.warnings.empty());
  }
  CHECK(parse_query("*** (\"", QuerySyntax::words).root.kind == QueryKind::nothing);
  const std::string_view query = "(see title:cats)";
  const QueryNode cats = parse_query(query, QuerySyntax::words).root.children.at(2);
  CHECK(query.substr(cats.bytes.begin, cats.bytes.size()) == "cats");
}
