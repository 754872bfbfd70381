#include "unit/reader/fixture.h"

using namespace nutgraf;
using namespace nutgraf::test;

namespace {

const std::string kLong =
    "The company said on Monday that the new plant near the harbour will make chips for cars and phones from May on.";
const std::string kOther =
    "Analysts had expected a later date, since the machines that the plant needs are delivered only after a long wait.";

}  // namespace

TEST_CASE("text: metadata lines, title, sections, footer") {
  const std::string text =
      "02/27 2025\n331\nSource | Harbour Ledger (HL)\nWhat the plant is for\n" + kLong + "\n01 The old order\n" +
      kOther + "\n" + kLong + "\n一、新的开始\n" + kOther +
      "\nThe pictures are the property of their respective copyright owners. Please contact us about corrections.\n";
  const Article article = read_one("a.txt", text);
  CHECK(article.title == "What the plant is for");
  CHECK_FALSE(article.title_derived);
  CHECK(article.source == "Harbour Ledger (HL)");
  CHECK(article.date.iso() == "2025-02-27");
  CHECK(article.date_source == DateSource::text);
  CHECK(article.bytes_of == BytesOf::file);
  CHECK(article.text == text);
  CHECK(blocks_of(article) ==
        std::vector<std::string>{kLong, "# 01 The old order", kOther, kLong, "# 一、新的开始", kOther});
}

TEST_CASE("text: the title is the first sentence where there is none") {
  CHECK(read_one("a.txt", kLong + "\n" + kOther).title ==
        "The company said on Monday that the new plant near the harbour will make chips for cars…");
  CHECK(read_one("a.txt", "Short news. " + kOther).title == "Short news");
  CHECK(read_one("a.txt", "Mr. Li of the U.S. Treasury left. " + kOther).title == "Mr. Li of the U.S. Treasury left");
  CHECK(read_one("a.txt", "公司周一表示，新工厂将于五月投产。分析师曾预期更晚。").title ==
        "公司周一表示，新工厂将于五月投产");
  CHECK(read_one("a.txt", kLong).title_derived);
  CHECK(read_one("a.txt", "NEW YORK, Jan 27 - Shares fell. " + kOther).title == "Shares fell");
}

TEST_CASE("text: lines that are titles") {
  for (const char* title : {"Chip maker opens plant", "Who pays for the plant?", "# Chip maker opens plant",
                            "Title: Chip maker opens plant"}) {
    CAPTURE(title);
    const Article article = read_one("a.txt", std::string(title) + "\n\n" + kLong);
    CHECK_FALSE(article.title_derived);
    CHECK(article.blocks.size() == 1);
  }
}

TEST_CASE("text: mastheads") {
  const Article article =
      read_one("a.txt", "Jul. 14, 2025\nBy Tomasz Brandt\nCircuit Weekly\n\nThe plant opens\n\n" + kLong);
  CHECK(article.title == "The plant opens");
  CHECK(article.source == "Circuit Weekly");
  CHECK(article.author == "Tomasz Brandt");
  CHECK(article.date.iso() == "2025-07-14");
  CHECK(blocks_of(article) == std::vector<std::string>{kLong});
}

TEST_CASE("text: lines that say who, where and when") {
  struct Case {
    const char *line, *source, *author, *date;
  };
  for (const Case& c :
       {Case{"Source: Delta Wire", "Delta Wire", "", ""}, Case{"来源：新潮财经", "新潮财经", "", ""},
        Case{"来源：新潮财经 2025-02-27 14:30", "新潮财经", "", "2025-02-27"},
        Case{"来源：新潮财经 | 汽车", "新潮财经", "", ""}, Case{"文 | 张三  编辑 | 李四", "", "张三", ""},
        Case{"作者：陆知夏", "", "陆知夏", ""},
        Case{"2025年2月27日 来源：新潮财经 作者：陆知夏", "新潮财经", "陆知夏", "2025-02-27"},
        Case{"By Jane Doe and John Roe", "", "Jane Doe and John Roe", ""},
        Case{"By Jane Doe | Feb. 27, 2025 | 5 min read", "", "Jane Doe", "2025-02-27"},
        Case{"Published: Thursday, February 27, 2025 at 2:30 pm ET", "", "", "2025-02-27"},
        Case{"Updated Feb 27, 2025", "", "", "2025-02-27"},
        Case{"发布时间：2025/02/27 阅读 1234", "", "", "2025-02-27"},
        Case{"Dec 18, 2025 | Jing'an Daily", "Jing'an Daily", "", "2025-12-18"},
        Case{"Jul 25, 2025 - HANGZHOU", "", "", "2025-07-25"}, Case{"Brief | Jing'an Daily", "Jing'an Daily", "", ""},
        Case{"Delta Wire | Markets", "Delta Wire", "", ""}, Case{"1,234 views", "", "", ""},
        Case{"April 2025", "", "", ""}}) {
    CAPTURE(c.line);
    const Article article = read_one("a.txt", "The plant opens\n" + std::string(c.line) + "\n\n" + kLong);
    CHECK(article.source == c.source);
    CHECK(article.author == c.author);
    CHECK(article.date.iso() == c.date);
    CHECK(blocks_of(article) == std::vector<std::string>{kLong});
  }
}

TEST_CASE("text: lines that are text, although they look like metadata") {
  for (const char* line :
       {"By Monday the plant had made its first thousand chips and sold most of them abroad.",
        "Source: the company's own figures show that nothing of the kind was planned.",
        "In 2025 the plant will make 331 kinds of chips.", "The date is February 27, 2025, and the plant opens."}) {
    CAPTURE(line);
    const Article article = read_one("a.txt", kLong + "\n" + line + "\n" + kOther);
    CHECK(article.blocks.size() == 3);
    CHECK(article.source.empty());
    CHECK(article.author.empty());
  }
}

TEST_CASE("text: datelines stay text and tell the date and the agency") {
  const Article article = read_one("a.txt", "BEIJING, Feb 27, 2025 (Delta Wire) - " + kLong);
  CHECK(article.date.iso() == "2025-02-27");
  CHECK(article.source == "Delta Wire");
  CHECK(article.blocks.at(0).text.begin == 0);
  const Article no_year = read_one("a.txt", "BEIJING, Feb 27 (Delta Wire) - " + kLong);
  CHECK_FALSE(no_year.date.known());
  CHECK(read_one("a.txt", "The plant opens\n\nHangzhou, 4 February 2025. " + kLong).date.iso() == "2025-02-04");
}

TEST_CASE("text: what stands behind the last paragraph is left out") {
  for (const char* line :
       {"(Editing by Jane Doe)", "Reporting by Jane Doe; Editing by John Roe", "责任编辑：李四", "（完）", "Reuter\x03",
        "© 2025 Harbour Ledger. All rights reserved.", "Copyright 2025 Harbour Ledger", "版权所有，未经授权不得转载。",
        "Read more: the harbour in numbers", "相关阅读：港口数字", "###"}) {
    CAPTURE(line);
    CHECK(blocks_of(read_one("a.txt", kLong + "\n" + kOther + "\n" + line + "\n")) ==
          std::vector<std::string>{kLong, kOther});
  }
}

TEST_CASE("text: rows of menu items at both ends are left out") {
  for (const char* line : {"Home | News | Business | Sport", "首页 | 新闻 | 财经 | 科技 | 访问网页版",
                           "About \u00B7 Contact \u00B7 Terms \u00B7 Privacy"}) {
    CAPTURE(line);
    CHECK(blocks_of(read_one("a.txt", "The plant opens\n\n" + std::string(line) + "\n\n" + kLong + "\n" + kOther)) ==
          std::vector<std::string>{kLong, kOther});
    CHECK(blocks_of(read_one("a.txt", "The plant opens\n\n" + kLong + "\n" + kOther + "\n" + line + "\n")) ==
          std::vector<std::string>{kLong, kOther});
    CHECK(blocks_of(read_one("a.txt", kLong + "\n" + line + "\n" + kOther)).size() == 3);
  }
  // A table is none, and neither are names and counts.
  CHECK(blocks_of(
            read_one("a.txt",
                     "The plant opens\n\nModel | Size | Maker | Licence\nQwen | large | Alibaba | Apache\n\n" + kLong))
            .size() == 3);
  CHECK(blocks_of(read_one("a.txt", "The plant opens\n\nHome 2 | Away 1 | Draw 3 | None 4\n\n" + kLong)).size() == 2);
}

TEST_CASE("text: an article on copyright stays") {
  const std::string last =
      "The judges held that the copyright owner may not forbid quotations, and that the case has to be heard again in "
      "spring.";
  CHECK(blocks_of(read_one("a.txt", kLong + "\n" + last)).size() == 2);
}

TEST_CASE("text: hard-wrapped wire copy") {
  const std::string text =
      "CHIP PLANT TO OPEN IN MAY\n\n    HARBOUR CITY, Feb 27, 1987 - The company said its new plant near\nthe harbour "
      "will open in May and make chips for cars and\nphones.\n"
      "    Analysts had expected a later date, since machines are\ndelivered only after a long wait, they said.\n    "
      "Shr 12 cts vs 15 cts\n DELTA\n\x03";
  const Article article = read_one("a.txt", text);
  CHECK(article.title == "CHIP PLANT TO OPEN IN MAY");
  const auto blocks = blocks_of(article);
  REQUIRE(blocks.size() >= 3);
  CHECK(contains(blocks[0], "plant near\nthe harbour"));
  CHECK(blocks[1].rfind("Analysts", 0) == 0);
  CHECK(blocks[2].rfind("Shr 12 cts", 0) == 0);
}

TEST_CASE("text: without wrapping, every line is a paragraph") {
  CHECK(read_one("a.txt", kLong + "\n" + kOther + "\r\n" + kLong + "\r" + kOther).blocks.size() == 4);
}

TEST_CASE("text: headings") {
  for (const char* heading : {"02 Joining in", "1. Who pays", "2.3 Costs", "IV. Did it work?", "（二）成本",
                              "第三章 结论", "## Costs", "WHO PAYS FOR IT", "What it costs", "Who pays?"}) {
    CAPTURE(heading);
    const Article article = read_one("a.txt", kLong + "\n\n" + heading + "\n\n" + kOther);
    REQUIRE(article.blocks.size() == 3);
    CHECK(article.blocks[1].kind == BlockKind::heading);
  }
}

TEST_CASE("text: short lines that are no headings") {
  for (const char* line : {"It doesn't lack money.", "and so on", "Costs, prices,", "That alone was odd."}) {
    CAPTURE(line);
    for (const Block& block : read_one("a.txt", kLong + "\n" + line + "\n" + kOther).blocks)
      CHECK(block.kind == BlockKind::paragraph);
  }
  // A list, and a last line.
  for (const Block& block : read_one("a.txt", kLong + "\n1. Apples\n2. Pears\n3. Plums").blocks)
    CHECK(block.kind == BlockKind::paragraph);
}

TEST_CASE("text: a repeated title is no paragraph, unless there is nothing else") {
  const std::string record = R"({"id": "1", "title": "Plant opens in May", "text": "PLANT OPENS IN MAY\n\n)" + kLong +
                             "\"}\n" + R"({"id": "2", "title": "Plant opens in May", "text": "Plant opens in May"})";
  const Folder folder;
  const Batch batch = read({folder.write("a.jsonl", record)});
  REQUIRE(batch.articles.size() == 2);
  CHECK(blocks_of(batch.articles[0]) == std::vector<std::string>{kLong});
  CHECK(blocks_of(batch.articles[1]) == std::vector<std::string>{"Plant opens in May"});
}

TEST_CASE("text: dates in names are the last resort") {
  const Folder folder;
  folder.write("2025/2025-02-27-plant.txt", kLong);
  folder.write("2025-02-26/plant.txt", kLong);
  folder.write("2025-02-25.txt", "Feb 1, 2025\n\n" + kLong);
  const Batch batch = read({folder.root()});
  REQUIRE(batch.articles.size() == 3);
  CHECK(batch.articles[0].date.iso() == "2025-02-01");
  CHECK(batch.articles[0].date_source == DateSource::text);
  CHECK(batch.articles[1].date.iso() == "2025-02-26");
  CHECK(batch.articles[2].date.iso() == "2025-02-27");
  CHECK(batch.articles[2].date_source == DateSource::file_name);
}

TEST_CASE("text: an ambiguous date is said to be one") {
  const Article article = read_one("a.txt", "02/03/2025\n\n" + kLong);
  CHECK(article.date.iso() == "2025-02-03");
  REQUIRE(article.notices.size() == 1);
  CHECK(article.notices[0] == "date \"02/03/2025\" read month first: 2025-02-03");
}

TEST_CASE("text: line numbers count in the file") {
  const std::string text = "\xEF\xBB\xBFThe plant opens\r\n\r\n" + kLong + "\r\n" + kOther;
  const Article article = read_one("a.txt", text);
  REQUIRE(article.blocks.size() == 2);
  const ByteRange second = origin_of(article, article.blocks[1].text);
  CHECK(text.substr(second.begin, second.size()) == kOther);
  CHECK(lines_of(article, second) == LineRange{4, 4});
  CHECK(lines_of(article, origin_of(article, article.blocks[0].text)) == LineRange{3, 3});
}

TEST_CASE("text: the head of a text pasted twice is no text there either") {
  const std::string foot = "\u00A9 2025 Harbour Ledger. All rights reserved.\n";
  const auto copy = [&](const std::string& count) {
    return "02/27 2025\n" + count + "\nSource | Harbour Ledger\nBy Jane Doe\n\nWhat the plant is for\n\n" + kLong +
           "\n\n01 The old order\n\n" + kOther + "\n\n" + foot;
  };
  const std::vector<std::string> once{kLong, "# 01 The old order", kOther};
  std::vector<std::string> twice = once;
  twice.insert(twice.end(), once.begin(), once.end());
  CHECK(blocks_of(read_one("a.txt", copy("331"))) == once);
  CHECK(blocks_of(read_one("a.txt", copy("331") + copy("331"))) == twice);
  CHECK(blocks_of(read_one("a.txt", copy("331") + "\n" + copy("347"))) == twice);
  // Only the title, and no head but that.
  CHECK(blocks_of(read_one("a.txt", "The plant opens\n\n" + kLong + "\n\nThe plant opens\n\n" + kLong)) ==
        std::vector<std::string>{kLong, kLong});
  // In a record, which has the title for itself.
  CHECK(blocks_of(read_one("a.jsonl", R"({"title": "The plant opens", "text": "The plant opens\n)" + kLong +
                                          R"(\nThe plant opens\nMarch 4, 2025\n)" + kLong + "\"}")) ==
        std::vector<std::string>{kLong, kLong});
  // Lines like the head's stay where the text does not begin again.
  CHECK(blocks_of(read_one("a.txt", "The plant opens\n\n" + kLong + "\n\nThe plant opens\n\n" + kOther)).size() == 3);
  CHECK(blocks_of(read_one("a.txt", "The plant opens\n\n" + kLong + "\n\nIt opens late.\n\n" + kLong)).size() == 3);
}

TEST_CASE("text: nothing to read") {
  CHECK(reason_for("a.txt", "") == "empty file");
  CHECK(reason_for("a.txt", " \n\t\n\xE3\x80\x80\n") == "no text: white space only");
  CHECK(reason_for("a.txt", "02/27 2025\n331\nSource | Harbour Ledger\n") == "no text");
  CHECK(reason_for("a.txt", "---\n***\n") == "no text");
}
