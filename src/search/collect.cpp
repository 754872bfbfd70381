#include "search/collect.h"

#include <algorithm>

#include "search/signature_source.h"

namespace nutgraf {
namespace {

Xapian::MSet matches_of(const Xapian::Query& query, Xapian::doccount wanted, LiveIndex& live) {
  Xapian::Enquire enquire(live.database());
  enquire.set_weighting_scheme(Xapian::BoolWeight());
  enquire.set_docid_order(Xapian::Enquire::ASCENDING);
  enquire.set_query(Xapian::Query(Xapian::Query::OP_SCALE_WEIGHT, query, 0.0));
  return enquire.get_mset(0, wanted, live.database().get_doccount());
}

}  // namespace

std::vector<Xapian::docid> all_matches(const Xapian::Query& query, LiveIndex& live) {
  if (query.empty()) return {};
  const Xapian::MSet matches = matches_of(query, live.database().get_doccount(), live);
  std::vector<Xapian::docid> docids;
  docids.reserve(matches.size());
  for (auto match = matches.begin(); match != matches.end(); ++match) docids.push_back(*match);
  return docids;
}

std::vector<Xapian::docid> matches_among(const Xapian::Query& query, std::vector<Xapian::docid> docids,
                                         LiveIndex& live) {
  if (docids.empty()) return {};
  std::sort(docids.begin(), docids.end());
  const Xapian::Query among((new ListSource(std::move(docids)))->release());
  return all_matches(Xapian::Query(Xapian::Query::OP_FILTER, query, among), live);
}

std::size_t count_matches(const Xapian::Query& query, LiveIndex& live) {
  return query.empty() ? 0 : matches_of(query, 0, live).get_matches_estimated();
}

}  // namespace nutgraf
