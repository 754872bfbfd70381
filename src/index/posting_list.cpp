#include "index/posting_list.h"

#include <cmath>

namespace nutgraf {

FetchedPostings fetch_postings(const Xapian::Database& database, const std::string& term, Xapian::doccount frequency) {
  auto postings = std::make_shared<std::vector<Posting>>();
  if (frequency > 0) {
    Xapian::Enquire enquire(database);
    enquire.set_weighting_scheme(Xapian::TfIdfWeight("nnn"));  // a weight is the wdf
    enquire.set_query(Xapian::Query(term));
    const Xapian::MSet found = enquire.get_mset(0, frequency, frequency);
    postings->reserve(found.size());
    for (auto match = found.begin(); match != found.end(); ++match)
      postings->push_back({*match, static_cast<Xapian::termcount>(std::lround(match.get_weight()))});
    std::sort(postings->begin(), postings->end(), [](const Posting& a, const Posting& b) { return a.docid < b.docid; });
  }
  return postings;
}

}  // namespace nutgraf
