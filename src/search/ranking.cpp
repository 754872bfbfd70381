#include "search/ranking.h"

#include <algorithm>
#include <set>
#include <utility>

#include "search/near_duplicates.h"

namespace nutgraf {
namespace {

bool id_before(Xapian::docid a, Xapian::docid b, const Signatures& signatures, ArticleCache& articles) {
  return signatures.article(a) == signatures.article(b) ? a < b : articles.of(a).id < articles.of(b).id;
}

// An article that says when it was published speaks for one that does not.
bool published_earlier(Xapian::docid a, Xapian::docid b, const Signatures& signatures) {
  const Date date_a = signatures.date(a), date_b = signatures.date(b);
  if (date_a.known() != date_b.known()) return date_a.known();
  return date_a != date_b ? date_a < date_b : a < b;
}

}  // namespace

void bring_best_forward(std::span<Candidate> candidates, std::size_t count, const Signatures& signatures) {
  if (count >= candidates.size()) return;
  const auto end = candidates.begin() + static_cast<std::ptrdiff_t>(count);
  std::nth_element(candidates.begin(), end, candidates.end(), [&](const Candidate& a, const Candidate& b) {
    if (a.score != b.score) return a.score > b.score;
    if (signatures.date(a.docid) != signatures.date(b.docid))
      return signatures.date(a.docid) > signatures.date(b.docid);
    const auto text_a = signatures.of(a.docid), text_b = signatures.of(b.docid);
    const auto order =
        std::lexicographical_compare_three_way(text_a.begin(), text_a.end(), text_b.begin(), text_b.end());
    return order != 0 ? order < 0 : a.docid < b.docid;
  });
}

void order_by_score(std::vector<Candidate>& candidates, const Signatures& signatures, ArticleCache& articles) {
  std::stable_sort(candidates.begin(), candidates.end(), [&](const Candidate& a, const Candidate& b) {
    if (a.score != b.score) return a.score > b.score;
    if (signatures.date(a.docid) != signatures.date(b.docid))
      return signatures.date(a.docid) > signatures.date(b.docid);
    return id_before(a.docid, b.docid, signatures, articles);
  });
}

void order_by_date(std::vector<Candidate>& candidates, const Signatures& signatures, ArticleCache& articles) {
  std::stable_sort(candidates.begin(), candidates.end(), [&](const Candidate& a, const Candidate& b) {
    if (signatures.date(a.docid) != signatures.date(b.docid))
      return signatures.date(a.docid) > signatures.date(b.docid);
    if (a.score != b.score) return a.score > b.score;
    return id_before(a.docid, b.docid, signatures, articles);
  });
}

std::vector<Candidate> fold_copies(std::vector<Candidate> candidates, Speaker speaker, const Signatures& signatures) {
  std::vector<Candidate> folded;
  DuplicateGroups groups;
  for (auto& candidate : candidates) {
    const std::size_t number = groups.add(signatures.of(candidate.docid));
    if (number == folded.size()) {
      folded.push_back(std::move(candidate));
      continue;
    }
    Candidate& group = folded[number];
    group.duplicates.push_back(candidate.docid);
    if (speaker == Speaker::earliest && candidate.tier == group.tier &&
        published_earlier(candidate.docid, group.docid, signatures))
      std::swap(group.duplicates.back(), group.docid);
  }
  for (auto& group : folded) std::sort(group.duplicates.begin(), group.duplicates.end());
  return folded;
}

void keep_best_of_articles(std::vector<Candidate>& candidates, const Signatures& signatures) {
  std::set<Xapian::docid> met;
  std::erase_if(candidates,
                [&](const Candidate& candidate) { return !met.insert(signatures.article(candidate.docid)).second; });
}

void drop_copies_of(const std::vector<Xapian::docid>& originals, std::vector<Candidate>& candidates,
                    const Signatures& signatures) {
  if (originals.empty()) return;
  DuplicateGroups groups;
  std::size_t known = 0;
  for (const auto original : originals) known = std::max(known, groups.add(signatures.of(original)) + 1);
  std::set<Xapian::docid> copies;
  for (const auto& candidate : candidates) {
    if (groups.add(signatures.of(candidate.docid)) < known) copies.insert(signatures.article(candidate.docid));
  }
  std::erase_if(candidates,
                [&](const Candidate& candidate) { return copies.contains(signatures.article(candidate.docid)); });
}

}  // namespace nutgraf
