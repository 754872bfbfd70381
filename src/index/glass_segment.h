// Glass segment: the fast way to build a segment. Postings are collected in memory, sorted and written as a database in
// Xapian's own format, which two thirds of the time of add_document() go into otherwise. Only for temporary segments:
// what is searched is what Database::compact() makes of them, and it is checked before it is published.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "index/segment.h"

namespace nutgraf {

/// The same segment as build_segment(). Error(internal), too, where Xapian's format is not the one that we write, or
/// Xapian does not find in the segment what was put in.
[[nodiscard]] Segment build_segment_in_bulk(const GenerationPaths& paths, const std::vector<AdmittedArticle>& articles,
                                            const std::vector<std::string>& roots, std::string_view dictionary,
                                            const CompanyMatcher* companies);

}  // namespace nutgraf
