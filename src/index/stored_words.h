// Stored words: the vocabulary of an index, counted from its stored texts: for an index that has none, or a damaged
// one.
#pragma once

#include <xapian.h>

#include <string>
#include <vector>

#include "index/record_store.h"
#include "index/vocabulary.h"

namespace nutgraf {

/// What the passage analysis counted when the documents of `database` were written.
[[nodiscard]] WordCounts count_stored_words(const Xapian::Database& database, const RecordStore& store,
                                            const std::vector<std::string>& roots);

}  // namespace nutgraf
