// Records of .jsonl, streamed line by line.
#include <algorithm>
#include <array>

#include "reader/encoding.h"
#include "reader/source.h"
#include "reader/unicode.h"

namespace nutgraf::reader {
namespace {

// Lines of a stream, of which at most `limit` bytes are kept.
class LineReader {
 public:
  LineReader(std::unique_ptr<ByteStream> stream, std::size_t limit) : stream_(std::move(stream)), limit_(limit) {
    buffer_.resize(256 * 1024);
  }

  /// The next line without its end, valid until the next call; `size` is its whole size.
  bool next(std::string_view& line, std::uint64_t& size) {
    spill_.clear();
    size = 0;
    for (;;) {
      if (at_ == filled_) {
        at_ = 0;
        filled_ = stream_->read(buffer_.data(), buffer_.size());
        if (filled_ == 0) {
          line = spill_;
          return size > 0;
        }
      }
      const std::string_view rest(buffer_.data() + at_, filled_ - at_);
      const std::size_t end = rest.find('\n');
      const std::string_view part = rest.substr(0, end);
      size += part.size();
      at_ += part.size() + (end == rest.npos ? 0 : 1);
      if (end != rest.npos && spill_.empty() && size == part.size()) {
        line = part;
        return true;
      }
      if (spill_.size() <= limit_) spill_ += part;
      if (end != rest.npos) {
        line = spill_;
        return true;
      }
    }
  }

 private:
  std::unique_ptr<ByteStream> stream_;
  std::size_t limit_;
  std::string buffer_, spill_;
  std::size_t at_ = 0, filled_ = 0;
};

class JsonLines : public Source {
 public:
  JsonLines(std::unique_ptr<ByteStream> stream, Place place, std::size_t limit)
      : lines_(std::move(stream), limit), place_(std::move(place)), file_id_(place_.id), limit_(limit) {}

  std::optional<ReadResult> next() override {
    std::string_view line;
    std::uint64_t size = 0;
    if (finished_) return {};
    while (lines_.next(line, size)) {
      ++line_;
      if (line_ == 1 && line.substr(0, 3) == "\xEF\xBB\xBF") line.remove_prefix(3);
      if (size <= limit_ && trimmed(line).empty()) continue;
      if (line_ == 1 && (binary_kind(line) != "" || line.substr(0, 1024).find('\0') != line.npos))
        return refuse_file(line);
      place_.record = ++record_;
      place_.id = file_id_ + ":" + std::to_string(record_);
      return read_article(place_, [&] { return read_line(line, size); });
    }
    if (record_ > 0 || finished_) return {};
    finished_ = true;
    place_.record = 0;
    return rejection(place_, "", line_ == 0 ? "empty file" : "no records");
  }

 private:
  Article read_line(std::string_view line, std::uint64_t size) const {
    const std::string where = "line " + std::to_string(line_) + ": ";
    if (size > limit_) throw Unreadable(where + too_large(size, limit_));
    if (!utf8_error(line)) return parse_record(line, line_, 1);
    Decoded decoded = decode(std::string(line));
    Article article = parse_record(decoded.text, line_, 1);
    article.notices.insert(article.notices.end(), decoded.notices.begin(), decoded.notices.end());
    return article;
  }

  ReadResult refuse_file(std::string_view line) {
    finished_ = true;
    const std::string_view kind = binary_kind(line);
    const bool wide = line.substr(0, 2) == "\xFF\xFE" || line.substr(0, 2) == "\xFE\xFF";
    if (wide) return rejection(place_, "", "UTF-16: JSON lines are read in UTF-8");
    return rejection(
        place_, "",
        "binary file (" + (kind.empty() ? "NUL at byte " + std::to_string(line.find('\0')) : std::string(kind)) + ")");
  }

  LineReader lines_;
  Place place_;
  std::string file_id_;
  std::size_t limit_;
  std::size_t line_ = 0, record_ = 0;
  bool finished_ = false;
};

}  // namespace

std::unique_ptr<Source> open_jsonl(std::unique_ptr<ByteStream> stream, Place place, std::size_t limit) {
  return std::make_unique<JsonLines>(std::move(stream), std::move(place), limit);
}

}  // namespace nutgraf::reader
