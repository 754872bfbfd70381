#include "search/scored_postings.h"

#include "search/bm25.h"

namespace nutgraf {

ScoredPostings::ScoredPostings(LiveIndex& live, const std::string& term)
    : passages_(live.frequency(term)),
      postings_(live.postings(term)),
      docid_(postings_.at_end() ? kNoDocid : postings_.docid()) {
  const double factor = idf(live.database().get_doccount(), passages_);
  for (std::size_t wdf = 0; wdf < weights_.size(); ++wdf) weights_[wdf] = bm25(factor, static_cast<double>(wdf));
}

}  // namespace nutgraf
