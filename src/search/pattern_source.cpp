#include "search/pattern_source.h"

#include <algorithm>
#include <utility>

namespace nutgraf {
namespace {

// Sums in another order differ in their last bits: what comes so near to the least weight is weighed to the end.
constexpr double kRounding = 1e-9;

// So many candidates are read ahead at most, for their signatures to be on the way when they are looked at.
constexpr std::size_t kMostAhead = 32;

}  // namespace

// ---- words ----

PatternSource::Word::Word(const std::vector<std::string>& terms, std::vector<ScoredPostings> forms, std::size_t place)
    : main_term(terms[place]), main(std::move(forms[place])) {
  forms.erase(forms.begin() + static_cast<std::ptrdiff_t>(place));
  others = std::move(forms);
  for (const ScoredPostings& form : others) others_max_weight += form.max_weight();
}

double PatternSource::Word::passages() const {
  double passages = main.passages();
  for (const ScoredPostings& form : others) passages += form.passages();
  return passages;
}

Xapian::docid PatternSource::Word::skip_to(Xapian::docid docid) {
  main.skip_to(docid);
  skip_others_to(docid);
  return std::min(main.docid(), others_docid);
}

double PatternSource::Word::weight(Xapian::docid docid) const {
  return (main.docid() == docid ? main.weight() : 0) + weight_of_others(docid);
}

double PatternSource::Word::weight_of_others(Xapian::docid docid) const {
  double weight = 0;
  if (others_docid != docid) return weight;
  for (const ScoredPostings& form : others) weight += form.docid() == docid ? form.weight() : 0;
  return weight;
}

double PatternSource::Word::max_weight(Xapian::docid docid) {
  skip_others_to(docid);
  return main.max_weight() + (others_docid == docid ? others_max_weight : 0);
}

void PatternSource::Word::skip_others_to(Xapian::docid docid) {
  if (others_docid >= docid) return;
  others_docid = kNoDocid;
  for (ScoredPostings& form : others) {
    form.skip_to(docid);
    others_docid = std::min(others_docid, form.docid());
  }
}

// ---- the stream ----

PatternSource::PatternSource(LiveIndex& live, std::vector<std::vector<std::string>> words, PatternTest test,
                             std::string without)
    : live_(live), terms_(std::move(words)), test_(std::move(test)), without_(std::move(without)) {}

PatternSource::Word PatternSource::open(const std::vector<std::string>& terms) {
  std::vector<ScoredPostings> forms;
  for (const auto& term : terms) forms.emplace_back(live_, term);
  const auto main = std::max_element(forms.begin(), forms.end(), [](const ScoredPostings& a, const ScoredPostings& b) {
    return a.passages() < b.passages();
  });
  const auto place = static_cast<std::size_t>(main - forms.begin());
  return {terms, std::move(forms), place};
}

void PatternSource::open_words() {
  words_.clear();
  for (const auto& terms : terms_) words_.push_back(open(terms));
  const auto pair = test_.pair();
  pair_ = pair ? live_.word_pair({(*pair)[0], words_[0].main_term}, {(*pair)[1], words_[1].main_term}) : std::nullopt;
  const std::string first = words_.front().main_term;
  std::stable_sort(words_.begin(), words_.end(),
                   [](const Word& a, const Word& b) { return a.passages() < b.passages(); });
  first_ = words_.front().main_term == first ? 0 : 1;
}

void PatternSource::init(const Xapian::Database& database) {
  place_ = 0;
  current_ = {};
  if (all_known_) return;
  const double documents = database.get_doccount();
  open_words();
  double max_weight = 0, expected = documents;
  for (const Word& word : words_) {
    max_weight += word.max_weight();
    expected *= std::min(1.0, word.passages() / documents);
  }
  set_maxweight(max_weight);
  expected_ = pair_ ? pair_->postings.passages() : static_cast<Xapian::doccount>(expected / 2);
  most_ = static_cast<Xapian::doccount>(std::min(words_.front().passages(), documents));
  left_out_.clear();
  if (!without_.empty()) left_out_.push_back(live_.postings(without_));
  candidates_.clear();
  ahead_ = 1;
  hits_.clear();
  seen_all_ = true;
}

void PatternSource::skip_to(Xapian::docid docid, double min_weight) {
  if (docid > current_.docid) advance(docid, min_weight);
}

PatternSource::Candidate PatternSource::next_candidate(Xapian::docid docid, double least) {
  return pair_ ? next_listed(docid, least) : next_walked(docid, least);
}

PatternSource::Candidate PatternSource::next_listed(Xapian::docid docid, double least) {
  const Word &first = words_[first_], &second = words_[1 - first_];
  PairPostings& postings = pair_->postings;
  Xapian::docid from = docid;
  while (from <= pair_->complete_to) {
    postings.skip_to(from);
    const Xapian::docid listed = postings.at_end() ? kNoDocid : postings.docid();
    const Xapian::docid other = next_with_others(from);
    const Xapian::docid found = std::min(listed, other);
    if (found > pair_->complete_to) break;
    double weight = 0;
    if (found == listed)
      weight = first.main.weight_of(postings.first_wdf()) + second.main.weight_of(postings.second_wdf());
    if (found == other) weight += first.weight_of_others(found) + second.weight_of_others(found);
    if (weight >= least) return {found, weight, found == listed};
    from = found + 1;
  }
  return next_walked(std::max(docid, pair_->complete_to + 1), least);
}

Xapian::docid PatternSource::next_with_others(Xapian::docid docid) {
  for (;;) {
    const Xapian::docid from = docid;
    for (Word& word : words_) {
      word.skip_others_to(docid);
      docid = std::max(docid, word.others_docid);
    }
    if (docid == from || docid == kNoDocid) return docid;
  }
}

PatternSource::Candidate PatternSource::next_walked(Xapian::docid docid, double least) {
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

void PatternSource::read_ahead(Xapian::docid docid, double least, std::size_t count) {
  if (!candidates_.empty()) docid = std::max(docid, candidates_.back().docid + 1);
  candidates_.clear();
  place_ = 0;
  while (candidates_.size() < count) {
    candidates_.push_back(next_candidate(docid, least));
    docid = candidates_.back().docid;
    if (docid == kNoDocid) return;
    if (!candidates_.back().listed) test_.prefetch(docid);
    ++docid;
  }
}

void PatternSource::advance(Xapian::docid docid, double min_weight) {
  const double least = min_weight - kRounding;
  seen_all_ = seen_all_ && min_weight <= 0 && docid == current_.docid + 1;
  for (;; ++place_) {
    if (place_ == candidates_.size() && !all_known_) {
      // Between others that are skipped few are asked for.
      const bool skips = !candidates_.empty() && docid > candidates_.back().docid + 1;
      ahead_ = skips ? 1 : std::min(2 * ahead_, kMostAhead);
      read_ahead(docid, least, ahead_);
    }
    current_ = place_ < candidates_.size() ? candidates_[place_] : Candidate{kNoDocid, 0};
    if (current_.docid == kNoDocid) break;
    if (current_.docid >= docid && current_.weight >= least && holds(current_)) {
      ++place_;
      if (seen_all_) hits_.push_back(current_);
      return;
    }
  }
  if (seen_all_) {
    candidates_ = std::move(hits_);
    place_ = candidates_.size();
    all_known_ = true;
    seen_all_ = false;  // nothing more to learn
  }
}

bool PatternSource::holds(const Candidate& candidate) {
  const Xapian::docid docid = candidate.docid;
  if (all_known_) return test_.by_text(docid);
  if (!candidate.listed && !test_.by_hashes(docid)) return false;
  for (PostingList& postings : left_out_) {
    if (!postings.at_end() && postings.docid() < docid) postings.skip_to(docid);
    if (!postings.at_end() && postings.docid() == docid) return false;
  }
  return test_.by_text(docid);
}

std::string PatternSource::get_description() const {
  std::string text;
  for (const auto& terms : terms_) {
    std::string word;
    for (const auto& term : terms) word += (word.empty() ? "" : " OR ") + term;
    text += (text.empty() ? "" : " AND ") + (terms.size() > 1 ? "(" + word + ")" : word);
  }
  return text + " as " + test_.description() + (without_.empty() ? "" : " without " + without_);
}

}  // namespace nutgraf
