// The statistics file: kept by small batches as large ones make it, and done without where it is not there.
#include "index/statistics.h"

#include <doctest/doctest.h>

#include <fstream>

#include "index/terms.h"
#include "unit/index/support.h"

using namespace nutgraf;
using namespace nutgraf::test;
namespace fs = std::filesystem;

namespace {

// Articles 0..29 by the large path; then some are replaced, some removed, and others come.
class GrownIndex {
 public:
  GrownIndex() {
    for (unsigned i = 0; i < 30; ++i) write(i, i);
    index_folder(path, folder_ / "news", large_path());
  }

  void write(unsigned number, unsigned seed) {
    folder_.write("news/" + std::to_string(number) + ".txt",
                  "Title of " + std::to_string(seed) + "\n\n" + prose(400, seed));
  }

  void change() {
    for (const unsigned number : {3U, 11U, 29U}) write(number, number + 100);
    for (unsigned number = 40; number < 45; ++number) write(number, number);
    index_folder(path, folder_ / "news");
    remove_articles(path, {"news/7.txt", "news/12.txt"});
  }

  [[nodiscard]] fs::path file() const { return generation_paths(path, *live_generation(path)).statistics(); }
  [[nodiscard]] bool known() const {
    LiveIndex live(path);
    return live.shards().front().statistics().known();
  }

 private:
  TempFolder folder_;

 public:
  fs::path path = folder_ / "index";
};

void check_counts(const fs::path& path) {
  LiveIndex live(path);
  live.read([](LiveIndex& view) {
    REQUIRE(view.shards().front().statistics().known());
    const Statistics kept = view.shards().front().statistics().read();
    const Statistics counted = count_statistics(view.database(), view.signatures());
    CHECK(kept.surfaces == counted.surfaces);
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

TEST_CASE("statistics: a file that is missing, damaged or of another batch is done without, and made anew") {
  GrownIndex index;
  std::string content;
  {
    std::ifstream in(index.file(), std::ios::binary);
    content.assign(std::istreambuf_iterator<char>(in), {});
  }
  const auto leave = [&](std::string_view bytes) {
    std::ofstream(index.file(), std::ios::binary) << bytes;
    CHECK_FALSE(index.known());
    REQUIRE(check_index(index.path).size() == 1);
    CHECK(check_index(index.path)[0].find("the statistics are missing") == 0);
  };
  leave("");
  leave(std::string_view(content).substr(0, 50));
  leave(std::string_view(content).substr(0, content.size() - 1));
  for (const std::size_t at : {0UL, 8UL, 30UL, 60UL, 500UL, content.size() - 1}) {
    std::string damaged = content;
    damaged[at] = static_cast<char>(damaged[at] ^ 1);
    leave(damaged);
  }
  index.change();
  check_counts(index.path);

  leave(content);  // of the first batch
  index.write(50, 50);
  fs::remove(index.file());
  CHECK_FALSE(index.known());
  CHECK(check_index(index.path).empty());  // so small a collection needs none
}

TEST_CASE("statistics: the file of a batch that was not committed is done without, and no damage") {
  GrownIndex index;
  write_statistics(index.file(), 2, Statistics());
  CHECK_FALSE(index.known());
  CHECK(check_index(index.path).empty());
  index.change();
  check_counts(index.path);
}

TEST_CASE("statistics: counts that are wrong are found") {
  GrownIndex index;
  Statistics statistics = StatisticsFile(index.file(), 1).read();
  ++statistics.terms.back().articles;
  write_statistics(index.file(), 1, statistics);
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
