// The articles over which the benchmarks of single steps run: the first 5,000 of Reuters below NUTGRAF_DATA, else those
// of corpus/articles. The target defines NUTGRAF_SOURCE_DIR.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "nutgraf/reader.h"

namespace bench {

struct KernelArticles {
  std::vector<std::string> roots;
  std::vector<nutgraf::Article> articles;
};

/// Without those that have no text.
inline KernelArticles kernel_articles() {
  constexpr std::size_t kArticles = 5'000;
  const char* const data = std::getenv("NUTGRAF_DATA");
  const auto reuters = std::filesystem::path(data != nullptr ? data : "") / "articles/reuters21578.jsonl";
  const auto corpus = std::filesystem::path(NUTGRAF_SOURCE_DIR) / "corpus/articles";
  nutgraf::ArticleReader reader({std::filesystem::exists(reuters) ? reuters : corpus}, {});
  KernelArticles read{reader.roots(), {}};
  while (read.articles.size() < kArticles) {
    auto result = reader.next();
    if (!result) break;
    auto* const article = std::get_if<nutgraf::Article>(&*result);
    if (article != nullptr) read.articles.push_back(std::move(*article));
  }
  return read;
}

}  // namespace bench
