#include "search/signature_source.h"

#include <algorithm>
#include <utility>

namespace nutgraf {
namespace {

bool holds_sequence(std::span<const std::uint16_t> signature, const std::vector<std::uint16_t>& hashes) {
  return std::search(signature.begin(), signature.end(), hashes.begin(), hashes.end()) != signature.end();
}

// One of each hash within a window. From every place of any of them, looks that far ahead for all.
bool holds_near(std::span<const std::uint16_t> signature, const std::vector<std::uint16_t>& hashes, std::size_t distance) {
  std::vector<std::size_t> last(hashes.size(), std::string::npos);
  for (std::size_t place = 0; place < signature.size(); ++place) {
    bool met = false;
    for (std::size_t i = 0; i < hashes.size(); ++i) {
      if (signature[place] != hashes[i]) continue;
      // The same word twice in the query wants two places: the older place moves on to its twin.
      for (std::size_t twin = i + 1; twin < hashes.size(); ++twin) {
        if (hashes[twin] == hashes[i]) std::swap(last[twin], last[i]);
      }
      last[i] = place;
      met = true;
      break;
    }
    if (!met) continue;
    const std::size_t oldest = *std::min_element(last.begin(), last.end());
    const bool all = std::find(last.begin(), last.end(), std::string::npos) == last.end();
    if (all && place - oldest <= distance) return true;
  }
  return false;
}

}  // namespace

bool matches(std::span<const std::uint16_t> signature, const SignaturePattern& pattern) {
  if (pattern.hashes.empty()) return false;
  return pattern.near == 0 ? holds_sequence(signature, pattern.hashes) : holds_near(signature, pattern.hashes, pattern.near);
}

SignatureSource::SignatureSource(const Signatures& signatures, SignaturePattern pattern)
    : signatures_(signatures), pattern_(std::move(pattern)) {}

void SignatureSource::init(const Xapian::Database& database) {
  docid_ = 0;
  documents_ = database.get_doccount();
  set_maxweight(0);
}

// High, so that Xapian asks the word lists first and this source about their candidates only.
Xapian::doccount SignatureSource::get_termfreq_est() const { return documents_ / 2; }

void SignatureSource::next(double) {
  do ++docid_;
  while (!at_end() && !holds(docid_));
}

void SignatureSource::skip_to(Xapian::docid docid, double) {
  if (docid <= docid_) return;
  docid_ = docid;
  while (!at_end() && !holds(docid_)) ++docid_;
}

bool SignatureSource::check(Xapian::docid docid, double) {
  docid_ = std::max(docid_, docid);
  return at_end() || holds(docid_);
}

std::string SignatureSource::get_description() const {
  return std::string("Signature(") + std::to_string(pattern_.hashes.size()) + " words" +
         (pattern_.near == 0 ? "" : ", near " + std::to_string(pattern_.near)) + ")";
}

ArticleSource::ArticleSource(const Signatures& signatures, std::string term) : signatures_(signatures), term_(std::move(term)) {}

void ArticleSource::init(const Xapian::Database& database) {
  database_ = database;
  posting_ = database_.postlist_begin(term_);
  end_ = database_.postlist_end(term_);
  articles_ = database_.get_termfreq(term_);
  documents_ = database_.get_doccount();
  docid_ = 0;
  at_end_ = false;
  set_maxweight(0);
}

void ArticleSource::enter_article() {
  at_end_ = posting_ == end_;
  if (!at_end_) docid_ = *posting_;
}

void ArticleSource::next(double) {
  // Ordinals count up within an article; 1 starts the next one.
  const bool inside = docid_ != 0 && docid_ < signatures_.last_docid() && signatures_.ordinal(docid_ + 1) > 1;
  if (inside) {
    ++docid_;
    return;
  }
  if (docid_ != 0) ++posting_;
  enter_article();
}

void ArticleSource::skip_to(Xapian::docid docid, double min_weight) {
  if (docid <= docid_) return;
  const Xapian::docid article = docid <= signatures_.last_docid() ? signatures_.article(docid) : docid;
  if (docid_ == 0) {
    if (posting_ != end_) posting_.skip_to(article);
    enter_article();
  } else if (signatures_.article(docid_) != article) {
    if (posting_ != end_) posting_.skip_to(article);
    enter_article();
  }
  while (!at_end_ && docid_ < docid) next(min_weight);
}

std::string ArticleSource::get_description() const { return "Article(" + term_ + ")"; }

}  // namespace nutgraf
