// One full value of each kind that presenters print; the unit tests compare its bytes, and the schema test validates
// it.
#pragma once

#include "nutgraf/present.h"

namespace samples {

nutgraf::SearchResponse response();
/// As little as a response can hold.
nutgraf::SearchResponse bare_response();
/// With facets and explanations.
nutgraf::SearchResponse detailed_response();
nutgraf::QueryAnalysis analysis();
nutgraf::Timeline timeline();
nutgraf::WatchNews news();
std::vector<nutgraf::Watch> watches();
nutgraf::StoredArticle stored();
nutgraf::IndexInfo info();
nutgraf::EvaluationReport evaluation();
nutgraf::DocumentReport report();

}  // namespace samples
