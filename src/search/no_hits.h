// No hits: which part of a query leaves nothing over.
#pragma once

#include <vector>

#include "search/compile.h"
#include "search/matcher.h"

namespace nutgraf {

/// For a query that found nothing: what no passage meets, and without what there would be hits. May throw
/// Xapian::Error.
[[nodiscard]] std::vector<Diagnostic> explain_no_hits(const CompiledQuery& compiled, Matcher& matcher);

}  // namespace nutgraf
