#include "reader/byte_stream.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

#include "reader/unicode.h"
#include "reader/unreadable.h"

namespace nutgraf::reader {
namespace {

// The system reads on by itself where a file is longer.
constexpr off_t kFetched = 128 * 1024;

}  // namespace

FileStream::FileStream(const std::string& path, std::uint64_t& bytes_read)
    : descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)),
      error_(descriptor_ < 0 ? errno : 0),
      bytes_read_(bytes_read) {
  if (descriptor_ >= 0) ::posix_fadvise(descriptor_, 0, kFetched, POSIX_FADV_WILLNEED);  // advice: may fail
}

FileStream::~FileStream() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void FileStream::require_open() const {
  if (error_ != 0) throw BrokenFile(system_message(error_));
}

std::size_t FileStream::read(char* to, std::size_t size) {
  for (;;) {
    const ssize_t got = ::read(descriptor_, to, size);
    if (got >= 0) {
      bytes_read_ += static_cast<std::uint64_t>(got);
      return static_cast<std::size_t>(got);
    }
    if (errno != EINTR) throw BrokenFile(system_message(errno));
  }
}

std::string system_message(int error) { return lower_ascii(std::generic_category().message(error)); }

std::string too_large(std::uint64_t size, std::size_t limit) {
  return std::to_string(size) + " bytes: larger than the limit of " + std::to_string(limit);
}

std::string read_all(ByteStream& stream, std::size_t limit) {
  std::string bytes;
  std::array<char, 65536> buffer;  // not cleared: most files are short
  for (;;) {
    const std::size_t got = stream.read(buffer.data(), buffer.size());
    if (got == 0) return bytes;
    if (bytes.size() + got > limit) {
      throw Unreadable("more than " + std::to_string(limit) + " bytes, the limit: reading stopped at " +
                       std::to_string(bytes.size() + got));
    }
    bytes.append(buffer.data(), got);
  }
}

}  // namespace nutgraf::reader
