// A posting list as a query.
#pragma once

#include <xapian.h>

#include <string>

#include "index/live_index.h"

namespace nutgraf {

/// The passages that have a term (with prefix), weighted as such. Xapian 1.4.22 takes a list of every document for a
/// damaged one where nothing is weighted and docids are missing ("Unexpected end of posting list"), as after a removal:
/// there the list is read beside that of all passages. May throw Xapian::Error.
[[nodiscard]] Xapian::Query term_query(const std::string& term, LiveIndex& live);

}  // namespace nutgraf
