// What is common to the formats: where a document was found, and how an article is finished.
#pragma once

#include <string>
#include <string_view>

#include "nutgraf/article.h"
#include "nutgraf/reader.h"
#include "reader/encoding.h"

namespace nutgraf::reader {

/// Where a document was found.
struct Place {
  std::string path;        ///< as in Article
  std::string root;        ///< as in Article
  std::string id;          ///< the id that the path makes
  std::string below;       ///< the path below the root: a date may be in it
  std::size_t record = 0;  ///< as in Article
};

/// Reads the bytes of one document. Throws Unreadable.
[[nodiscard]] Article parse_txt(Decoded decoded);
[[nodiscard]] Article parse_markdown(Decoded decoded);
[[nodiscard]] Article parse_html(Decoded decoded);
/// One JSON object; `line` and `column` say where it starts in its file, for messages.
[[nodiscard]] Article parse_record(std::string_view json, std::size_t line, std::size_t column);

/// Sets what every article has: id, place, the end of the date chain, a title. Checks that there is a text and that the
/// id will do. `url_hint` is a site path that may hold a date.
void finish(Article& article, const Place& place);

/// The id that an article from `place` has: its own, else its url, else its path's.
[[nodiscard]] std::string id_of(const Article& article, const Place& place);
[[nodiscard]] bool is_web_address(std::string_view text);
/// "zh" for "zh-CN" or "Chinese"; empty where it is no language.
[[nodiscard]] std::string language_code(std::string_view name);
/// Equal but for case, white space and punctuation.
[[nodiscard]] bool says_the_same(std::string_view a, std::string_view b);
/// Drops the first block where it repeats the title, unless there is nothing else.
void drop_repeated_title(Article& article);
/// Takes metadata from the blocks at both ends and drops those that are no text.
void drop_metadata_blocks(Article& article);

}  // namespace nutgraf::reader
