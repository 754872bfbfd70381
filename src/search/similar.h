// Similar: a stored text as a query of the words that tell it from others.
#pragma once

#include <xapian.h>

#include <string>
#include <vector>

#include "index/live_index.h"
#include "nutgraf/search.h"
#include "search/compile.h"

namespace nutgraf {

struct SimilarQuery {
  CompiledQuery compiled;
  std::string words;                     ///< as a query would have them
  std::vector<Xapian::docid> originals;  ///< the passages asked about
};

/// For all passages of the article that begins at `first`, or for the one with `ordinal` if that is not 0. The article
/// itself is excluded. May throw Xapian::Error.
[[nodiscard]] SimilarQuery compile_similar(Xapian::docid first, unsigned ordinal, const SearchRequest& request,
                                           LiveIndex& live, const Analyzer& analyzer, const QueryParts& parts);

}  // namespace nutgraf
