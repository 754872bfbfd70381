// A source gives articles and rejections one by one: a file, the records of a file, the members of an archive.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "nutgraf/reader.h"
#include "reader/byte_stream.h"
#include "reader/formats.h"

namespace nutgraf::reader {

class Source {
 public:
  Source() = default;
  virtual ~Source() = default;
  Source(const Source&) = delete;
  Source& operator=(const Source&) = delete;

  /// Nothing at the end. Throws BrokenFile where the file that holds it all is broken; there is no next then.
  [[nodiscard]] virtual std::optional<ReadResult> next() = 0;
};

/// Reads `stream`, the content of what is at `place`, as `format`.
[[nodiscard]] std::unique_ptr<Source> open_content(Format format, std::unique_ptr<ByteStream> stream, Place place,
                                                   std::size_t limit);

/// One record after the other of a file with many: lines of .jsonl, or the items of a .json array.
[[nodiscard]] std::unique_ptr<Source> open_jsonl(std::unique_ptr<ByteStream> stream, Place place, std::size_t limit);
[[nodiscard]] std::unique_ptr<Source> open_json(std::unique_ptr<ByteStream> stream, Place place, std::size_t limit);

/// A compressed file (`format` is its content's, or automatic) or an archive.
[[nodiscard]] std::unique_ptr<Source> open_packed(const FileKind& kind, const ReadOptions& options,
                                                  std::unique_ptr<ByteStream> stream, Place place);

/// Runs `read`, which returns an Article, finishes it for `place`, and makes a Rejection of what goes wrong.
template <typename Read>
ReadResult read_article(const Place& place, Read read);

/// A Rejection for a document at `place`.
[[nodiscard]] Rejection rejection(const Place& place, std::string id, const std::string& reason);

}  // namespace nutgraf::reader

#include "reader/unreadable.h"

namespace nutgraf::reader {

template <typename Read>
ReadResult read_article(const Place& place, Read read) {
  std::string id = place.record == 0 ? place.id : std::string();
  try {
    Article article = read();
    id = id_of(article, place);
    finish(article, place);
    return article;
  } catch (const BrokenFile&) {
    throw;
  } catch (const UnreadableRecord& error) {
    return rejection(place, error.id.empty() ? id : error.id, error.what());
  } catch (const Unreadable& error) {
    return rejection(place, id, error.what());
  }
}

}  // namespace nutgraf::reader
