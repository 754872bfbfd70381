// List file: lists by key, in one file that is mapped into memory, of the state of a collection after one batch.
//
//   ListFileHeader
//   u64 x n: keys, ascending
//   u64 x (n + 1): where their lists begin among the bytes of all lists, and where the last one ends
//   u32 x n: checksums, each of a list and its key
//   the lists
//
// Opening such a file costs the same however large it is: only the header is verified. A list is when it is read; so
// where the file or a list is missing, torn or of another batch, there is no list, and a reader does without.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "index/file_io.h"
#include "index/mapped_file.h"

namespace nutgraf {

/// Says what the lists are, and their version.
using ListFileMagic = std::array<char, 8>;

/// Writes a file list by list: of a list only its key and where it is stay in memory.
class ListFileWriter {
 public:
  /// Of so many lists.
  ListFileWriter(const std::filesystem::path& file, std::size_t lists);
  /// Keys ascend.
  void add(std::uint64_t key, std::string_view list);
  /// Durably, in one step, when all lists are in. `last_docid`: of the collection after `batch`.
  void commit(const ListFileMagic& magic, std::uint64_t batch, std::uint32_t last_docid);

 private:
  FileReplacement file_;
  std::uint64_t lists_begin_;  // offset in the file
  std::string pending_;
  std::vector<std::uint64_t> keys_;
  std::vector<std::uint64_t> begins_{0};
  std::vector<std::uint32_t> checksums_;
};

struct ListFileHeader;

/// The file as readers see it. Moves, does not copy.
class ListFile {
 public:
  ListFile() = default;
  /// Of the state after `batch`; known() is false where there is no such file.
  ListFile(const std::filesystem::path& file, const ListFileMagic& magic, std::uint64_t batch);

  [[nodiscard]] bool known() const noexcept { return header_ != nullptr; }
  // For a file that is known.
  [[nodiscard]] std::uint32_t last_docid() const;
  [[nodiscard]] std::span<const std::uint64_t> keys() const noexcept { return keys_; }
  /// The list at `place` (from 0), as it was written; nothing where it is damaged. A view into this.
  [[nodiscard]] std::optional<std::string_view> list(std::size_t place) const;
  /// The list under `key`; nothing where there is none.
  [[nodiscard]] std::optional<std::string_view> of(std::uint64_t key) const;

 private:
  MappedFile map_;
  const ListFileHeader* header_ = nullptr;
  std::span<const std::uint64_t> keys_;
  std::span<const std::uint64_t> begins_;  // one more than keys
  std::span<const std::uint32_t> checksums_;
  std::string_view lists_;
};

}  // namespace nutgraf
