#include <unicode/ucnv.h>

#include "unit/reader/fixture.h"

using namespace nutgraf;
using namespace nutgraf::test;

namespace {

const std::string kChinese =
    "公司周一表示，港口附近的新工厂将于五月投产，为汽车和手机生产芯片。分析师曾预期更晚，因为工厂所需的机器要等很久才能"
    "交付。";
const std::string kTraditional =
    "公司週一表示，港口附近的新工廠將於五月投產，為汽車和手機生產晶片。分析師曾預期更晚，因為工廠所需的機器要等很久才能"
    "交付。";
const std::string kEnglish =
    "“It’s open,” said the café’s owner – a man of few words – and smiled. The plant near the harbour will make chips "
    "for €5.";

std::string encoded(const std::string& text, const char* charset) {
  UErrorCode status = U_ZERO_ERROR;
  std::string bytes(text.size() * 4 + 8, '\0');
  const auto size = ucnv_convert(charset, "UTF-8", bytes.data(), static_cast<int32_t>(bytes.size()), text.data(),
                                 static_cast<int32_t>(text.size()), &status);
  REQUIRE(U_SUCCESS(status));
  bytes.resize(static_cast<std::size_t>(size));
  return bytes;
}

}  // namespace

TEST_CASE("encoding: told apart on short texts, converted, and said so") {
  struct Case {
    std::string text;
    const char *charset, *name;
  };
  for (const Case& c : {Case{kChinese, "GB18030", "GB18030"}, Case{kTraditional, "Big5", "Big5"},
                        Case{kEnglish, "windows-1252", "windows-1252"}, Case{kChinese, "UTF-16LE", "UTF-16LE"},
                        Case{kEnglish, "UTF-16BE", "UTF-16BE"}}) {
    CAPTURE(c.charset);
    // Without a mark, UTF-16 shows in the bytes of its line ends.
    const std::string text = c.text + "\n" + c.text + "\n";
    const Article article = read_one("a.txt", encoded(text, c.charset));
    CHECK(article.text == text);
    CHECK(article.bytes_of == BytesOf::text);
    CHECK(article.origin.empty());
    REQUIRE(article.notices.size() >= 1);
    CHECK(article.notices[0] == "converted from " + std::string(c.name));
  }
}

TEST_CASE("encoding: short and mixed texts") {
  CHECK(read_one("a.txt", encoded("腾讯控股周四公布业绩。", "GB18030")).text == "腾讯控股周四公布业绩。");
  CHECK(read_one("a.txt", encoded("騰訊控股週四公布業績。", "Big5")).text == "騰訊控股週四公布業績。");
  CHECK(read_one("a.txt", encoded("The company’s plant.", "windows-1252")).text == "The company’s plant.");
  CHECK(read_one("a.txt", encoded("Le café fermé à Orléans a été rouvert.", "windows-1252")).text ==
        "Le café fermé à Orléans a été rouvert.");
  const std::string mixed =
      "DeepSeek released V3.2 on Monday, which the company (深度求索) had announced before. The model is open.";
  CHECK(read_one("a.txt", encoded(mixed, "GB18030")).text == mixed);
}

TEST_CASE("encoding: byte order marks") {
  for (const char* charset : {"UTF-16LE", "UTF-16BE", "UTF-32LE"}) {
    CAPTURE(charset);
    CHECK(read_one("a.txt", encoded("\uFEFF" + kEnglish, charset)).text == kEnglish);
  }
  const Article article = read_one("a.txt", "\xEF\xBB\xBF" + kEnglish);
  CHECK(article.text == kEnglish);
  CHECK(article.bytes_of == BytesOf::file);
  CHECK(article.notices.empty());
  CHECK(origin_of(article, article.blocks.at(0).text).begin == 3);
}

TEST_CASE("encoding: a page's own word is taken") {
  const std::string page =
      R"(<html><head><meta charset="gb2312"><title>新闻</title></head><body><p>)" + kChinese + "</p></body></html>";
  const Article article = read_one("a.html", encoded(page, "GB18030"));
  CHECK(article.bytes_of == BytesOf::text);
  CHECK(blocks_of(article) == std::vector<std::string>{kChinese});
  // ISO-8859-1 is what pages in Windows-1252 say.
  const std::string latin = R"(<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1"><p>)" + kEnglish;
  CHECK(blocks_of(read_one("a.html", encoded(latin, "windows-1252"))) == std::vector<std::string>{kEnglish});
}

TEST_CASE("encoding: Markdown and JSON lines in other encodings") {
  CHECK(blocks_of(read_one("a.md", encoded("# 标题\n\n" + kChinese, "GB18030"))) == std::vector<std::string>{kChinese});
  const Article article = read_one("a.jsonl", encoded(R"({"text": ")" + kChinese + "\"}", "GB18030"));
  CHECK(article.text == kChinese);
  CHECK(article.bytes_of == BytesOf::field);
  CHECK(article.notices.at(0) == "converted from GB18030");
}

TEST_CASE("encoding: a few stray bytes are replaced") {
  const Article article = read_one("a.txt", kChinese + "\n" +
                                                "abc\xFF"
                                                "def " +
                                                kChinese);
  CHECK(contains(article.text,
                 "abc\uFFFD"
                 "def"));
  CHECK(article.bytes_of == BytesOf::text);
  CHECK(contains(article.notices.at(0), "not UTF-8 replaced by U+FFFD"));
}

TEST_CASE("encoding: binary files") {
  using namespace std::string_literals;
  CHECK(reason_for("a.txt", "%PDF-1.7\nxyz") == "binary file (PDF)");
  CHECK(reason_for("a.md", "\xFF\xD8\xFF\xE0zzzz") == "binary file (JPEG image)");
  CHECK(reason_for("a.html",
                   "\x7F"
                   "ELF\x02\x01\x01"s) == "binary file (ELF program)");
  CHECK(reason_for("a.txt", "abcdefghij\0klm\x01"s) == "binary file (NUL at byte 10)");
  CHECK(contains(reason_for("a.txt", "ab\x01\x02\x03\x04"), "control characters"));
  CHECK(contains(reason_for("a.txt", "\x81\x8D\x81\x8D\x8F\x90\x9D\x81"), "no other encoding fits"));
}
