#include "search/term_query.h"

#include <algorithm>

#include "search/match_query.h"

namespace nutgraf {

using Xapian::Query;

Query term_query(const std::string& term, LiveIndex& live) {
  const auto is_in_all = [&](const LiveShard& shard) {
    const Xapian::doccount passages = shard.database().get_doccount();
    return passages < shard.database().get_lastdocid() && passages <= live.frequency(term);
  };
  const bool risky = std::any_of(live.shards().begin(), live.shards().end(), is_in_all);
  return risky ? Query(Query::OP_AND, match_all(), Query(term)) : Query(term);
}

}  // namespace nutgraf
