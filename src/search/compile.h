// Compile: a parsed query and a view of the index in; a Xapian query, and what snippets and confirmation need, out.
#pragma once

#include <xapian.h>

#include <string>
#include <vector>

#include "index/live_index.h"
#include "nutgraf/query.h"
#include "nutgraf/search.h"
#include "nutgraf/snippet.h"
#include "search/rerank.h"

namespace nutgraf {

struct CompiledQuery {
  Xapian::Query query;            ///< empty: nothing can match
  std::vector<Concept> concepts;      ///< what a hit may show, exclusions left out
  std::vector<ScoredConcept> scored;  ///< what counts for the score, the same way
  /// Phrases that every hit must hold: 16-bit signatures can err, so hits are confirmed on their text.
  std::vector<std::vector<std::string>> required_phrases;
  std::vector<Diagnostic> warnings;
};

/// May throw Xapian::Error: call it inside LiveIndex::read().
[[nodiscard]] CompiledQuery compile(const ParsedQuery& parsed, const SearchRequest& request, LiveIndex& live, const Analyzer& analyzer);

}  // namespace nutgraf
