#include "search/conjunction.h"

#include <algorithm>
#include <cmath>

namespace nutgraf {
namespace {

std::size_t most_frequent(LiveIndex& live, const WordForms& forms) {
  const auto most = std::max_element(forms.begin(), forms.end(), [&](const std::string& a, const std::string& b) {
    return live.frequency(a) < live.frequency(b);
  });
  return static_cast<std::size_t>(most - forms.begin());
}

}  // namespace

// ---- a word ----

ScoredWord::ScoredWord(LiveIndex& live, const WordForms& forms) : ScoredWord(live, forms, most_frequent(live, forms)) {}

ScoredWord::ScoredWord(LiveIndex& live, const WordForms& forms, std::size_t place)
    : main_form(forms[place]), main(live, main_form) {
  for (std::size_t i = 0; i < forms.size(); ++i) {
    if (i != place) others.emplace_back(live, forms[i]);
  }
  for (const ScoredPostings& form : others) others_max_weight += form.max_weight();
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
  for (const auto& forms : words) words_.emplace_back(live, forms);
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
