// An article as a reader hands it on: readable text, its structure, its metadata, and the way back to the source file.
// Plain values, no I/O.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "nutgraf/date.h"
#include "nutgraf/range.h"

namespace nutgraf {

/// What the byte ranges of an article's passages count in. The values are stored in indexes: do not renumber.
enum class BytesOf : std::uint8_t {
  file = 0,    ///< the source file: its slice equals the stored text (.txt in UTF-8)
  source = 1,  ///< the source file: its slice is the markup that the stored text came from (.md, .html)
  field = 2,   ///< the decoded string of the record's text field (.json, .jsonl)
  text = 3,    ///< the extracted text, as `show --text` prints it (text that was converted from another encoding)
};
[[nodiscard]] std::string_view name_of(BytesOf bytes_of);

enum class BlockKind : std::uint8_t { paragraph, heading };

/// A paragraph or a heading: a range of Article::text without surrounding white space. Blocks ascend and do not
/// overlap; text between two blocks is white space, or boilerplate that is not to be indexed.
struct Block {
  BlockKind kind = BlockKind::paragraph;
  ByteRange text;
};

/// From byte `text` of Article::text on (up to the next piece), source bytes count from `origin`.
struct OriginPiece {
  std::size_t text = 0;
  std::size_t origin = 0;
};

struct Article {
  // Identity.
  std::string id;             ///< the record's own id > canonical url > "<batch folder>/<path below it>"
  bool id_from_path = false;  ///< true: the id is only as good as its folder; `root` says which folder
  std::string root;           ///< absolute path of the batch folder
  std::string path;           ///< absolute path of the source file; inside an archive "<archive>/<member>"
  std::size_t record =
      0;  ///< number, from 1, of the record in a file that holds several; 0 where the file is the article

  // Metadata; empty where unknown.
  std::string title;
  bool title_derived = false;  ///< the title is the first sentence of the text: show it, but do not weigh it
  std::string source;
  std::string author;
  std::string url;
  std::string language;  ///< as declared by the source, a lower-case ISO 639-1 code ("en", "zh")
  std::vector<std::string> tags;
  Date date;
  DateSource date_source = DateSource::none;

  // Text: valid UTF-8 without NUL.
  std::string text;
  std::vector<Block> blocks;

  // The way back.
  BytesOf bytes_of = BytesOf::text;
  std::vector<OriginPiece> origin;       ///< ascending; empty: offsets in `text` are offsets in the source
  std::size_t origin_end = 0;            ///< source offset just behind the last byte that the text came from
  std::vector<std::size_t> line_starts;  ///< offsets, in what bytes_of names, at which lines 1, 2, ... start

  std::vector<std::string> notices;  ///< things said about the reading: "converted from GB18030"
};

/// The range of the source that a range of Article::text came from.
[[nodiscard]] ByteRange origin_of(const Article& article, ByteRange text);
/// The lines that a range of the source (not of the text) touches.
[[nodiscard]] LineRange lines_of(const Article& article, ByteRange origin);
/// Offsets at which the lines of `text` start; "\n", "\r\n" and a lone "\r" end a line. Never empty.
[[nodiscard]] std::vector<std::size_t> line_starts_of(std::string_view text);

}  // namespace nutgraf
