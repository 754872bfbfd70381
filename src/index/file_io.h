// What the index needs of the file system: whole-file reads, durable writes and renames, and the writer's lock.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace nutgraf {

/// Bytes of a piece of a side file, which begins at a multiple of them and is written at once. Linux then holds it in
/// its cache as one page (from 6.16 on, with ext4), which a reader maps at once; of small pages, as those are that were
/// read back from the disk, each place that a search looks at costs 2 to 4 us.
inline constexpr std::size_t kPiece = std::size_t{2} << 20;

/// An open file descriptor, closed at the end of its life.
class FileDescriptor {
 public:
  FileDescriptor() = default;
  explicit FileDescriptor(int fd) : fd_(fd) {}
  ~FileDescriptor();
  FileDescriptor(FileDescriptor&& other) noexcept : fd_(other.fd_) { other.fd_ = -1; }
  FileDescriptor& operator=(FileDescriptor&& other) noexcept;

  [[nodiscard]] int get() const noexcept { return fd_; }

 private:
  int fd_ = -1;
};

/// Throws Error(internal) with path and errno's text, here and below.
[[nodiscard]] FileDescriptor open_file(const std::filesystem::path& path, int flags);
void write_all(const FileDescriptor& file, const std::filesystem::path& path, std::string_view bytes);
void sync(const FileDescriptor& file, const std::filesystem::path& path);
/// fsync of every file in a folder (not of folders below it), and of the folder itself.
void sync_folder(const std::filesystem::path& folder);
/// Writes a file so that after a crash it holds the old or the new content.
void replace_file(const std::filesystem::path& path, std::string_view content);

/// The same of a content that is made bit by bit: written beside the file, whose place it takes in the end.
class FileReplacement {
 public:
  explicit FileReplacement(std::filesystem::path path);
  /// At the end of what is written.
  void write(std::string_view bytes) { write_all(file_, temporary_, bytes); }
  /// Over or behind what is written; the next write() goes on behind it.
  void write_at(std::uint64_t offset, std::string_view bytes);
  /// Durably, in one step.
  void commit();

 private:
  std::filesystem::path path_;
  std::filesystem::path temporary_;
  FileDescriptor file_;
};

/// A new file for reading and writing that nobody else sees, on the disk where `path` is; it is gone when it is closed,
/// however the process ends.
[[nodiscard]] FileDescriptor open_scratch(const std::filesystem::path& path);

/// Reads a stretch of a file forward.
class StretchReader {
 public:
  /// Bytes `begin` (included) to `end` (excluded) of `file`, which must outlive this.
  StretchReader(const FileDescriptor& file, std::uint64_t begin, std::uint64_t end)
      : file_(&file), offset_(begin), end_(end) {}
  /// The next `size` bytes, which must be there. Valid until the next call.
  [[nodiscard]] std::string_view take(std::size_t size);

 private:
  void fill(std::size_t size);

  const FileDescriptor* file_;
  std::uint64_t offset_;  // of what is to be read next
  std::uint64_t end_;
  std::string buffer_;
  std::size_t taken_ = 0;  // bytes of the buffer
};

[[nodiscard]] std::optional<std::string> read_small_file(const std::filesystem::path& path);
/// Copies all that is below `from` to below `to`, a folder that exists. Not durable.
void copy_folder(const std::filesystem::path& from, const std::filesystem::path& to);
/// Sizes of all files below `folder`, in bytes.
[[nodiscard]] std::uint64_t folder_bytes(const std::filesystem::path& folder);

/// Locks the file at `path`, which is made where there is none, until the descriptor is closed or the process ends;
/// nothing where somebody else (also of this process) holds the lock.
[[nodiscard]] std::optional<FileDescriptor> try_lock(const std::filesystem::path& path);

/// Held by the one process that may write to an index. The kernel frees it when the process ends, however it ends.
class WriterLock {
 public:
  /// Throws Error(locked) where another process (or thread) holds it.
  explicit WriterLock(const std::filesystem::path& index);

 private:
  FileDescriptor file_;
};

}  // namespace nutgraf
