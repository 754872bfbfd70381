// A file of misspelt words against an index of real news, where both are at hand: $NUTGRAF_DATA, or ../shared/data.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <fstream>

#include "nutgraf/index.h"
#include "nutgraf/spelling.h"
#include "support/temp_folder.h"

using namespace nutgraf;
using nutgraf::test::TempFolder;
namespace fs = std::filesystem;

namespace {

fs::path data(const char* name) {
  const char* given = std::getenv("NUTGRAF_DATA");
  const fs::path top = given != nullptr ? fs::path(given) : fs::path(NUTGRAF_SOURCE_DIR) / ".." / "shared" / "data";
  const fs::path path = top / name;
  if (!fs::exists(path)) {
    MESSAGE("skipped: no " << path.string() << " (set NUTGRAF_DATA)");
    return {};
  }
  return fs::canonical(path);
}

struct Score {
  int rows = 0;
  int right = 0;

  [[nodiscard]] double percent() const { return rows == 0 ? 0 : 100.0 * right / rows; }
};

}  // namespace

TEST_CASE("spelling: misspelt words against Reuters and the Rust blog") {
  const fs::path rows_file = data("misc/symspell_noisy_query_en_1000.txt");
  const fs::path reuters = data("articles/reuters21578.jsonl"), blog = data("articles/rust_blog");
  if (rows_file.empty() || reuters.empty() || blog.empty()) return;
  const TempFolder folder;
  ArticleReader reader({reuters, blog}, {});
  (void)index_batch(folder / "index", reader, {});

  const Speller speller(folder / "index");
  std::array<std::array<Score, 3>, 2> scores;  // by half (the weights were fitted to 0) and distance
  std::vector<double> milliseconds;
  std::ifstream rows(rows_file);
  std::string typed, meant;
  std::size_t distance = 0;
  for (std::size_t row = 1; rows >> typed >> meant >> distance; ++row) {
    if (distance < 1 || distance > 2 || !speller.knows(meant) || speller.knows(typed)) continue;
    const auto start = std::chrono::steady_clock::now();
    const auto best = speller.corrections(typed, 1);
    milliseconds.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
    Score& score = scores[row % 2][distance];
    ++score.rows;
    score.right += !best.empty() && best[0].word == meant ? 1 : 0;
  }
  std::sort(milliseconds.begin(), milliseconds.end());
  REQUIRE(milliseconds.size() > 300);
  MESSAGE("right at rank 1, fitted and other half: distance 1 "
          << scores[0][1].percent() << " and " << scores[1][1].percent() << " %, distance 2 " << scores[0][2].percent()
          << " and " << scores[1][2].percent() << " %; time p50 " << milliseconds[milliseconds.size() / 2]
          << " ms, p99 " << milliseconds[milliseconds.size() * 99 / 100] << " ms");
  for (const auto& half : scores) {
    CHECK(half[1].percent() >= 80);
    CHECK(half[2].percent() >= 60);
  }
}
