// Whole collections, where they are at hand: $NUTGRAF_DATA, or ../shared/data beside the repository.
#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <map>
#include <nlohmann/json.hpp>

#include "unit/reader/fixture.h"

using namespace nutgraf;
using namespace nutgraf::test;
namespace fs = std::filesystem;

namespace {

// The folder `name` of the data; empty, and said so, where it is not there.
fs::path data_folder(const char* name) {
  const char* given = std::getenv("NUTGRAF_DATA");
  const fs::path top = given != nullptr ? fs::path(given) : fs::path(NUTGRAF_SOURCE_DIR) / ".." / "shared" / "data";
  if (fs::exists(top / name)) return fs::canonical(top / name);
  MESSAGE("skipped: no " << (top / name).string() << " (set NUTGRAF_DATA)");
  return {};
}

using Bag = std::map<std::string, int>;

Bag tokens_of(std::string_view text) {
  Bag bag;
  std::string word;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const char c = i < text.size() ? text[i] : ' ';
    if (is_letter(c) || is_digit(c) || static_cast<unsigned char>(c) >= 0x80) {
      word += reader::lower(c);
    } else if (!word.empty()) {
      ++bag[word];
      word.clear();
    }
  }
  return bag;
}

double f1(const Bag& found, const Bag& gold) {
  int common = 0, found_size = 0, gold_size = 0;
  for (const auto& [word, count] : found) {
    found_size += count;
    const auto it = gold.find(word);
    if (it != gold.end()) common += std::min(count, it->second);
  }
  for (const auto& [word, count] : gold) gold_size += count;
  return found_size + gold_size == 0 ? 1 : 2.0 * common / (found_size + gold_size);
}

std::size_t count_articles(const fs::path& path, std::size_t& rejected) {
  ArticleReader reader({path}, {});
  std::size_t articles = 0;
  while (auto result = reader.next()) {
    if (const auto* article = std::get_if<Article>(&*result)) {
      ++articles;
      const bool counts_file = (article->bytes_of == BytesOf::file || article->bytes_of == BytesOf::source) &&
                               fs::is_regular_file(article->path);
      const std::string fault =
          fault_of(*article, counts_file ? std::optional(file_bytes(article->path)) : std::nullopt);
      if (!fault.empty()) FAIL_CHECK(article->id << ": " << fault);
    } else {
      ++rejected;
    }
  }
  return articles;
}

}  // namespace

TEST_CASE("collections: the project's own corpus is read whole") {
  std::size_t rejected = 0;
  const fs::path corpus = fs::path(NUTGRAF_SOURCE_DIR) / "corpus" / "articles";
  REQUIRE(fs::exists(corpus));
  CHECK(count_articles(corpus, rejected) >= 80);
  CHECK(rejected == 0);
}

TEST_CASE("collections: every article of the data satisfies the contract") {
  struct Collection {
    const char* name;
    std::size_t articles, rejected;
  };
  for (const Collection& c :
       {Collection{"articles/reuters21578.jsonl", 21577, 0}, Collection{"articles/fuyaonews", 153, 0},
        Collection{"articles/hextra_ai_insight", 412, 0}, Collection{"articles/rust_blog", 750, 1},
        Collection{"ir", 12929, 2}, Collection{"extraction/scrapinghub/html", 181, 0}}) {
    const fs::path path = data_folder(c.name);
    if (path.empty()) continue;
    CAPTURE(c.name);
    std::size_t rejected = 0;
    CHECK(count_articles(path, rejected) == c.articles);
    CHECK(rejected == c.rejected);
  }
}

TEST_CASE("collections: main text of saved news pages") {
  const fs::path folder = data_folder("extraction/scrapinghub");
  if (folder.empty()) return;
  const auto gold = nlohmann::json::parse(file_bytes(folder / "ground-truth.json"));
  std::map<std::string, Bag> found;
  ArticleReader reader({folder / "html"}, {});
  while (auto result = reader.next()) {
    if (const auto* article = std::get_if<Article>(&*result)) {
      std::string text;
      for (const std::string& block : blocks_of(*article)) text += block + "\n";
      found[fs::path(article->path).stem().string()] = tokens_of(text);
    }
  }
  double sum = 0;
  for (const auto& [page, expected] : gold.items())
    sum += f1(found[page], tokens_of(expected["articleBody"].get<std::string>()));
  const double average = sum / static_cast<double>(gold.size());
  MESSAGE("average F1 of " << gold.size() << " pages: " << average);
  CHECK(average >= 0.96);
}
