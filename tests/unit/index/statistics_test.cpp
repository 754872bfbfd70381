// The statistics file: kept by small batches as large ones make it, and done without where it is not there.
#include "index/statistics.h"

#include <doctest/doctest.h>

#include "index/terms.h"
#include "unit/index/support.h"

using namespace nutgraf;
using namespace nutgraf::test;
namespace fs = std::filesystem;

namespace {

bool is_known(const fs::path& path) {
  LiveIndex live(path);
  return live.shards().front().statistics().known();
}

void check_counts(const fs::path& path) {
  LiveIndex live(path);
  live.read([](LiveIndex& view) {
    REQUIRE(view.shards().front().statistics().known());
    const Statistics kept = view.shards().front().statistics().read();
    CHECK(kept.surfaces == count_surfaces(view.database(), view.signatures()));
    CHECK(kept.surfaces.totals().articles == static_cast<std::int64_t>(view.manifest().articles));
    CHECK_FALSE(kept.terms.empty());
    std::size_t terms = 0;
    const std::string prefix(kBodyPrefix);
    for (auto term = view.database().allterms_begin(prefix); term != view.database().allterms_end(prefix); ++term) {
      const auto articles = view.shards().front().statistics().articles_of(*term);
      terms += articles ? 1 : 0;
      if (articles) CHECK(*articles == count_articles(view.database(), view.signatures(), *term));
    }
    CHECK(terms == kept.terms.size());
    return 0;
  });
  CHECK(check_index(path).empty());
}

}  // namespace

TEST_CASE("statistics: small batches come to the numbers of counting anew") {
  GrownIndex index;
  check_counts(index.path);
  index.change();
  check_counts(index.path);
}

TEST_CASE("statistics: an index that is written at once is counted on the way") {
  const TempFolder folder;
  std::string lines;
  // Articles of several passages; some come again when their slice is with a worker.
  for (unsigned i = 0; i < 60; ++i) {
    lines += R"({"id":"n)" + std::to_string(i % 50) + R"(","title":"T","text":")" + prose(100 + 20 * i, i) + "\"}\n";
  }
  folder.write("news/a.jsonl", lines);
  const auto result = index_folder(folder / "index", folder / "news", large_path(50));
  REQUIRE(result.report.rebuilt);
  check_counts(folder / "index");
}

TEST_CASE("statistics: a file that is missing, damaged or of another batch is done without, and made anew") {
  GrownIndex index;
  const std::string content = read_file(index.files().statistics());
  const auto leave = [&](std::string_view bytes) {
    write_file(index.files().statistics(), bytes);
    CHECK_FALSE(is_known(index.path));
    REQUIRE(check_index(index.path).size() == 1);
    CHECK(check_index(index.path)[0].find("the statistics are missing") == 0);
  };
  leave("");
  leave(std::string_view(content).substr(0, 50));
  leave(std::string_view(content).substr(0, content.size() - 1));
  for (const std::size_t at : {0UL, 8UL, 30UL, 60UL, 500UL, content.size() - 1}) leave(with_damage(content, at));
  index.change();
  check_counts(index.path);

  leave(content);  // of the first batch
  index.write(50, 50);
  fs::remove(index.files().statistics());
  CHECK_FALSE(is_known(index.path));
  CHECK(check_index(index.path).empty());  // so small a collection needs none
}

TEST_CASE("statistics: the file of a batch that was not committed is done without, and no damage") {
  GrownIndex index;
  write_statistics(index.files().statistics(), 2, Statistics());
  CHECK_FALSE(is_known(index.path));
  CHECK(check_index(index.path).empty());
  index.change();
  check_counts(index.path);
}

TEST_CASE("statistics: counts that are wrong are found") {
  GrownIndex index;
  Statistics statistics = StatisticsFile(index.files().statistics(), 1).read();
  ++statistics.terms.back().articles;
  write_statistics(index.files().statistics(), 1, statistics);
  REQUIRE(check_index(index.path).size() == 1);
  CHECK(check_index(index.path)[0] == "the statistics are not those of the stored articles");
}

TEST_CASE("statistics: a small collection has no file") {
  const TempFolder folder;
  folder.write("news/a.txt", "Title\n\n" + prose(400, 1));
  index_folder(folder / "index", folder / "news");
  CHECK_FALSE(fs::exists(generation_paths(folder / "index", 1).statistics()));
  CHECK(check_index(folder / "index").empty());
}
