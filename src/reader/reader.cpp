#include "nutgraf/reader.h"

#include <deque>

#include "reader/byte_stream.h"
#include "reader/source.h"
#include "reader/unreadable.h"
#include "reader/walk.h"

namespace nutgraf {

namespace {

constexpr std::size_t kOpenFiles = 8;

}  // namespace

class ArticleReader::Impl {
 public:
  Impl(const std::vector<std::filesystem::path>& paths, ReadOptions options)
      : options_(std::move(options)), walk_(reader::walk(paths, options_)) {}

  std::optional<ReadResult> next() {
    for (;;) {
      if (source_ == nullptr) {
        if (walk_.files.empty()) return {};
        auto stream = next_stream();
        found_ = std::move(walk_.files.front());
        walk_.files.pop_front();
        if (auto refused = open(std::move(stream))) return refused;
      }
      try {
        if (auto result = source_->next()) return result;
        source_.reset();
      } catch (const reader::BrokenFile& error) {
        source_.reset();
        return reader::rejection(place_of(found_, walk_, options_), "", error.what());
      }
    }
  }

  [[nodiscard]] const std::vector<std::string>& roots() const { return walk_.roots; }
  [[nodiscard]] std::uint64_t bytes_total() const { return walk_.bytes; }
  [[nodiscard]] std::uint64_t bytes_read() const { return bytes_read_; }

 private:
  // Of the next file; null where that is rejected already. Those behind it are opened as well, and fetched
  // meanwhile: small files that are waited for one by one take twice the time of files in memory.
  std::unique_ptr<reader::FileStream> next_stream() {
    while (ahead_.size() < kOpenFiles && ahead_.size() < walk_.files.size()) {
      const reader::FoundFile& found = walk_.files[ahead_.size()];
      ahead_.push_back(found.reason.empty() ? std::make_unique<reader::FileStream>(found.path, bytes_read_) : nullptr);
    }
    auto stream = std::move(ahead_.front());
    ahead_.pop_front();
    return stream;
  }

  // Opens the source of the file that was found; a rejection where it cannot be read.
  std::optional<ReadResult> open(std::unique_ptr<reader::FileStream> stream) {
    const reader::FileKind kind = found_.kind;
    const reader::Place place = place_of(found_, walk_, options_);
    if (!found_.reason.empty()) return reader::rejection(place, "", found_.reason);
    const bool batch = kind.archive || kind.compressed || kind.format == Format::jsonl || kind.format == Format::json;
    if (!batch && found_.size > options_.max_article_bytes) {
      bytes_read_ += found_.size;
      return reader::rejection(place, place.id, reader::too_large(found_.size, options_.max_article_bytes));
    }
    try {
      stream->require_open();
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
  std::uint64_t bytes_read_ = 0;
  reader::FoundFile found_;                                // the file at hand; those of the walk are still to come
  std::deque<std::unique_ptr<reader::FileStream>> ahead_;  // of the next files
  std::unique_ptr<reader::Source> source_;
};

ArticleReader::ArticleReader(const std::vector<std::filesystem::path>& paths, ReadOptions options)
    : impl_(std::make_unique<Impl>(paths, std::move(options))) {}
ArticleReader::~ArticleReader() = default;

std::optional<ReadResult> ArticleReader::next() { return impl_->next(); }
const std::vector<std::string>& ArticleReader::roots() const { return impl_->roots(); }
std::uint64_t ArticleReader::bytes_total() const { return impl_->bytes_total(); }
std::uint64_t ArticleReader::bytes_read() const { return impl_->bytes_read(); }

}  // namespace nutgraf
