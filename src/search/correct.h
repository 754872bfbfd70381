// Correct: suggestions for the words of a query that no passage has, and the query with them put in.
#pragma once

#include <optional>
#include <string>

#include "index/live_index.h"
#include "nutgraf/analyzer.h"
#include "nutgraf/search.h"

namespace nutgraf {

/// Puts a suggestion into each warning of an unknown word that has one; gives the query with all of them put in, or
/// nothing where there is none. Opens the word list only when there is an unknown word. Call it inside
/// LiveIndex::read().
std::optional<std::string> suggest_corrections(SearchResponse& response, LiveIndex& live, const Analyzer& analyzer);

}  // namespace nutgraf
