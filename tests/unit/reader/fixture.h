// Files made by a test, read by ArticleReader.
#pragma once

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "nutgraf/reader.h"
#include "unit/reader/checks.h"

namespace nutgraf::test {

/// A folder "news" of a test's own, gone at its end.
class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "nutgraf-reader-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    top_ = name;
    root_ = top_ / "news";
    std::filesystem::create_directory(root_);
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(top_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  [[nodiscard]] const std::filesystem::path& root() const { return root_; }
  std::filesystem::path write(std::string_view name, std::string_view bytes) const {
    const std::filesystem::path path = root_ / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    return path;
  }

 private:
  std::filesystem::path top_, root_;
};

struct Batch {
  std::vector<Article> articles;
  std::vector<Rejection> rejections;
};

/// Reads everything; what satisfies no reader is a failure of the test.
inline Batch read(const std::vector<std::filesystem::path>& paths, const ReadOptions& options = {}) {
  ArticleReader reader(paths, options);
  Batch batch;
  while (auto result = reader.next()) {
    if (auto* article = std::get_if<Article>(&*result)) {
      const bool on_disk = std::filesystem::is_regular_file(article->path);
      const bool counts_file = article->bytes_of == BytesOf::file || article->bytes_of == BytesOf::source;
      std::optional<std::string> source;
      if (on_disk && counts_file) source = file_bytes(article->path);
      if (source && source->compare(0, 2, "\x1F\x8B") == 0) source.reset();
      CAPTURE(article->id);
      CHECK(fault_of(*article, source) == "");
      batch.articles.push_back(std::move(*article));
    } else {
      const auto& rejection = std::get<Rejection>(*result);
      CHECK_FALSE(rejection.reason.empty());
      CHECK(rejection.reason.find('\n') == std::string::npos);
      batch.rejections.push_back(rejection);
    }
  }
  return batch;
}

/// Reads one file that is one article.
inline Article read_one(std::string_view name, std::string_view bytes) {
  const Folder folder;
  Batch batch = read({folder.write(name, bytes)});
  for (const Rejection& rejection : batch.rejections) FAIL(rejection.path << ": " << rejection.reason);
  REQUIRE(batch.articles.size() == 1);
  return batch.articles.front();
}

/// Why a file of one document is rejected.
inline std::string reason_for(std::string_view name, std::string_view bytes, const ReadOptions& options = {}) {
  const Folder folder;
  const Batch batch = read({folder.write(name, bytes)}, options);
  CHECK(batch.articles.empty());
  REQUIRE(batch.rejections.size() == 1);
  return batch.rejections.front().reason;
}

/// Blocks, headings marked "# ".
inline std::vector<std::string> blocks_of(const Article& article) {
  std::vector<std::string> blocks;
  for (const Block& block : article.blocks) {
    blocks.push_back((block.kind == BlockKind::heading ? "# " : "") +
                     article.text.substr(block.text.begin, block.text.size()));
  }
  return blocks;
}

/// The source's slice for a block.
inline std::string source_of(const Article& article, std::size_t block, std::string_view source) {
  const ByteRange at = origin_of(article, article.blocks.at(block).text);
  return std::string(source.substr(at.begin, at.size()));
}

inline bool contains(std::string_view text, std::string_view part) { return text.find(part) != text.npos; }

}  // namespace nutgraf::test
