// Named companies: which words of a query name a company, and what such a name scores and shows: one concept, whichever
// of the company's names was typed. Words side by side are read together; what stands in quotes, in NEAR or behind a
// field is exact words.
#pragma once

#include <string>
#include <vector>

#include "index/live_index.h"
#include "nutgraf/query.h"
#include "nutgraf/snippet.h"
#include "search/rerank.h"

namespace nutgraf {

struct NamedCompany {
  std::string id;
  std::vector<std::string> surfaces;  ///< of the pieces that name it
  ByteRange bytes;                    ///< of the query
  std::string term;                   ///< of the passages that name it, by whatever name
  bool indexed = false;               ///< whether there are any
};

/// Without overlap; none where the index was not tagged. May throw Xapian::Error: call it inside LiveIndex::read().
[[nodiscard]] std::vector<NamedCompany> named_companies(const ParsedQuery& parsed, LiveIndex& live,
                                                        const Analyzer& analyzer);

/// By the mentions that passages are tagged with; where one is not, by the words typed.
[[nodiscard]] ScoredConcept scored_company(const NamedCompany& named, LiveIndex& live);

/// By every name of the company.
[[nodiscard]] Concept shown_company(const NamedCompany& named, LiveIndex& live);

/// What a passage shows that a filter on the company `id` lets through: every name and every product.
[[nodiscard]] Concept shown_filter(const std::string& id, LiveIndex& live);

}  // namespace nutgraf
