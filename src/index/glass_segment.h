// Glass segment: the fast way to build a segment. Parts in memory are written as a database in Xapian's own format,
// which two thirds of the time of add_document() go into otherwise.
#pragma once

#include <span>

#include "index/bulk_part.h"
#include "index/layout.h"
#include "index/term_counts.h"

namespace nutgraf {

/// Writes the database at `paths`, docids going on from part to part; the side files are append_signatures()'s. There
/// must be a passage. Gives how many postings it has; `counter`, if any, counts them. Error(internal) where Xapian's
/// format is not the one that we write, or Xapian does not find in the database what was put in.
std::uint64_t write_database(const GenerationPaths& paths, std::span<const BulkPart* const> parts,
                             TermCounter* counter = nullptr);

}  // namespace nutgraf
