// Timeline: counts of the matches of one search by period, and a search in each peak.
#pragma once

#include <functional>

#include "index/live_index.h"
#include "nutgraf/timeline.h"

namespace nutgraf {

/// `search` answers requests on the same view. May throw Xapian::Error.
[[nodiscard]] Timeline make_timeline(const TimelineRequest& request, LiveIndex& live, const Analyzer& analyzer,
                                     const std::function<SearchResponse(const SearchRequest&)>& search);

}  // namespace nutgraf
