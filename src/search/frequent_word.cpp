#include "search/frequent_word.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>

#include "search/scored_postings.h"

namespace nutgraf {
namespace {

// Passages of all other terms: each is looked up among those of the frequent one.
constexpr Xapian::doccount kRare = 1000;

using Weights = std::map<Xapian::docid, double>;

Weights weights_of_any(LiveIndex& live, const std::vector<std::string>& terms) {
  Weights weights;
  for (const auto& term : terms) {
    for (ScoredPostings list(live, term); list.docid() != kNoDocid; list.next()) weights[list.docid()] += list.weight();
  }
  return weights;
}

// What is not among `matches` comes after `last`.
std::optional<BestOfTerms> best_before(std::vector<Match> matches, Match last, std::size_t depth, std::size_t found) {
  for (Match& match : matches) match.score = rounded(match.score);
  last.score = rounded(last.score);
  std::erase_if(matches, [&](const Match& match) { return is_better(last, match); });
  if (matches.size() < depth) return std::nullopt;
  const auto last_wanted = matches.begin() + static_cast<std::ptrdiff_t>(depth - 1);
  std::nth_element(matches.begin(), last_wanted, matches.end(), is_better);
  const double least = last_wanted->score;
  std::erase_if(matches, [&](const Match& match) { return match.score < least; });
  const double most_beyond = least > last.score ? std::nextafter(least, 0) : least;
  return BestOfTerms{std::move(matches), false, found, most_beyond};
}

}  // namespace

std::optional<BestOfTerms> best_of_frequent_word(LiveIndex& live, std::vector<std::string> terms, std::size_t depth,
                                                 std::size_t counted) {
  std::uint64_t most = 0, passages = 0;
  std::size_t frequent = 0;
  for (std::size_t i = 0; i < terms.size(); ++i) {
    const std::uint64_t of_term = live.frequency(terms[i]);
    passages += of_term;
    if (of_term > most) frequent = i;
    most = std::max(most, of_term);
  }
  if (passages - most > kRare || most <= counted) return std::nullopt;
  const std::string term = terms[frequent];
  terms.erase(terms.begin() + static_cast<std::ptrdiff_t>(frequent));
  const auto champions = live.champions(term);
  if (!champions || champions->postings.empty()) return std::nullopt;

  // The champions, and what came after they were chosen.
  ScoredPostings list(live, term);
  std::vector<Match> matches;
  for (const auto& [docid, wdf] : champions->postings) matches.push_back({docid, list.weight_of(wdf)});
  const Match last = matches.back();
  ScoredPostings later(live, term);
  for (later.skip_to(champions->complete_to + 1); later.docid() != kNoDocid; later.next())
    matches.push_back({later.docid(), later.weight()});

  std::size_t found = list.passages();
  Weights others = weights_of_any(live, terms);
  for (Match& match : matches) {
    const auto other = others.find(match.docid);
    if (other == others.end()) continue;
    match.score += other->second;
    others.erase(other);
  }
  for (const auto& [docid, weight] : others) {
    list.skip_to(docid);
    const bool has_both = list.docid() == docid;
    matches.push_back({docid, weight + (has_both ? list.weight() : 0)});
    found += has_both ? 0 : 1;
  }
  return best_before(std::move(matches), last, depth, found);
}
}  // namespace nutgraf
