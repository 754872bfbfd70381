// Bytes of a file or of an archive's member, read forward.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace nutgraf::reader {

class ByteStream {
 public:
  ByteStream() = default;
  virtual ~ByteStream() = default;
  ByteStream(const ByteStream&) = delete;
  ByteStream& operator=(const ByteStream&) = delete;

  /// Up to `size` bytes; 0 at the end. Throws BrokenFile.
  [[nodiscard]] virtual std::size_t read(char* to, std::size_t size) = 0;
};

/// A file. It is opened at once, and the system begins to fetch its start from the disk: what is opened ahead of its
/// turn need not be waited for.
class FileStream : public ByteStream {
 public:
  /// What is read is added to `bytes_read`, which must outlive this.
  FileStream(const std::string& path, std::uint64_t& bytes_read);
  ~FileStream() override;

  /// Throws BrokenFile where the file could not be opened; call it before read().
  void require_open() const;
  [[nodiscard]] std::size_t read(char* to, std::size_t size) override;

 private:
  int descriptor_;
  int error_;  // of opening it (errno)
  std::uint64_t& bytes_read_;
};

/// The whole stream. Throws Unreadable, with both sizes, where it is longer than `limit`.
[[nodiscard]] std::string read_all(ByteStream& stream, std::size_t limit);

/// What the system says of an error (errno), in small letters.
[[nodiscard]] std::string system_message(int error);

[[nodiscard]] std::string too_large(std::uint64_t size, std::size_t limit);

}  // namespace nutgraf::reader
