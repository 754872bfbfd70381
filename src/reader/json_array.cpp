// Records of .json: one object, or the items of an array, streamed one by one.
#include <algorithm>

#include "reader/encoding.h"
#include "reader/source.h"
#include "reader/unicode.h"

namespace nutgraf::reader {
namespace {

// Cuts a stream of JSON into top-level values, or into the items of one top-level array, by counting brackets.
class ValueReader {
 public:
  ValueReader(std::unique_ptr<ByteStream> stream, std::size_t limit) : stream_(std::move(stream)), limit_(limit) {
    buffer_.resize(64 * 1024);
  }

  struct Value {
    std::string text;
    std::uint64_t size = 0;  // whole; `text` holds no more than the limit
    std::size_t line = 1, column = 1;
  };

  /// False at the end of the file.
  bool next(Value& value);
  [[nodiscard]] bool in_array() const { return array_; }
  /// At the end: the file ends inside its array, behind a value that is whole.
  [[nodiscard]] bool array_left_open() const { return array_ && !closed_ && !cut_; }
  [[nodiscard]] std::string place() const {
    return "line " + std::to_string(line_) + ", column " + std::to_string(column_) + ": ";
  }
  /// Another value follows.
  bool more();

 private:
  int peek() {
    if (at_ == filled_) {
      at_ = 0;
      filled_ = stream_->read(buffer_.data(), buffer_.size());
      if (filled_ == 0) return -1;
    }
    return static_cast<unsigned char>(buffer_[at_]);
  }
  void advance() {
    if (buffer_[at_++] == '\n') {
      ++line_;
      column_ = 1;
    } else {
      ++column_;
    }
  }
  void skip_between();

  std::unique_ptr<ByteStream> stream_;
  std::size_t limit_;
  std::string buffer_;
  std::size_t at_ = 0, filled_ = 0, line_ = 1, column_ = 1;
  bool array_ = false, started_ = false;
  bool closed_ = false;  // the array's bracket was seen
  bool cut_ = false;     // the file ended inside a value
};

// White space, the array's brackets and the commas between its items. A byte order mark as well.
void ValueReader::skip_between() {
  for (int c = peek(); c >= 0; c = peek()) {
    const bool mark = !started_ && (c == 0xEF || c == 0xBB || c == 0xBF);
    const bool space = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    const bool opens = !started_ && c == '[';
    const bool between = array_ && (c == ',' || c == ']');
    if (!mark && !space && !opens && !between) return;
    if (opens) array_ = started_ = true;
    if (between && c == ']') closed_ = true;
    advance();
  }
}

bool ValueReader::more() {
  skip_between();
  return peek() >= 0;
}

bool ValueReader::next(Value& value) {
  skip_between();
  value = {};
  value.line = line_;
  value.column = column_;
  started_ = true;
  int depth = 0;
  bool quoted = false, escaped = false;
  for (int c = peek(); c >= 0; c = peek()) {
    const char byte = static_cast<char>(c);
    if (!quoted && depth == 0 && array_ && (byte == ',' || byte == ']')) break;
    if (quoted) {
      quoted = escaped || byte != '"';
      escaped = !escaped && byte == '\\';
    } else if (byte == '"') {
      quoted = true;
    } else if (byte == '{' || byte == '[') {
      ++depth;
    } else if (byte == '}' || byte == ']') {
      --depth;
    }
    if (value.text.size() <= limit_) value.text += byte;
    ++value.size;
    advance();
    if (!quoted && depth <= 0 && (byte == '}' || byte == ']')) break;
  }
  if (value.size > 0) cut_ = quoted || depth > 0;
  return value.size > 0;
}

class JsonValues : public Source {
 public:
  JsonValues(std::unique_ptr<ByteStream> stream, Place place, std::size_t limit)
      : values_(std::move(stream), limit), place_(std::move(place)), file_id_(place_.id), limit_(limit) {}

  std::optional<ReadResult> next() override {
    if (finished_) return {};
    ValueReader::Value value;
    if (!values_.next(value)) {
      finished_ = true;
      if (values_.array_left_open()) {
        place_.record = 0;
        return rejection(place_, "", values_.place() + "the array is not closed");
      }
      if (record_ > 0) return {};
      return rejection(place_, file_id_, values_.in_array() ? "no records: the array is empty" : "empty file");
    }
    ++record_;
    // A file that holds one object is the article itself.
    if (values_.in_array() || record_ > 1 || values_.more()) {
      place_.record = record_;
      place_.id = file_id_ + ":" + std::to_string(record_);
    }
    return read_article(place_, [&] { return read_value(value); });
  }

 private:
  Article read_value(ValueReader::Value& value) {
    const std::string where = "line " + std::to_string(value.line) + ", column " + std::to_string(value.column) + ": ";
    if (value.size > limit_) throw Unreadable(where + too_large(value.size, limit_));
    // What is no text at all is not gone on with.
    const bool wrong = utf8_error(value.text) || value.text.find('\0') != value.text.npos;
    if (!wrong) return parse_record(value.text, value.line, value.column);
    finished_ = record_ == 1 && !values_.in_array();
    Decoded decoded = decode(std::move(value.text));
    Article article = parse_record(decoded.text, value.line, value.column);
    article.notices.insert(article.notices.end(), decoded.notices.begin(), decoded.notices.end());
    return article;
  }

  ValueReader values_;
  Place place_;
  std::string file_id_;
  std::size_t limit_;
  std::size_t record_ = 0;
  bool finished_ = false;
};

}  // namespace

std::unique_ptr<Source> open_json(std::unique_ptr<ByteStream> stream, Place place, std::size_t limit) {
  return std::make_unique<JsonValues>(std::move(stream), std::move(place), limit);
}

}  // namespace nutgraf::reader
