// Analyze: a query as each step leaves it.
#pragma once

#include "index/live_index.h"
#include "nutgraf/analyzer.h"
#include "nutgraf/search.h"

namespace nutgraf {

/// May throw Xapian::Error: call it inside LiveIndex::read().
[[nodiscard]] QueryAnalysis analyze(const SearchRequest& request, LiveIndex& live, const Analyzer& analyzer);

}  // namespace nutgraf
