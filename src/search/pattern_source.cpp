#include "search/pattern_source.h"

#include <algorithm>
#include <utility>

namespace nutgraf {
namespace {

// So many candidates are read ahead at most, for their signatures to be on the way when they are looked at.
constexpr std::size_t kMostAhead = 32;

}  // namespace

// ---- the stream ----

PatternSource::PatternSource(LiveIndex& live, std::vector<WordForms> words, PatternTest test,
                             std::string without)
    : live_(live), terms_(std::move(words)), test_(std::move(test)), without_(std::move(without)) {}

void PatternSource::open_words() {
  words_ = Conjunction(live_, terms_);
  pair_.reset();
  const auto hashes = test_.pair();
  if (!hashes) return;
  const auto& words = words_.words();
  first_ = std::count(terms_[0].begin(), terms_[0].end(), words[0].main_form) > 0 ? 0 : 1;
  pair_ = live_.word_pair({(*hashes)[0], words[first_].main_form}, {(*hashes)[1], words[1 - first_].main_form});
}

void PatternSource::init(const Xapian::Database& database) {
  place_ = 0;
  current_ = {};
  if (all_known_) return;
  const double documents = database.get_doccount();
  open_words();
  double max_weight = 0, expected = documents;
  for (const ScoredWord& word : words_.words()) {
    max_weight += word.max_weight();
    expected *= std::min(1.0, word.passages() / documents);
  }
  set_maxweight(max_weight);
  expected_ = pair_ ? pair_->postings.passages() : static_cast<Xapian::doccount>(expected / 2);
  most_ = static_cast<Xapian::doccount>(std::min(words_.words().front().passages(), documents));
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
  const ScoredWord &first = words_.words()[first_], &second = words_.words()[1 - first_];
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
    for (ScoredWord& word : words_.words()) {
      word.skip_others_to(docid);
      docid = std::max(docid, word.others_docid);
    }
    if (docid == from || docid == kNoDocid) return docid;
  }
}

PatternSource::Candidate PatternSource::next_walked(Xapian::docid docid, double least) {
  const Match match = words_.next(docid, least);
  return {match.docid, match.score};
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
