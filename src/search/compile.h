// Compile: a parsed query and a view of the index in; a match query, and what snippets, scores and warnings need,
// out.
#pragma once

#include <xapian.h>

#include <string>
#include <vector>

#include "index/live_index.h"
#include "nutgraf/query.h"
#include "nutgraf/search.h"
#include "search/leaves.h"
#include "search/match_query.h"
#include "search/query_parts.h"

namespace nutgraf {

/// Something that every hit must meet: a word after "+", an exclusion, a filter, an option.
struct Requirement {
  MatchQuery query;
  std::string name;  ///< as in the query: "xyz", source:"Wire", --lang zh
  ByteRange bytes;   ///< in the query; empty for an option, and where its parts have bytes of their own
  bool excluded = false;
  bool impossible = false;  ///< that nothing meets it has been said
};

struct CompiledQuery {
  std::vector<NamedCompany> companies = {};  ///< that words of the query name
  MatchQuery query = {};                     ///< empty: nothing can match
  std::vector<Requirement> requirements = {};
  LeafResults leaves = {};
  std::vector<Diagnostic> warnings = {};  ///< by byte; at most kMaxQueryWarnings
};

/// May throw Xapian::Error: call it inside LiveIndex::read().
[[nodiscard]] CompiledQuery compile(const ParsedQuery& parsed, const SearchRequest& request, LiveIndex& live,
                                    const Analyzer& analyzer, const QueryParts& parts);

/// Adds the days, source, company, language and arrival that the request is restricted to.
void restrict_to_request(CompiledQuery& compiled, const SearchRequest& request, LiveIndex& live,
                         const Analyzer& analyzer, const QueryParts& parts);

}  // namespace nutgraf
