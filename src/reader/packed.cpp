// Compressed files and archives, through libarchive. Nothing is ever written to disk.
#include <algorithm>
#include <cerrno>
#include <string>

#include "reader/archive_library.h"
#include "reader/encoding.h"
#include "reader/source.h"
#include "reader/unicode.h"

namespace nutgraf::reader {
namespace {

struct CloseArchive {
  void operator()(archive* file) const { libarchive().read_free(file); }
};
using Archive = std::unique_ptr<archive, CloseArchive>;

std::string error_of(archive* file) {
  const char* message = libarchive().error_string(file);
  return message == nullptr ? "broken archive" : one_line(message);
}

// Hands libarchive the bytes of a stream.
struct Input {
  std::unique_ptr<ByteStream> stream;
  std::string buffer = std::string(256 * 1024, '\0');
  bool empty = true;  // nothing came yet

  static la_ssize_t read(archive* file, void* self, const void** data) {
    auto& input = *static_cast<Input*>(self);
    try {
      const std::size_t got = input.stream->read(input.buffer.data(), input.buffer.size());
      *data = input.buffer.data();
      input.empty = input.empty && got == 0;
      return static_cast<la_ssize_t>(got);
    } catch (const std::exception& error) {
      libarchive().set_error(file, EIO, "%s", error.what());
      return -1;
    }
  }
};

// The data of the member that the archive stands at. Block by block, so that what a cut file still holds comes out.
class MemberStream : public ByteStream {
 public:
  explicit MemberStream(archive* file) : file_(file) {}

  std::size_t read(char* to, std::size_t size) override {
    while (block_.empty()) {
      const void* data = nullptr;
      std::size_t block_size = 0;
      la_int64_t offset = 0;  // holes of sparse files hold nothing to read
      const int status = libarchive().read_data_block(file_, &data, &block_size, &offset);
      if (status == ARCHIVE_EOF) return 0;
      if (status == ARCHIVE_RETRY) continue;
      if (status < ARCHIVE_WARN) throw BrokenFile(error_of(file_));
      block_ = {static_cast<const char*>(data), block_size};
    }
    const std::size_t taken = block_.copy(to, size);
    block_.remove_prefix(taken);
    return taken;
  }

 private:
  archive* file_;
  std::string_view block_;
};

// A member's name as it is written, or in UTF-8 where the archive says what it is written in. libarchive would make
// question marks of either, where it is not of the locale.
std::string name_of_member(archive_entry* entry) {
  const char* written = libarchive().entry_pathname(entry);
  const std::string_view name = written == nullptr ? std::string_view() : written;
  const bool ascii =
      std::none_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  const char* utf8 = ascii ? libarchive().entry_pathname_utf8(entry) : nullptr;
  return std::string(utf8 == nullptr ? name : std::string_view(utf8));
}

enum class MemberPath { good, passed_over, leads_out };

// Checks a member's path and takes "./" and a leading "/" off.
MemberPath clean(std::string& path) {
  std::string cleaned;
  bool hidden = false;
  for (std::size_t at = 0; at <= path.size();) {
    const std::size_t end = std::min(path.find('/', at), path.size());
    const std::string part = path.substr(at, end - at);
    at = end + 1;
    if (part == "..") return MemberPath::leads_out;
    if (part.empty() || part == ".") continue;
    hidden = hidden || part.front() == '.' || part == "__MACOSX";
    if (!cleaned.empty()) cleaned += '/';
    cleaned += part;
  }
  path = cleaned;
  return hidden || path.empty() ? MemberPath::passed_over : MemberPath::good;
}

class Packed : public Source {
 public:
  Packed(const FileKind& kind, const ReadOptions& options, std::unique_ptr<ByteStream> stream, Place place)
      : kind_(kind), options_(options), place_(std::move(place)), file_(libarchive().read_new()) {
    input_.stream = std::move(stream);
    libarchive().read_support_filter_all(file_.get());
    libarchive().read_support_format_empty(file_.get());
    if (kind_.archive) {
      libarchive().read_support_format_zip(file_.get());
      libarchive().read_support_format_tar(file_.get());
    } else {
      libarchive().read_support_format_raw(file_.get());
    }
    if (libarchive().read_open(file_.get(), &input_, nullptr, Input::read, nullptr) != ARCHIVE_OK)
      throw BrokenFile(error_of(file_.get()));
  }

  std::optional<ReadResult> next() override {
    while (!finished_) {
      if (member_ != nullptr) {
        if (auto result = read_member()) return result;
        member_.reset();
      }
      archive_entry* entry = nullptr;
      const int status = libarchive().read_next_header(file_.get(), &entry);
      if (status == ARCHIVE_EOF) return at_end();
      if (status == ARCHIVE_RETRY) continue;
      if (status < ARCHIVE_WARN) throw BrokenFile(error_of(file_.get()));
      ++members_;
      if (auto refused = kind_.archive ? open_member(entry) : open_compressed()) return refused;
    }
    return {};
  }

 private:
  // A member that cannot be decrypted or uses an unknown method does not break the archive.
  std::optional<ReadResult> read_member() {
    try {
      return member_->next();
    } catch (const BrokenFile& error) {
      member_.reset();
      const std::string_view reason = error.what();
      const bool only_this =
          reason.find("ncrypt") != reason.npos || reason.find("nsupported ZIP compression") != reason.npos;
      if (!only_this) throw;
      return rejection(member_place_, member_place_.id, error.what());
    }
  }

  std::optional<ReadResult> at_end() {
    finished_ = true;
    if (members_ > 0) return {};
    return rejection(place_, "", kind_.archive && !input_.empty ? "archive without members" : "empty file");
  }

  std::optional<ReadResult> open_compressed() {
    // libarchive hands on what is not compressed as it is.
    if (libarchive().filter_count(file_.get()) < 2) throw BrokenFile("not compressed, whatever its name says");
    member_place_ = place_;
    member_ =
        open_content(kind_.format, std::make_unique<MemberStream>(file_.get()), place_, options_.max_article_bytes);
    return {};
  }

  std::optional<ReadResult> open_member(archive_entry* entry) {
    const std::string written = name_of_member(entry);
    const auto decoded = decoded_name(written);
    std::string path = decoded.value_or(written);
    const bool folder = libarchive().entry_filetype(entry) == AE_IFDIR || (!path.empty() && path.back() == '/');
    member_place_ = place_;
    member_place_.path.append(1, '/').append(one_line(path));
    const std::string member = "member " + std::to_string(members_) + ": its name ";
    if (path.empty()) return rejection(member_place_, "", member + "cannot be read");
    if (!decoded) {
      if (!kind_of_name(path).readable()) return {};
      return rejection(member_place_, "", member + "is not UTF-8, and no other encoding fits");
    }
    const MemberPath checked = clean(path);
    if (checked == MemberPath::leads_out) return rejection(member_place_, "", "member path leads out of the archive");
    // The file that a link names is a member itself.
    const bool link = libarchive().entry_filetype(entry) == AE_IFLNK || libarchive().entry_hardlink(entry) != nullptr;
    if (checked == MemberPath::passed_over || folder || link) return {};
    member_place_.path = place_.path + '/' + path;
    member_place_.id = place_.id + '/' + path;
    member_place_.below = place_.below + '/' + path;
    return open_file_member(entry, path);
  }

  std::optional<ReadResult> open_file_member(archive_entry* entry, const std::string& path) {
    const FileKind kind = kind_of_name(path);
    if (kind.archive || (kind.compressed && kind.readable())) {
      return rejection(member_place_, "", "packed file inside an archive: unpack it first");
    }
    if (!kind.readable()) return {};
    if (libarchive().entry_is_data_encrypted(entry) != 0)
      return rejection(member_place_, member_place_.id, "encrypted member");
    const Format format = options_.format == Format::automatic ? kind.format : options_.format;
    const bool one_article = format != Format::json && format != Format::jsonl;
    const auto size =
        libarchive().entry_size_is_set(entry) != 0 ? static_cast<std::uint64_t>(libarchive().entry_size(entry)) : 0;
    if (one_article && size > options_.max_article_bytes) {
      return rejection(member_place_, member_place_.id, too_large(size, options_.max_article_bytes));
    }
    member_ =
        open_content(format, std::make_unique<MemberStream>(file_.get()), member_place_, options_.max_article_bytes);
    return {};
  }

  FileKind kind_;
  ReadOptions options_;
  Place place_, member_place_;
  Input input_;
  Archive file_;
  std::unique_ptr<Source> member_;
  std::size_t members_ = 0;
  bool finished_ = false;
};

}  // namespace

std::unique_ptr<Source> open_packed(const FileKind& kind, const ReadOptions& options,
                                    std::unique_ptr<ByteStream> stream, Place place) {
  return std::make_unique<Packed>(kind, options, std::move(stream), std::move(place));
}

}  // namespace nutgraf::reader
