// Codec: records as bytes of a Xapian document and back. Compact (numbers as varints, LEB128), since there is one a
// passage; the record store compresses it further. The article's record travels with its first passage only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "nutgraf/index.h"

namespace nutgraf {

/// A passage as stored. `article` is set on the first passage of an article (ordinal 1).
struct StoredPassage {
  PassageRecord passage;  ///< without id, which is the article's id and the ordinal
  std::string article;    ///< an encoded ArticleRecord
};

/// Paths begin with their root, and there are few roots: a record names its root by its place in `roots`, which must
/// hold it.
[[nodiscard]] std::string encode(const ArticleRecord& record, const std::vector<std::string>& roots);
[[nodiscard]] std::string encode(const StoredPassage& stored);

/// Error(index) where the bytes are no such record.
[[nodiscard]] ArticleRecord decode_article(std::string_view bytes, const std::vector<std::string>& roots);
[[nodiscard]] StoredPassage decode_passage(std::string_view bytes);

}  // namespace nutgraf
