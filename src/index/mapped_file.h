// A file mapped into memory, for reading.
#pragma once

#include <cstddef>
#include <filesystem>

namespace nutgraf {

/// Moves, does not copy. An empty file maps to nothing.
class MappedFile {
 public:
  MappedFile() = default;
  /// Error(internal) where the file cannot be opened, Error(index) where it cannot be mapped.
  explicit MappedFile(const std::filesystem::path& path);
  ~MappedFile();
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;

  [[nodiscard]] const void* data() const noexcept { return data_; }
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  /// Bytes `begin` (included) to `end` (excluded) will hardly be read again soon: until then they take no memory of
  /// this process. What lies in a piece (kPiece) with `end` stays.
  void let_go(std::size_t begin, std::size_t end) const noexcept;

 private:
  void* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace nutgraf
