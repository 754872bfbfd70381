#include "index/file_io.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <utility>

#include "nutgraf/error.h"

namespace nutgraf {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(std::string_view action, const fs::path& path) {
  const int error = errno;
  std::string hint;
  if (error == ENOSPC) hint = "The disk is full. Free some space and run the command again.";
  if (error == EACCES || error == EPERM) hint = "Check who owns the index folder, or choose another one with --index.";
  throw Error(ErrorCode::internal,
              "cannot " + std::string(action) + " " + path.string() + ": " + std::generic_category().message(error),
              hint);
}

}  // namespace

FileDescriptor::~FileDescriptor() {
  if (fd_ >= 0) ::close(fd_);
}

FileDescriptor& FileDescriptor::operator=(FileDescriptor&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}

FileDescriptor open_file(const fs::path& path, int flags) {
  const int fd = ::open(path.c_str(), flags | O_CLOEXEC, 0666);
  if (fd < 0) fail("open", path);
  return FileDescriptor(fd);
}

void write_all(const FileDescriptor& file, const fs::path& path, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file.get(), bytes.data(), bytes.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      fail("write", path);
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

void sync(const FileDescriptor& file, const fs::path& path) {
  if (::fsync(file.get()) != 0) fail("sync", path);
}

void sync_folder(const fs::path& folder) {
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.is_regular_file()) sync(open_file(entry.path(), O_RDONLY), entry.path());
  }
  sync(open_file(folder, O_RDONLY | O_DIRECTORY), folder);
}

void replace_file(const fs::path& path, std::string_view content) {
  FileReplacement file(path);
  file.write(content);
  file.commit();
}

FileReplacement::FileReplacement(fs::path path) : path_(std::move(path)), temporary_(path_) {
  temporary_ += ".new";
  file_ = open_file(temporary_, O_WRONLY | O_CREAT | O_TRUNC);
}

void FileReplacement::write_at(std::uint64_t offset, std::string_view bytes) {
  if (::lseek(file_.get(), static_cast<off_t>(offset), SEEK_SET) < 0) fail("write", temporary_);
  write(bytes);
}

void FileReplacement::commit() {
  sync(file_, temporary_);
  if (::rename(temporary_.c_str(), path_.c_str()) != 0) fail("rename", temporary_);
  sync(open_file(path_.parent_path(), O_RDONLY | O_DIRECTORY), path_.parent_path());
}

FileDescriptor open_scratch(const fs::path& path) {
  fs::path scratch = path;
  scratch += ".scratch";
  FileDescriptor file = open_file(scratch, O_RDWR | O_CREAT | O_TRUNC);
  if (::unlink(scratch.c_str()) != 0) fail("delete", scratch);
  return file;
}

std::string_view StretchReader::take(std::size_t size) {
  if (buffer_.size() - taken_ < size) fill(size);
  taken_ += size;
  return std::string_view(buffer_).substr(taken_ - size, size);
}

void StretchReader::fill(std::size_t size) {
  constexpr std::size_t kBuffer = std::size_t{64} << 10;
  buffer_.erase(0, taken_);
  taken_ = 0;
  std::size_t filled = buffer_.size();
  buffer_.resize(static_cast<std::size_t>(std::min<std::uint64_t>(std::max(size, kBuffer), filled + end_ - offset_)));
  while (filled < buffer_.size()) {
    const ssize_t read =
        ::pread(file_->get(), buffer_.data() + filled, buffer_.size() - filled, static_cast<off_t>(offset_));
    if (read < 0 && errno == EINTR) continue;
    if (read <= 0) fail("read", "a scratch file");
    filled += static_cast<std::size_t>(read);
    offset_ += static_cast<std::uint64_t>(read);
  }
}

std::optional<std::string> read_small_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return {};
  return std::string(std::istreambuf_iterator<char>(file), {});
}

// Not by fs::copy(), which calls a disk that fills in the middle of a write an error of input and output.
void copy_folder(const fs::path& from, const fs::path& to) {
  std::string buffer(std::size_t{1} << 20, '\0');
  for (const auto& entry : fs::recursive_directory_iterator(from)) {
    const fs::path target = to / fs::relative(entry.path(), from);
    if (entry.is_directory()) {
      fs::create_directories(target);
      continue;
    }
    const FileDescriptor in = open_file(entry.path(), O_RDONLY);
    const FileDescriptor out = open_file(target, O_WRONLY | O_CREAT | O_TRUNC);
    for (;;) {
      const ssize_t size = ::read(in.get(), buffer.data(), buffer.size());
      if (size < 0) fail("read", entry.path());
      if (size == 0) break;
      write_all(out, target, std::string_view(buffer).substr(0, static_cast<std::size_t>(size)));
    }
  }
}

std::uint64_t folder_bytes(const fs::path& folder) {
  std::uint64_t bytes = 0;
  std::error_code ignored;  // a file may go while we look
  for (const auto& entry : fs::recursive_directory_iterator(folder, ignored)) {
    if (entry.is_regular_file(ignored)) bytes += entry.file_size(ignored);
  }
  return bytes;
}

std::optional<FileDescriptor> try_lock(const fs::path& path) {
  FileDescriptor file = open_file(path, O_RDWR | O_CREAT);
  struct flock request {};
  request.l_type = F_WRLCK;
  request.l_whence = SEEK_SET;
  if (::fcntl(file.get(), F_OFD_SETLK, &request) == 0) return file;
  if (errno != EAGAIN && errno != EACCES) fail("lock", path);
  return {};
}

WriterLock::WriterLock(const fs::path& index) {
  if (auto lock = try_lock(index / "lock")) {
    file_ = std::move(*lock);
    return;
  }
  throw Error(ErrorCode::locked, "another process is writing to the index " + index.string(),
              "Wait until it is done and run the command again. Searches can go on meanwhile.");
}

}  // namespace nutgraf
