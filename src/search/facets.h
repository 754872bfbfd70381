// Facets: how many matches are of each source, language, day, week, month or year.
#pragma once

#include <xapian.h>

#include <string>
#include <vector>

#include "index/live_index.h"
#include "nutgraf/search.h"

namespace nutgraf {

/// Error(usage) where a name is none of facet_names().
void check_facet_names(const std::vector<std::string>& names);

/// Counts `matches` (ascending): passages, or the articles that they are of. May throw Xapian::Error.
[[nodiscard]] std::vector<Facet> count_facets(const std::vector<std::string>& names,
                                              const std::vector<Xapian::docid>& matches, ResultUnit by,
                                              LiveIndex& live);

}  // namespace nutgraf
