// Conditions: sources, companies, days, languages and ids as queries without weight.
#pragma once

#include <xapian.h>

#include <optional>
#include <string>
#include <vector>

#include "index/live_index.h"
#include "nutgraf/analyzer.h"
#include "nutgraf/query.h"
#include "search/query_parts.h"

namespace nutgraf {

/// A condition and, where nothing in the index meets it, why ("no article is from ...").
struct Condition {
  Xapian::Query query;
  std::string problem;
  std::optional<std::string> suggestion = {};  ///< a value that was perhaps meant
};

/// Every source whose name holds the words of `name`: "bohu" finds "Bohu Finance (bohuFN)".
[[nodiscard]] Condition source_condition(const std::string& name, LiveIndex& live, const Analyzer& analyzer);
/// Both days included; an open end reaches to the first or the last day that the index holds.
[[nodiscard]] Condition date_condition(Date since, Date until, LiveIndex& live);
[[nodiscard]] Condition language_condition(const std::string& code, LiveIndex& live, const Analyzer& analyzer);
/// Passages that speak of the company with this id, name, alias or product.
[[nodiscard]] Condition company_condition(const std::string& name, LiveIndex& live, const Analyzer& analyzer);
/// The passages of articles whose title or text changed after this sequence number.
[[nodiscard]] MatchQuery changed_after(std::uint64_t sequence, LiveIndex& live, const QueryParts& parts);
[[nodiscard]] Condition id_condition(const std::string& id, LiveIndex& live);

/// How a source is written, whose term is folded: as in the article that arrived first, of those that `firsts` are
/// passages of; the first one of each shard will do. There is at least one.
[[nodiscard]] std::string written_source(const std::vector<Xapian::docid>& firsts, LiveIndex& live);

}  // namespace nutgraf
