#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>

#include "index/file_io.h"
#include "nutgraf/error.h"
#include "nutgraf/index.h"
#include "unit/index/support.h"

using namespace nutgraf;
using namespace nutgraf::test;
namespace fs = std::filesystem;

namespace {

std::vector<std::string> sound(const fs::path& index) { return check_index(index); }

const std::vector<std::string> kSound;

void write_articles(const TempFolder& folder, std::size_t count, std::size_t words = 300) {
  for (std::size_t i = 0; i < count; ++i) {
    folder.write("news/a" + std::to_string(100 + i) + ".txt",
                 "Title number " + std::to_string(i) + "\n\n" + prose(words, static_cast<unsigned>(i)));
  }
}

}  // namespace

TEST_CASE("batch: add, unchanged, update") {
  const TempFolder folder;
  const auto index = folder / "index";
  write_articles(folder, 3);
  CHECK(index_folder(index, folder / "news").statuses() == "a100.txt:added a101.txt:added a102.txt:added");
  CHECK(sound(index) == kSound);
  const auto before = index_info(index);
  CHECK(before.articles == 3);
  CHECK(before.sequence == 3);

  CHECK(index_folder(index, folder / "news").statuses() == "a100.txt:unchanged a101.txt:unchanged a102.txt:unchanged");
  CHECK(index_info(index).batches == before.batches);  // nothing to write, nothing written

  folder.write("news/a101.txt", "Another title\n\n" + prose(90, 77));
  folder.write("news/a103.txt", "New\n\n" + prose(50, 5));
  CHECK(index_folder(index, folder / "news").statuses() ==
        "a100.txt:unchanged a101.txt:updated a102.txt:unchanged a103.txt:added");
  CHECK(sound(index) == kSound);
  CHECK(index_info(index).articles == 4);
  CHECK(index_info(index).sequence == 5);
  CHECK(find_article(index, "news/a101.txt")->passages.size() == 1);
  CHECK(find_article(index, "news/a101.txt")->article.title == "Another title");
}

TEST_CASE("batch: articles stand in the order of arrival, and an update knows when the first version came") {
  const TempFolder folder;
  const auto index = folder / "index";
  write_articles(folder, 4);
  index_folder(index, folder / "news");
  using Numbers = std::vector<std::uint64_t>;
  const auto sequences = [&](const char* id) {
    const ArticleRecord article = find_article(index, id)->article;
    return Numbers{article.sequence, article.first_sequence, article.changed_sequence};
  };
  CHECK(sequences("news/a101.txt") == Numbers{2, 2, 2});
  folder.write("news/a101.txt", "Second version\n\n" + prose(90, 7));
  index_folder(index, folder / "news");
  CHECK(sequences("news/a101.txt") == Numbers{5, 2, 5});
  folder.write("news/a101.txt", "Third version\n\n" + prose(90, 8));
  folder.write("news/b.txt", "New\n\n" + prose(300, 9));
  index_folder(index, folder / "news", large_path());
  CHECK(sequences("news/a101.txt") == Numbers{6, 2, 6});
  CHECK(sequences("news/b.txt") == Numbers{7, 7, 7});
  CHECK(sound(index) == kSound);  // check compares the order
  // The same text from another place in the file is a version, but nothing that a reader would call a change.
  folder.write("news/b.txt", "New\n\n\n\n" + prose(300, 9));
  index_folder(index, folder / "news");
  CHECK(sequences("news/b.txt") == Numbers{8, 7, 7});
  remove_articles(index, {"news/a101.txt"});
  index_folder(index, folder / "news");
  CHECK(sequences("news/a101.txt") == Numbers{9, 9, 9});
  CHECK(sound(index) == kSound);
}

TEST_CASE("batch: an article may shrink and grow, and its old passages are gone") {
  const TempFolder folder;
  const auto index = folder / "index";
  for (const std::size_t words : {900U, 50U, 500U}) {
    CAPTURE(words);
    folder.write("news/a.txt", "Title\n\n" + prose(words, 1));
    index_folder(index, folder / "news");
    CHECK(sound(index) == kSound);
    CHECK(index_info(index).passages == find_article(index, "news/a.txt")->passages.size());
  }
}

TEST_CASE("batch: small and large path make the same index") {
  const TempFolder folder;
  write_articles(folder, 25, 500);
  folder.write(
      "news/zh.txt",
      "腾讯控股Tencent发布混元\n\n腾讯元宝接入DeepSeek-R1模型。字节跳动的豆包也在更新，日活跃用户达到3000万。");
  const auto small = folder / "small", large = folder / "large";
  CHECK_FALSE(index_folder(small, folder / "news").report.rebuilt);
  const auto built = index_folder(large, folder / "news", large_path());
  CHECK(built.report.rebuilt);
  CHECK(built.report.added == 26);
  CHECK(sound(small) == kSound);
  CHECK(sound(large) == kSound);
  CHECK(dump(small) == dump(large));
  CHECK(index_info(small).text_bytes == index_info(large).text_bytes);
  CHECK(index_info(small).tokens == index_info(large).tokens);
  CHECK(index_info(small).terms == index_info(large).terms);
}

TEST_CASE("batch: a new index takes the large path as soon as the batch promises to be large") {
  const TempFolder folder;
  write_articles(folder, 8);
  folder.write("news/z.txt", std::string(100'000, '\x01'));  // no text, but that is known only when it is read
  const auto passages = index_folder(folder / "counted", folder / "news").report.passages;
  const auto limit = large_path(passages + 1);  // which the batch does not reach
  const auto built = index_folder(folder / "new", folder / "news", limit);
  CHECK(built.report.rebuilt);
  CHECK(built.report.added == 8);
  CHECK(sound(folder / "new") == kSound);
  CHECK(dump(folder / "new") == dump(folder / "counted"));

  // What is there is not rebuilt for a promise.
  folder.write("old/one.txt", prose(100, 77));
  index_folder(folder / "grown", folder / "old");
  CHECK_FALSE(index_folder(folder / "grown", folder / "news", limit).report.rebuilt);
}

TEST_CASE("batch: the large path builds on what is there") {
  const TempFolder folder;
  const auto grown = folder / "grown", fresh = folder / "fresh";
  write_articles(folder, 8);
  index_folder(grown, folder / "news");
  // The first, one in the middle and the last are replaced: docids at both ends fall out of use.
  for (const char* name : {"news/a100.txt", "news/a104.txt", "news/a107.txt"})
    folder.write(name, "Newer\n\n" + prose(400, 99));
  for (int i = 0; i < 9; ++i)
    folder.write("news/b" + std::to_string(i) + ".txt", "Second batch\n\n" + prose(300, static_cast<unsigned>(50 + i)));
  const auto result = index_folder(grown, folder / "news", large_path());
  CHECK(result.report.rebuilt);
  CHECK(result.report.updated == 3);
  CHECK(result.report.unchanged == 5);
  CHECK(sound(grown) == kSound);
  index_folder(fresh, folder / "news");
  CHECK(dump(grown) == dump(fresh));
  CHECK(index_info(grown).articles == 17);
  CHECK(index_info(grown).generation == 2);
  CHECK_FALSE(fs::exists(grown / "gen-0001"));

  SUBCASE("and small batches go on after it") {
    folder.write("news/a100.txt", "Newest\n\n" + prose(60, 3));
    folder.write("news/c.txt", "Third batch\n\n" + prose(200, 7));
    index_folder(grown, folder / "news");
    CHECK(sound(grown) == kSound);
    CHECK(index_info(grown).articles == 18);
    CHECK(index_info(grown).generation == 2);
  }
  SUBCASE("also when everything in it was replaced") {
    for (const auto& entry : fs::directory_iterator(folder / "news")) {
      std::ofstream(entry.path()) << "Replaced\n\n" << prose(150, static_cast<unsigned>(entry.path().string().size()));
    }
    CHECK(index_folder(grown, folder / "news", large_path()).report.updated == 17);
    CHECK(sound(grown) == kSound);
    CHECK(index_info(grown).articles == 17);
  }
}

TEST_CASE("batch: the same id twice, the last one wins") {
  const TempFolder folder;
  std::string lines;
  const auto add = [&](const char* id, int i) {
    lines += std::string(R"({"id":")") + id + std::to_string(i) + R"(","title":"T","text":")" +
             prose(200, static_cast<unsigned>(lines.size())) + "\"}\n";
  };
  for (int i = 0; i < 6; ++i) {
    for (const char* id : {"x", "y", "x"}) add(id, i);
  }
  for (int i = 0; i < 6; ++i) add("y", i);  // of slices that are long gone to a build, wherever in them they stand
  folder.write("news/batch.jsonl", lines);
  const auto small = folder / "small", large = folder / "large";
  for (const auto& [index, options] : {std::pair{small, BatchOptions{}}, std::pair{large, large_path(7)}}) {
    const auto result = index_folder(index, folder / "news", options);
    CHECK(result.report.added == 12);
    CHECK(result.report.duplicate == 12);
    CHECK(result.documents[0].status == DocumentStatus::duplicate);
    CHECK(result.documents[0].reason.find("record 3") != std::string::npos);
    CHECK(result.documents[2].status == DocumentStatus::added);
    CHECK(sound(index) == kSound);
    CHECK(index_info(index).articles == 12);
    CHECK(find_article(index, "x0")->article.record == 3);
  }
  CHECK(dump(small) == dump(large));

  SUBCASE("also when the index has it already") {
    const std::string newer = R"({"id":"x0","title":"T","text":"first try"})"
                              "\n"
                              R"({"id":"x0","title":"T","text":"second try"})"
                              "\n";
    folder.write("news/batch.jsonl", newer);
    for (const auto& [index, options] : {std::pair{small, BatchOptions{}}, std::pair{large, large_path(1)}}) {
      const auto result = index_folder(index, folder / "news", options);
      CHECK(result.statuses() == "x0:duplicate x0:updated");
      CHECK(find_article(index, "x0")->passages.at(0).text == "second try");
      CHECK(index_info(index).articles == 12);
      CHECK(sound(index) == kSound);
    }
  }
}

TEST_CASE("batch: the same path from another folder is rejected, not replaced") {
  const TempFolder folder;
  const auto index = folder / "index";
  folder.write("one/news/a.txt", "First\n\nThe first article of this name.");
  folder.write("two/news/a.txt", "Second\n\nThe second article of this name.");
  index_folder(index, folder / "one/news");
  const auto result = index_folder(index, folder / "two/news");
  CHECK(result.statuses() == "a.txt:rejected");
  CHECK(result.documents[0].reason.find("--prefix") != std::string::npos);
  CHECK(find_article(index, "news/a.txt")->article.title == "First");
  ReadOptions read;
  read.prefix = "two";
  CHECK(index_folder(index, folder / "two/news", {}, read).statuses() == "a.txt:added");
  CHECK(find_article(index, "two/a.txt")->article.title == "Second");
}

TEST_CASE("batch: the same path below two folders of one run is rejected as well") {
  const TempFolder folder;
  const auto index = folder / "index";
  folder.write("one/news/a.txt", "First\n\nThe first article of this name.");
  folder.write("two/news/a.txt", "Second\n\nThe second article of this name.");
  ArticleReader reader({folder / "one/news", folder / "two/news"}, {});
  const BatchReport report = index_batch(index, reader, {});
  CHECK(report.added == 1);
  CHECK(report.rejected == 1);
  CHECK(report.duplicate == 0);
  CHECK(find_article(index, "news/a.txt")->article.title == "First");
}

TEST_CASE("batch: prune removes what is gone, and only below the folders given") {
  const TempFolder folder;
  const auto index = folder / "index";
  write_articles(folder, 3);
  folder.write("other/b.txt", "Other\n\nAn article of another folder.");
  index_folder(index, folder / "news");
  index_folder(index, folder / "other");
  fs::remove(folder / "news/a101.txt");
  fs::remove(folder / "other/b.txt");
  BatchOptions prune;
  prune.prune = true;
  CHECK(index_folder(index, folder / "news").report.removed == 0);  // not without being asked
  CHECK(index_folder(index, folder / "news", prune).statuses() ==
        "a100.txt:unchanged a102.txt:unchanged a101.txt:removed");
  CHECK(index_info(index).articles == 3);
  CHECK(find_article(index, "other/b.txt"));
  CHECK(sound(index) == kSound);
}

TEST_CASE("batch: prune keeps what cannot be read just now") {
  const TempFolder folder;
  const auto index = folder / "index";
  folder.write("news/a.jsonl", R"({"id":"1","text":"One text."})"
                               "\n"
                               R"({"id":"2","text":"Two texts."})"
                               "\n");
  index_folder(index, folder / "news");
  folder.write("news/a.jsonl", R"({"id":"1","text":"One text."})"
                               "\n"
                               "{broken\n");
  BatchOptions prune;
  prune.prune = true;
  CHECK(index_folder(index, folder / "news", prune).report.removed == 0);
  CHECK(find_article(index, "2"));
}

TEST_CASE("batch: prune keeps what is in an archive that cannot be read just now") {
  const TempFolder folder;
  const auto index = folder / "index";
  folder.write("in/a.txt", "The first member has a text.");
  folder.write("in/b.txt", "The second member has one, too.");
  fs::create_directories(folder / "news");
  const std::string archive = (folder / "news/batch.tar.gz").string();
  REQUIRE(std::system(("tar -czf '" + archive + "' -C '" + (folder / "in").string() + "' a.txt b.txt").c_str()) == 0);
  CHECK(index_folder(index, folder / "news").report.added == 2);
  fs::resize_file(archive, 30);
  BatchOptions prune;
  prune.prune = true;
  CHECK(index_folder(index, folder / "news", prune).report.removed == 0);
  CHECK(index_info(index).articles == 2);
  fs::remove(archive);
  CHECK(index_folder(index, folder / "news", prune).report.removed == 2);
}

TEST_CASE("batch: a dry run says the same and writes nothing") {
  const TempFolder folder;
  const auto index = folder / "index";
  write_articles(folder, 2);
  BatchOptions dry;
  dry.dry_run = true;
  CHECK(index_folder(index, folder / "news", dry).statuses() == "a100.txt:added a101.txt:added");
  CHECK_FALSE(fs::exists(index));
  index_folder(index, folder / "news");
  folder.write("news/a101.txt", "Changed\n\nWith another text.");
  CHECK(index_folder(index, folder / "news", dry).statuses() == "a100.txt:unchanged a101.txt:updated");
  CHECK(find_article(index, "news/a101.txt")->article.title == "Title number 1");
}

TEST_CASE("batch: removing articles by id") {
  const TempFolder folder;
  const auto index = folder / "index";
  write_articles(folder, 4);
  index_folder(index, folder / "news");
  CHECK(remove_articles(index, {"news/a100.txt", "news/a103.txt", "news/nowhere.txt", "news/a100.txt"}) ==
        std::vector<std::string>{"news/nowhere.txt"});
  CHECK(index_info(index).articles == 2);
  CHECK_FALSE(find_article(index, "news/a100.txt"));
  CHECK(sound(index) == kSound);
  CHECK_THROWS_AS(remove_articles(folder / "nowhere", {"x"}), Error);
  CHECK_FALSE(fs::exists(folder / "nowhere"));
  remove_articles(index, {"news/a101.txt", "news/a102.txt"});
  CHECK(index_info(index).passages == 0);
  CHECK(sound(index) == kSound);
  CHECK(index_folder(index, folder / "news").report.added == 4);
  CHECK(sound(index) == kSound);
}

TEST_CASE("batch: a second writer is refused and a reader is not disturbed") {
  const TempFolder folder;
  const auto index = folder / "index";
  write_articles(folder, 3);
  index_folder(index, folder / "news");
  const WriterLock other(index);
  try {
    index_folder(index, folder / "news");
    FAIL("two writers");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::locked);
  }
  CHECK(index_info(index).articles == 3);
}

TEST_CASE("batch: a view that is open sees the batches that come, small and large") {
  const TempFolder folder;
  const auto index = folder / "index";
  write_articles(folder, 3);
  index_folder(index, folder / "news");
  LiveIndex live(index);
  for (int round = 0; round < 6; ++round) {
    folder.write("news/r" + std::to_string(round) + ".txt", "Round\n\n" + prose(300, static_cast<unsigned>(round)));
    index_folder(index, folder / "news", round % 2 == 0 ? BatchOptions{} : large_path(1));
    const auto articles = live.read([](LiveIndex& view) { return view.articles().size(); });
    CHECK(articles == static_cast<std::size_t>(4 + round));
    CHECK(live.read([](LiveIndex& view) { return view.signatures().last_docid() >= view.database().get_doccount(); }));
  }
}

TEST_CASE("batch: a request that is overtaken by writers is done again, whole") {
  const TempFolder folder;
  const auto index = folder / "index";
  write_articles(folder, 30);
  index_folder(index, folder / "news");
  LiveIndex live(index);
  int attempts = 0;
  const auto texts = live.read([&](LiveIndex& view) {
    ++attempts;
    const auto firsts = view.articles();
    if (attempts == 1) {
      for (int round = 0; round < 3; ++round) {
        for (int i = 0; i < 30; ++i) {
          folder.write("news/a" + std::to_string(100 + i) + ".txt",
                       "Round\n\n" + prose(300, static_cast<unsigned>(round * 100 + i)));
        }
        index_folder(index, folder / "news");
      }
    }
    std::vector<std::string> titles;
    for (const auto first : firsts) titles.push_back(view.article(first).title);
    return titles;
  });
  CHECK(attempts == 2);
  CHECK(texts == std::vector<std::string>(30, "Round"));
}
