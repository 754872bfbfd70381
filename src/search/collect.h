// Collect: the documents that a query matches, without ranking.
#pragma once

#include <xapian.h>

#include <cstddef>
#include <vector>

#include "index/live_index.h"

namespace nutgraf {

// May throw Xapian::Error: call them inside LiveIndex::read().

/// All matches, ascending.
[[nodiscard]] std::vector<Xapian::docid> all_matches(const Xapian::Query& query, LiveIndex& live);
/// Those of `docids` that match, ascending.
[[nodiscard]] std::vector<Xapian::docid> matches_among(const Xapian::Query& query, std::vector<Xapian::docid> docids,
                                                       LiveIndex& live);
[[nodiscard]] std::size_t count_matches(const Xapian::Query& query, LiveIndex& live);

}  // namespace nutgraf
