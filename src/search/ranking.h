// Ranking: scored candidates into the order in which they are shown.
#pragma once

#include <span>
#include <vector>

#include "index/signatures.h"
#include "search/article_cache.h"
#include "search/rerank.h"

namespace nutgraf {

/// The `count` best stand first, in no order: by score, then newer date, then what the passages say; docids decide
/// between equal texts only.
void bring_best_forward(std::span<Candidate> candidates, std::size_t count, const Signatures& signatures);
/// Score, then newer date, then passage id.
void order_by_score(std::vector<Candidate>& candidates, const Signatures& signatures, ArticleCache& articles);
/// Newer date, then score, then passage id; undated ones last.
void order_by_date(std::vector<Candidate>& candidates, const Signatures& signatures, ArticleCache& articles);

}  // namespace nutgraf
