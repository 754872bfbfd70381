#include <doctest/doctest.h>

#include "index/terms.h"
#include "nutgraf/error.h"
#include "unit/index/support.h"

using namespace nutgraf;
using namespace nutgraf::test;

TEST_CASE("lookup: an article, one of its passages, and what is not there") {
  const TempFolder folder;
  const auto index = folder / "index";
  folder.write("news/a#2.txt", "Title\n\n" + prose(600, 1));
  index_folder(index, folder / "news");
  const auto article = find_article(index, "news/a#2.txt");
  REQUIRE(article);
  REQUIRE(article->passages.size() > 2);
  CHECK(article->passages[1].id == "news/a#2.txt#2");
  const auto passage = find_article(index, "news/a#2.txt#2");
  REQUIRE(passage);
  REQUIRE(passage->passages.size() == 1);
  CHECK(passage->passages[0].text == article->passages[1].text);
  for (const char* id : {"news/a", "news/a#2.txt#0", "news/a#2.txt#99", "news/a#2.txt#x", "news/a#2.txt#", "#1", ""}) {
    CAPTURE(id);
    CHECK_FALSE(find_article(index, id));
  }
  CHECK(similar_ids(index, "a#2.txt", 3) == std::vector<std::string>{"news/a#2.txt"});
}

TEST_CASE("lookup: ids that are too long for a term are still told apart") {
  const std::string base(400, 'x');
  CHECK(article_term(base + "a") != article_term(base + "b"));
  CHECK(article_term(base).size() <= kMaxTermBytes);
  const TempFolder folder;
  const auto index = folder / "index";
  folder.write("b.jsonl", R"({"id":")" + base + R"(a","text":"One."})" + "\n" + R"({"id":")" + base +
                              R"(b","text":"Two."})" + "\n");
  index_folder(index, folder / "b.jsonl");
  CHECK(find_article(index, base + "a")->passages.at(0).text == "One.");
  CHECK(find_article(index, base + "b")->passages.at(0).text == "Two.");
  CHECK(check_index(index).empty());
}

TEST_CASE("info: counts what is there") {
  const TempFolder folder;
  const auto index = folder / "index";
  folder.write("b.jsonl", R"({"id":"1","text":"DeepSeek trains models.","date":"2025-01-20","lang":"en"})"
                          "\n"
                          R"({"id":"2","text":"腾讯元宝接入。","date":"2024-12-31","lang":"zh"})"
                          "\n"
                          R"({"id":"3","text":"No date, models.","lang":"en"})"
                          "\n");
  index_folder(index, folder / "b.jsonl");
  const IndexInfo info = index_info(index);
  CHECK(info.articles == 3);
  CHECK(info.passages == 3);
  CHECK(info.tokens == 3 + 6 + 3);
  CHECK(info.languages == std::map<std::string, std::size_t>{{"en", 2}, {"zh", 1}});
  CHECK(info.first.iso() == "2024-12-31");
  CHECK(info.last.iso() == "2025-01-20");
  CHECK(info.text_bytes == 23 + 21 + 16);
  CHECK(info.bytes > info.text_bytes);
}

TEST_CASE("terms: a source is folded") {
  const Analyzer analyzer;
  CHECK(fold("Bohu Finance (bohuFN)", analyzer) == "bohu finance bohufn");
  CHECK(source_term("ＢＢＣ", analyzer) == source_term("bbc", analyzer));
  CHECK(source_term("…", analyzer).empty());
}
