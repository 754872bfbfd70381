// No hits: which part of a query leaves nothing over.
#pragma once

#include <vector>

#include "index/live_index.h"
#include "search/compile.h"

namespace nutgraf {

/// For a query that found nothing: what no passage meets, and without what there would be hits. May throw
/// Xapian::Error.
[[nodiscard]] std::vector<Diagnostic> explain_no_hits(const CompiledQuery& compiled, LiveIndex& live);

}  // namespace nutgraf
