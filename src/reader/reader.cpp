#include "nutgraf/reader.h"

#include "reader/byte_stream.h"
#include "reader/source.h"
#include "reader/unreadable.h"
#include "reader/walk.h"

namespace nutgraf {

class ArticleReader::Impl {
 public:
  Impl(const std::vector<std::filesystem::path>& paths, ReadOptions options)
      : options_(std::move(options)), walk_(reader::walk(paths, options_)) {}

  std::optional<ReadResult> next() {
    for (;;) {
      if (source_ == nullptr) {
        if (at_ == walk_.files.size()) return {};
        if (auto refused = open(walk_.files[at_++])) return refused;
      }
      try {
        if (auto result = source_->next()) return result;
        source_.reset();
      } catch (const reader::BrokenFile& error) {
        source_.reset();
        return reader::rejection(place_of(walk_.files[at_ - 1], walk_, options_), "", error.what());
      }
    }
  }

  [[nodiscard]] const std::vector<std::string>& roots() const { return walk_.roots; }
  [[nodiscard]] std::uint64_t bytes_total() const { return walk_.bytes; }
  [[nodiscard]] std::uint64_t bytes_read() const { return bytes_read_; }

 private:
  // Opens a file's source; a rejection where it cannot be read.
  std::optional<ReadResult> open(const reader::FoundFile& found) {
    const reader::FileKind kind = found.kind;
    const reader::Place place = place_of(found, walk_, options_);
    if (!found.reason.empty()) return reader::rejection(place, "", found.reason);
    const bool batch = kind.archive || kind.compressed || kind.format == Format::jsonl || kind.format == Format::json;
    if (!batch && found.size > options_.max_article_bytes) {
      bytes_read_ += found.size;
      return reader::rejection(place, place.id, reader::too_large(found.size, options_.max_article_bytes));
    }
    try {
      auto stream = reader::open_file(found.path, bytes_read_);
      source_ = kind.archive || kind.compressed
                    ? reader::open_packed(kind, options_, std::move(stream), place)
                    : reader::open_content(kind.format, std::move(stream), place, options_.max_article_bytes);
    } catch (const reader::Unreadable& error) {
      return reader::rejection(place, place.id, error.what());
    }
    return {};
  }

  ReadOptions options_;
  reader::Walk walk_;
  std::unique_ptr<reader::Source> source_;
  std::size_t at_ = 0;  // the next file
  std::uint64_t bytes_read_ = 0;
};

ArticleReader::ArticleReader(const std::vector<std::filesystem::path>& paths, ReadOptions options)
    : impl_(std::make_unique<Impl>(paths, std::move(options))) {}
ArticleReader::~ArticleReader() = default;

std::optional<ReadResult> ArticleReader::next() { return impl_->next(); }
const std::vector<std::string>& ArticleReader::roots() const { return impl_->roots(); }
std::uint64_t ArticleReader::bytes_total() const { return impl_->bytes_total(); }
std::uint64_t ArticleReader::bytes_read() const { return impl_->bytes_read(); }

}  // namespace nutgraf
