#include "search/conjunction.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace nutgraf {
namespace {

bool is_rarer(const ScoredPostings& a, const ScoredPostings& b) { return a.passages() < b.passages(); }

}  // namespace

// ---- a word ----

ScoredWord::ScoredWord(const WordForms& forms, std::vector<ScoredPostings> lists, std::size_t most_frequent)
    : main_form(forms[most_frequent]), main(std::move(lists[most_frequent])), others(std::move(lists)) {
  others.erase(others.begin() + static_cast<std::ptrdiff_t>(most_frequent));
  for (const ScoredPostings& form : others) others_max_weight += form.max_weight();
}

ScoredWord ScoredWord::open(LiveIndex& live, const WordForms& forms) {
  std::vector<ScoredPostings> lists;
  for (const auto& form : forms) lists.emplace_back(live, form);
  const auto most = std::max_element(lists.begin(), lists.end(), is_rarer);
  const auto place = static_cast<std::size_t>(most - lists.begin());
  return {forms, std::move(lists), place};
}

double ScoredWord::passages() const {
  double passages = main.passages();
  for (const ScoredPostings& form : others) passages += form.passages();
  return passages;
}

Xapian::docid ScoredWord::skip_to(Xapian::docid docid) {
  main.skip_to(docid);
  skip_others_to(docid);
  return std::min(main.docid(), others_docid);
}

void ScoredWord::skip_others_to(Xapian::docid docid) {
  if (others_docid >= docid) return;
  others_docid = kNoDocid;
  for (ScoredPostings& form : others) {
    form.skip_to(docid);
    others_docid = std::min(others_docid, form.docid());
  }
}

double ScoredWord::weight(Xapian::docid docid) const {
  return (main.docid() == docid ? main.weight() : 0) + weight_of_others(docid);
}

double ScoredWord::weight_of_others(Xapian::docid docid) const {
  double weight = 0;
  if (others_docid != docid) return weight;
  for (const ScoredPostings& form : others) weight += form.docid() == docid ? form.weight() : 0;
  return weight;
}

double ScoredWord::max_weight(Xapian::docid docid) {
  skip_others_to(docid);
  return main.max_weight() + (others_docid == docid ? others_max_weight : 0);
}

// ---- all words ----

Conjunction::Conjunction(LiveIndex& live, const std::vector<WordForms>& words) {
  words_.reserve(words.size());
  for (const auto& forms : words) words_.push_back(ScoredWord::open(live, forms));
  std::stable_sort(words_.begin(), words_.end(),
                   [](const ScoredWord& a, const ScoredWord& b) { return a.passages() < b.passages(); });
}

Match Conjunction::next(Xapian::docid docid, double least) {
  double weight = 0;
  for (std::size_t i = 0; i < words_.size();) {
    const Xapian::docid found = words_[i].skip_to(docid);
    if (found == kNoDocid) return {kNoDocid, 0};
    if (found != docid) {
      docid = found;
      if (i > 0) {
        i = 0;
        continue;
      }
    }
    weight = (i > 0 ? weight : 0) + words_[i].weight(docid);
    double possible = weight;
    for (std::size_t rest = ++i; rest < words_.size() && possible < least; ++rest)
      possible += words_[rest].max_weight(docid);
    if (possible < least) {
      ++docid;
      i = 0;
    }
  }
  return {docid, weight};
}

// Until so many are found that the lightest do not count, none is passed over: those that follow stand as thick.
BestOfTerms best_of_all(LiveIndex& live, const std::vector<WordForms>& words, std::size_t depth, std::size_t counted) {
  Conjunction conjunction(live, words);
  BestMatches best(depth, counted);
  std::size_t found = 0;
  Xapian::docid last = 0;
  for (Match match = conjunction.next(1, 0); match.docid != kNoDocid;
       match = conjunction.next(match.docid + 1, best.least() - kRounding)) {
    if (best.all()) {
      ++found;
      last = match.docid;
    }
    best.add({match.docid, rounded(match.score)});
  }
  BestOfTerms result;
  result.all = best.all();
  const double share = result.all ? 1 : static_cast<double>(live.database().get_lastdocid()) / last;
  result.estimated = static_cast<std::size_t>(std::llround(static_cast<double>(found) * share));
  result.most_beyond = best.most_beyond();
  result.matches = best.take();
  return result;
}

}  // namespace nutgraf
