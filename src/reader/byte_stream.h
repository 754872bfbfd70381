// Bytes of a file or of an archive's member, read forward.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
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

/// Throws BrokenFile where the file cannot be opened. What is read is added to `bytes_read`.
[[nodiscard]] std::unique_ptr<ByteStream> open_file(const std::string& path, std::uint64_t& bytes_read);

/// The whole stream. Throws Unreadable, with both sizes, where it is longer than `limit`.
[[nodiscard]] std::string read_all(ByteStream& stream, std::size_t limit);

/// What the system says of an error (errno), in small letters.
[[nodiscard]] std::string system_message(int error);

[[nodiscard]] std::string too_large(std::uint64_t size, std::size_t limit);

}  // namespace nutgraf::reader
