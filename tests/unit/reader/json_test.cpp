#include "unit/reader/fixture.h"

using namespace nutgraf;
using namespace nutgraf::test;
using namespace std::string_literals;

TEST_CASE("json lines: fields, ids and record numbers") {
  const Folder folder;
  const Batch batch = read({folder.write(
      "a.jsonl",
      R"({"id": 7, "title": "Plant opens", "text": "The text is here.", "date": "27 Feb 2025", "source": "Delta Wire", "author": ["Jane Doe"], "lang": "EN", "tags": ["a", "b"], "url": "https://x.example/7"})"
      "\n\n"
      R"({"url": "https://x.example/8", "headline": "Second", "body": "Body text.", "published": 1740614400, "publisher": {"name": "Harbour Ledger"}})"
      "\r\n"
      R"({"content": "Only text."})")});
  REQUIRE(batch.articles.size() == 3);
  const Article& first = batch.articles[0];
  CHECK(first.id == "7");
  CHECK(first.record == 1);
  CHECK(first.title == "Plant opens");
  CHECK(first.date.iso() == "2025-02-27");
  CHECK(first.date_source == DateSource::record);
  CHECK(first.source == "Delta Wire");
  CHECK(first.author == "Jane Doe");
  CHECK(first.language == "en");
  CHECK(first.tags == std::vector<std::string>{"a", "b"});
  CHECK(first.url == "https://x.example/7");
  CHECK(first.bytes_of == BytesOf::field);
  CHECK(first.text == "The text is here.");
  CHECK_FALSE(first.id_from_path);
  CHECK(batch.articles[1].id == "https://x.example/8");
  CHECK(batch.articles[1].title == "Second");
  CHECK(batch.articles[1].text == "Body text.");
  CHECK(batch.articles[1].date.iso() == "2025-02-27");
  CHECK(batch.articles[1].source == "Harbour Ledger");
  CHECK(batch.articles[2].id == "news/a.jsonl:3");
  CHECK(batch.articles[2].id_from_path);
  CHECK(batch.articles[2].record == 3);
  CHECK(batch.articles[2].path == (folder.root() / "a.jsonl").string());
}

TEST_CASE("json lines: text goes before body and content") {
  CHECK(read_one("a.jsonl", R"({"body": "Body.", "content": "Content.", "text": "Text."})").text == "Text.");
  CHECK(read_one("a.jsonl", R"({"body": "Body.", "text": ""})").text == "Body.");
  CHECK(read_one("a.jsonl", R"({"Body": "Body.", "TITLE": "T"})").title == "T");
}

TEST_CASE("json lines: bad records are told and passed over") {
  const Folder folder;
  ReadOptions options;
  options.max_article_bytes = 200;
  const Batch batch = read({folder.write("a.jsonl", R"({"text": "One."})"
                                                    "\n{\"text\": nope}\n[1, 2]\n"
                                                    R"({"id": "x4", "title": "No text"})"
                                                    "\n"
                                                    R"({"id": "x5", "text": 12})"
                                                    "\n{\"text\": \"" +
                                                        std::string(300, 'x') + "\"}\n" + R"({"id": ")" +
                                                        std::string(100, 'i') + R"(", "text": "Long id."})" + "\n" +
                                                        R"({"id": "a\u0007b", "text": "Bell."})"
                                                        "\n"
                                                        R"({"text": "Nine."})")},
                           options);
  CHECK(batch.articles.size() == 3);
  REQUIRE(batch.rejections.size() == 6);
  CHECK(batch.rejections[0].reason.rfind("line 2, column 11: invalid JSON: syntax error", 0) == 0);
  CHECK(batch.rejections[0].id.empty());
  CHECK(batch.rejections[1].reason == "line 3: not a JSON object but array");
  CHECK(batch.rejections[2].reason == "line 4: record without text");
  CHECK(batch.rejections[2].id == "x4");
  CHECK(batch.rejections[3].reason == "line 5: \"text\" is not a string but number");
  CHECK(batch.rejections[4].reason == "line 6: 312 bytes: larger than the limit of 200");
  CHECK(contains(batch.rejections[5].reason, "id with a control character"));
  CHECK(batch.articles.back().id == "news/a.jsonl:9");
}

TEST_CASE("json lines: the place counts blank lines, the record number does not") {
  const Folder folder;
  const Batch batch = read({folder.write("a.jsonl", "\n\n{\"text\": 1}\n\n{\"text\": \"Two.\"}\n")});
  REQUIRE(batch.rejections.size() == 1);
  CHECK(contains(batch.rejections[0].reason, "line 3: "));
  REQUIRE(batch.articles.size() == 1);
  CHECK(batch.articles[0].record == 2);
}

TEST_CASE("json lines: ids of 1024 bytes and more") {
  const Folder folder;
  const auto record = [](std::size_t size) {
    return R"({"text": "Text.", "id": ")" + std::string(size, 'i') + "\"}\n";
  };
  const Batch batch = read({folder.write("a.jsonl", record(1024) + record(10000))});
  CHECK(batch.articles.size() == 1);
  REQUIRE(batch.rejections.size() == 1);
  CHECK(batch.rejections[0].reason == "id of 10000 bytes: longer than 1024");
}

TEST_CASE("json lines: NUL and lone surrogates") {
  CHECK(read_one("a.jsonl", R"({"text": "one\u0000two"})").text == "one two");
  CHECK(read_one("a.jsonl", R"({"text": "bad \ud83d end"})").text == "bad \uFFFD end");
  CHECK(read_one("a.jsonl", R"({"text": "good \ud83d\ude00 \\ud83d"})").text == "good \U0001F600 \\ud83d");
  CHECK(read_one("a.jsonl", R"({"text": "\udc00\ud83d"})").text.size() == 6);
}

// Ids show what a value was read as. Of two parsers the strict one goes first: what it takes, and what is left to the
// other, must not be told apart.
TEST_CASE("json lines: what is odd, but JSON") {
  const auto id = [](const std::string& value) {
    return read_one("a.jsonl", R"({"text": "Text.", "id": )" + value + "}").id;
  };
  CHECK(id("-0") == "0");
  CHECK(id("-0.0") == "-0.0");
  CHECK(id("1E2") == "100.0");
  CHECK(id("18446744073709551615") == "18446744073709551615");
  CHECK(id("18446744073709551616") == "1.8446744073709552e+19");
  CHECK(id("-9223372036854775809") == "-9.223372036854776e+18");
  CHECK(id(R"("first", "id": "last")") == "last");
  CHECK(id(R"({"name": "first", "name": "last"})") == "last");
  CHECK(id(R"("deep", "other": )" + std::string(5000, '[') + std::string(5000, ']')) == "deep");
  CHECK(id(R"("long", "other": ")" + std::string(3000000, 'x') + "\"") == "long");
}

TEST_CASE("json lines: markup in the text") {
  const std::string markup = "<p>The <b>plant</b> opens &amp; closes.</p>\n<p>Second.</p>";
  const Article article =
      read_one("a.jsonl", R"({"text": "<p>The <b>plant</b> opens &amp; closes.</p>\n<p>Second.</p>"})");
  CHECK(blocks_of(article) == std::vector<std::string>{"The plant opens & closes.", "Second."});
  CHECK(article.bytes_of == BytesOf::field);
  CHECK(source_of(article, 0, markup) == "The <b>plant</b> opens &amp; closes.");
}

TEST_CASE("json lines: a flash keeps its title") {
  const Article article = read_one("a.jsonl", R"({"title": "BANK RAISES RATE", "text": "******"})");
  CHECK(article.title == "BANK RAISES RATE");
  CHECK(article.blocks.size() == 1);
}

TEST_CASE("json lines: files that hold no records") {
  CHECK(reason_for("a.jsonl", "") == "empty file");
  CHECK(reason_for("a.jsonl", "\n\n") == "no records");
  CHECK(reason_for("a.jsonl",
                   "\x7F"
                   "ELF\n\n\n") == "binary file (ELF program)");
  CHECK(reason_for("a.jsonl", "a\0b\nc\n"s) == "binary file (NUL at byte 1)");
  CHECK(reason_for("a.jsonl", "\xFF\xFE{\0"s) == "UTF-16: JSON lines are read in UTF-8");
}

TEST_CASE("json lines: a line longer than the buffer") {
  const std::string words = "The plant opens in May. ";
  std::string text;
  while (text.size() < 700000) text += words;
  const Folder folder;
  const Batch batch = read({folder.write("a.jsonl", "{\"text\": \"" + text + "\"}\n{\"text\": \"Next.\"}\n")});
  REQUIRE(batch.articles.size() == 2);
  CHECK(batch.articles[0].text == text);
  CHECK(batch.articles[1].text == "Next.");
}

TEST_CASE("json: one object is the article itself") {
  const Article article = read_one("a.json", "\xEF\xBB\xBF{\n \"text\": \"The text.\"\n}\n");
  CHECK(article.id == "news/a.json");
  CHECK(article.record == 0);
}

TEST_CASE("json: an array, and values one after the other") {
  for (const char* text : {"[{\"text\": \"One, [two] \\\"]\\\".\"},\n {\"text\": \"Two.\"}]\n",
                           "{\"text\": \"One, [two] \\\"]\\\".\"}\n{\"text\": \"Two.\"}\n"}) {
    const Folder folder;
    const Batch batch = read({folder.write("a.json", text)});
    REQUIRE(batch.articles.size() == 2);
    CHECK(batch.articles[0].id == "news/a.json:1");
    CHECK(batch.articles[0].text == "One, [two] \"]\".");
    CHECK(batch.articles[1].record == 2);
  }
}

TEST_CASE("json: an array that is not closed keeps what came before, and says so") {
  struct Case {
    const char *text, *reason;
    std::size_t articles;
  };
  for (const Case& c :
       {Case{"[{\"text\": \"One.\"}", "line 1, column 18: the array is not closed", 1},
        Case{"[{\"text\": \"One.\"},\n ", "line 2, column 2: the array is not closed", 1},
        Case{"[{\"text\": \"One.\"}, {\"text\": \"Two.\"}\n", "line 2, column 1: the array is not closed", 2},
        Case{" [", "line 1, column 3: the array is not closed", 0}}) {
    CAPTURE(c.text);
    const Folder folder;
    const Batch batch = read({folder.write("a.json", c.text)});
    CHECK(batch.articles.size() == c.articles);
    REQUIRE(batch.rejections.size() == 1);
    CHECK(batch.rejections[0].reason == c.reason);
    CHECK(batch.rejections[0].path == (folder.root() / "a.json").string());
  }
  // The value that is cut says it itself.
  const Folder folder;
  const Batch batch = read({folder.write("a.json", "[{\"text\": \"One.\"}, {\"text\": \"Tw")});
  CHECK(batch.articles.size() == 1);
  REQUIRE(batch.rejections.size() == 1);
  CHECK(contains(batch.rejections[0].reason, "invalid JSON"));
}

TEST_CASE("json: what is wrong, with its place") {
  CHECK(reason_for("a.json", "") == "empty file");
  CHECK(reason_for("a.json", "[]") == "no records: the array is empty");
  CHECK(reason_for("a.json", "{\n  \"text\": oops\n}").rfind("line 2, column 11: invalid JSON: syntax error", 0) == 0);
  CHECK(reason_for("a.json", "{\"text\": \"cut").rfind("line 1, column 14: invalid JSON: ", 0) == 0);
  CHECK(reason_for("a.json", "\n{\"text\": \"One.\", \"score\": 1e999}") == "line 2: number overflow parsing '1e999'");
  const Folder folder;
  const Batch batch =
      read({folder.write("a.json", "[{\"text\": \"One.\"},\n  {\"text\": },\n  3,\n {\"text\": \"Four.\"}]")});
  CHECK(batch.articles.size() == 2);
  REQUIRE(batch.rejections.size() == 2);
  CHECK(batch.rejections[0].reason.rfind("line 2, column 12: invalid JSON", 0) == 0);
  CHECK(batch.rejections[1].reason == "line 3: not a JSON object but number");
}
