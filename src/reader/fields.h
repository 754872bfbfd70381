// Metadata by name: the keys of records and front matter, whatever syntax they come in.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "nutgraf/article.h"

namespace nutgraf::reader {

enum class Field { none, id, title, text, date, url, source, author, language, tags, site_path };

/// One field of a record or of front matter; lists keep their items apart.
struct FieldValue {
  Field field = Field::none;
  std::size_t rank = 0;  ///< of several keys for one field, the lower goes first
  std::vector<std::string> items;
};

/// The field that a key names, in any case, "-" and "_" alike; without items.
[[nodiscard]] FieldValue field_named(std::string_view key);

/// Sets the article's metadata from fields, where the article has none yet. `source` is where its date comes from.
void set_fields(Article& article, std::vector<FieldValue> values, DateSource source);

}  // namespace nutgraf::reader
