#include "unit/reader/fixture.h"

using namespace nutgraf;
using namespace nutgraf::test;

TEST_CASE("markdown: readable text, headings, and the way back") {
  const std::string source =
      "# The *plant* opens\n\nThe **company** said on [Monday](https://x.example/a_b) that `make all` works &amp; "
      "pays.\n\n## Costs\n\n- one item\n- two items\n\n> A quotation\n> of two lines.\n";
  const Article article = read_one("a.md", source);
  CHECK(article.title == "The plant opens");
  CHECK(blocks_of(article) == std::vector<std::string>{"The company said on Monday that make all works & pays.",
                                                       "# Costs", "one item", "two items",
                                                       "A quotation of two lines."});
  CHECK(article.bytes_of == BytesOf::source);
  CHECK(source_of(article, 0, source) ==
        "The **company** said on [Monday](https://x.example/a_b) that `make all` works &amp; pays.");
  CHECK(source_of(article, 1, source) == "Costs");
  CHECK(source_of(article, 2, source) == "one item");
  CHECK(source_of(article, 4, source) == "A quotation\n> of two lines.");
  CHECK(lines_of(article, origin_of(article, article.blocks[4].text)) == LineRange{10, 11});
}

TEST_CASE("markdown: tables, code, images, comments, shortcodes") {
  const std::string source =
      "| Model | Price |\n|---|---|\n| R1 | 2 |\n| V3 | |\n\n```sh\nls  -l\ncd x\n```\n\n![a diagram](x.png)\n\n<!-- "
      "hidden -->\n\n{{< callout >}}\nNote this.\n{{< /callout >}}\n\n<div class=\"x\">In <b>HTML</b> &mdash; "
      "yes</div>\n\nOne<br/>two.\n";
  CHECK(blocks_of(read_one("a.md", source)) == std::vector<std::string>{"Model | Price", "R1 | 2", "V3", "ls  -l\ncd x",
                                                                        "Note this.", "In HTML — yes", "One\ntwo."});
}

TEST_CASE("markdown: images whose address holds spaces and brackets") {
  const std::string source =
      "![Shares of the market](http://x.example/a/download (19)_2026.png) The shares fell.\n\n"
      "A ![b](https://x.example/my chart.png) and ![c](http://x.example/c.png \"a title\") here.\n\n"
      "![not closed](http://x.example/a b\n\nMore (much) text.\n";
  const Article article = read_one("a.md", source);
  CHECK(blocks_of(article) == std::vector<std::string>{"The shares fell.", "A and here.",
                                                       "![not closed](http://x.example/a b", "More (much) text."});
  const ByteRange fell{article.text.find("fell"), article.text.find("fell") + 4};
  CHECK(origin_of(article, fell).begin == source.find("fell"));
}

TEST_CASE("markdown: Chinese") {
  const std::string source =
      "一、突破 {#anchor}\n---\n\n**据平台数据，首次超越。**这一数据\n说明了问题。\n\n##没有空格\n\n内容在这里。\n";
  CHECK(blocks_of(read_one("a.md", source)) == std::vector<std::string>{"# 一、突破",
                                                                        "据平台数据，首次超越。这一数据说明了问题。",
                                                                        "# 没有空格", "内容在这里。"});
}

TEST_CASE("markdown: YAML front matter") {
  const std::string source =
      "---\nid: cw-1\ntitle: \"The plant: it opens\"\ndate: 2025-02-27\nsource: Circuit Weekly\nauthors:\n  - Jane "
      "Doe\n  - name: John Roe\nurl: https://x.example/a\nlang: zh-CN\ntags: [chips, cars]\ncategory: "
      "news\ndescription: nothing\n---\n\n# Another heading\n\nThe text is here.\n";
  const Article article = read_one("a.md", source);
  CHECK(article.id == "cw-1");
  CHECK_FALSE(article.id_from_path);
  CHECK(article.title == "The plant: it opens");
  CHECK(article.date.iso() == "2025-02-27");
  CHECK(article.date_source == DateSource::front_matter);
  CHECK(article.source == "Circuit Weekly");
  CHECK(article.author == "Jane Doe, John Roe");
  CHECK(article.url == "https://x.example/a");
  CHECK(article.language == "zh");
  CHECK(article.tags == std::vector<std::string>{"chips", "cars", "news"});
  CHECK(blocks_of(article) == std::vector<std::string>{"# Another heading", "The text is here."});
  CHECK(source_of(article, 1, source) == "The text is here.");
}

TEST_CASE("markdown: TOML front matter") {
  const std::string source =
      "+++\ntitle = \"The plant\"\ndate = 2025-02-27T10:00:00Z\npath = \"2024/01/02/plant\"\nauthors = [\"Jane "
      "Doe\"]\n[taxonomies]\ntags = [\"chips\"]\n+++\nThe text is here.\n";
  const Article article = read_one("a.md", source);
  CHECK(article.title == "The plant");
  CHECK(article.date.iso() == "2025-02-27");
  CHECK(article.author == "Jane Doe");
  CHECK(article.tags == std::vector<std::string>{"chips"});
  const Article by_path = read_one("a.md", "+++\npath = \"2024/01/02/plant\"\n+++\nThe text is here.\n");
  CHECK(by_path.date.iso() == "2024-01-02");
  CHECK(by_path.date_source == DateSource::url);
}

TEST_CASE("markdown: the url is the id where there is no id") {
  const Article article = read_one("a.md", "---\ncanonical: https://x.example/a\n---\nThe text is here.\n");
  CHECK(article.id == "https://x.example/a");
  CHECK_FALSE(article.id_from_path);
  CHECK(read_one("a.md", "---\nlink: /a\n---\nThe text is here.\n").id == "news/a.md");
}

TEST_CASE("markdown: broken front matter is read line by line") {
  for (const char* source : {"---\ntitle: \"The plant\ndate: 2025-02-27\n---\nThe text is here.\n",
                             "+++\ntitle = \"The plant\ndate = 2025-02-27\n+++\nThe text is here.\n",
                             "---\ntitle: The plant\n\tdate: [\ndate: 2025-02-27\n---\nThe text is here.\n"}) {
    CAPTURE(source);
    const Article article = read_one("a.md", source);
    CHECK(article.title == "The plant");
    CHECK(article.date.iso() == "2025-02-27");
    CHECK(blocks_of(article) == std::vector<std::string>{"The text is here."});
    REQUIRE_FALSE(article.notices.empty());
    CHECK(contains(article.notices[0], "front matter, line "));
  }
}

TEST_CASE("markdown: a front matter that never ends is text") {
  const Article article = read_one("a.md", "---\n\nThe text is here.\n");
  CHECK(blocks_of(article) == std::vector<std::string>{"The text is here."});
}

TEST_CASE("markdown: metadata lines in the text") {
  const Article article = read_one(
      "a.md",
      "# The plant opens\n\n*2025-02-27 | Circuit Weekly*\n\nBy Jane Doe\n\nThe text is here, said the reader.\n");
  CHECK(article.date.iso() == "2025-02-27");
  CHECK(article.source == "Circuit Weekly");
  CHECK(article.author == "Jane Doe");
  CHECK(article.blocks.size() == 1);
}

TEST_CASE("markdown: a section of links at the end is no text") {
  const std::string text = "The company said on Monday that its plant will open in May, and that it will make chips.\n";
  const std::string url = "](https://x.example/a)";
  const std::vector<std::string> blocks = blocks_of(read_one("a.md", "# The plant\n\n" + text));
  for (const std::string& section :
       {"1. [Delta Wire. The plant opens. 2025-02-27." + url + "\n\n2. [Harbour Ledger. Chips." + url + "\n",
        "| **Podcast** | Video |\n| --- | --- |\n| [The tavern" + url + " | [Our account" + url +
            " |\n| ![logo](a.png) | ![logo](b.png) |\n",
        "See also:\n\n- [The harbour" + url + "\n- [The sea" + url + "\n"}) {
    CAPTURE(section);
    CHECK(blocks_of(read_one("a.md", "# The plant\n\n" + text + "\n## Sources\n\n" + section)) == blocks);
  }
  // Also behind blocks that HTML tags end.
  const auto tagged = read_one("a.md", "# The plant\n\n<div>Of the harbour.</div><p>It hums.</p>\n\n" + text +
                                           "\n## Sources\n\n- [The harbour" + url + "\n");
  CHECK(tagged.blocks.size() == blocks.size() + 2);
  // Not where links stand among words, nor where there is little else.
  const std::string cites = "- The [plant" + url + " opens in May, said the [paper" + url + " of the harbour.\n";
  CHECK(blocks_of(read_one("a.md", "# The plant\n\n" + text + "\n## Sources\n\n" + cites)).size() == 3);
  CHECK(blocks_of(read_one("a.md", "# Links\n\nFor May.\n\n## Chips\n\n- [The first chip" + url + "\n")).size() == 3);
  CHECK(blocks_of(read_one("a.md", "# The plant\n\n" + text + "\n[The whole story" + url + "\n")).size() == 2);
}

TEST_CASE("markdown: nothing to read") {
  CHECK(reason_for("a.md", "---\ntitle: x\n---\n") == "no text");
  CHECK(reason_for("a.md", "![only](picture.png)\n") == "no text");
}
