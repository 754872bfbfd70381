// Reader: files, folders and archives in; articles and rejections out, in a fixed order. Knows nothing of passages or
// indexes. Formats: .txt .md .html .json .jsonl, also inside .gz .zst .zip .tar(.gz|.zst|.xz|.bz2).
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "nutgraf/article.h"

namespace nutgraf {

enum class Format : std::uint8_t { automatic, txt, md, html, json, jsonl };

/// "auto", "txt", ...; empty for an unknown name.
[[nodiscard]] std::optional<Format> format_from_name(std::string_view name);

struct ReadOptions {
  Format format = Format::automatic;  ///< automatic: by file extension, then by content
  std::string prefix;                 ///< first part of ids made from paths; empty: the batch folder's name
  /// One article (a file, a record, an archive member that is one article) may not be larger. Batches (.jsonl,
  /// .json arrays, archives) may.
  std::size_t max_article_bytes = std::size_t{32} << 20;
};

/// A document that could not be read. The batch goes on.
struct Rejection {
  std::string path;    ///< file, or "<archive>/<member>"
  std::string id;      ///< the article's id where it is known, else empty
  std::string reason;  ///< one line: the place ("line 7, column 12:", "byte 4096:") and why
};

using ReadResult = std::variant<Article, Rejection>;

/// Reads the articles below `paths` one by one: files in the order given, folders recursively in byte order of their
/// paths. Hidden files and folders (leading ".") and files of other types are passed over silently inside folders,
/// but are rejected when named. Symbolic links that lead out of the folder are rejected; links to folders are not
/// followed. A single file's batch folder is the folder that holds it.
class ArticleReader {
 public:
  /// Lists the files; throws Error(usage) where a path does not exist.
  ArticleReader(const std::vector<std::filesystem::path>& paths, ReadOptions options);
  ~ArticleReader();
  ArticleReader(const ArticleReader&) = delete;
  ArticleReader& operator=(const ArticleReader&) = delete;

  /// The next article or rejection; nothing at the end. Does not throw for what a file holds.
  [[nodiscard]] std::optional<ReadResult> next();

  /// The absolute batch folders of this run, for --prune.
  [[nodiscard]] const std::vector<std::string>& roots() const;
  [[nodiscard]] std::uint64_t bytes_total() const;  ///< size of all files found, on disk
  [[nodiscard]] std::uint64_t bytes_read() const;   ///< of these, read so far

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace nutgraf
