#include "reader/source.h"

#include "reader/unicode.h"

namespace nutgraf::reader {
namespace {

class OneArticle : public Source {
 public:
  OneArticle(Format format, std::unique_ptr<ByteStream> stream, Place place, std::size_t limit)
      : format_(format), stream_(std::move(stream)), place_(std::move(place)), limit_(limit) {}

  std::optional<ReadResult> next() override {
    if (stream_ == nullptr) return {};
    const auto stream = std::move(stream_);
    return read_article(place_, [&] {
      std::string bytes = read_all(*stream, limit_);
      const Format format = format_ == Format::automatic ? sniffed_format(bytes) : format_;
      return parse_document(format, std::move(bytes));
    });
  }

 private:
  Format format_;
  std::unique_ptr<ByteStream> stream_;
  Place place_;
  std::size_t limit_;
};

}  // namespace

Rejection rejection(const Place& place, std::string id, const std::string& reason) {
  // An id or a name that is the reason itself must not break the report.
  if (id.size() > 1024 || utf8_error(id)) id.clear();
  return {utf8_error(place.path) ? one_line(place.path) : place.path, std::move(id), one_line(reason)};
}

std::unique_ptr<Source> open_content(Format format, std::unique_ptr<ByteStream> stream, Place place,
                                     std::size_t limit) {
  if (format == Format::jsonl) return open_jsonl(std::move(stream), std::move(place), limit);
  if (format == Format::json) return open_json(std::move(stream), std::move(place), limit);
  return std::make_unique<OneArticle>(format, std::move(stream), std::move(place), limit);
}

}  // namespace nutgraf::reader
