#include "search/signature_source.h"

#include <algorithm>
#include <utility>

namespace nutgraf {
SignatureSource::SignatureSource(LiveIndex& live, PatternTest test, std::string without)
    : live_(live), test_(std::move(test)), without_(std::move(without)) {}

void SignatureSource::init(const Xapian::Database& database) {
  docid_ = 0;
  documents_ = database.get_doccount();
  if (!without_.empty()) {
    left_out_ = live_.database().postlist_begin(without_);
    left_out_end_ = live_.database().postlist_end(without_);
  }
  set_maxweight(0);
}

// High, so that Xapian asks the word lists first and this source about their candidates only.
Xapian::doccount SignatureSource::get_termfreq_est() const { return documents_ / 2; }

// Docids come in ascending order.
bool SignatureSource::is_left_out(Xapian::docid docid) {
  if (left_out_ == left_out_end_) return false;
  left_out_.skip_to(docid);
  return left_out_ != left_out_end_ && *left_out_ == docid;
}

bool SignatureSource::matches(Xapian::docid docid) {
  return test_.by_hashes(docid) && !is_left_out(docid) && test_.by_text(docid);
}

void SignatureSource::next(double) {
  do ++docid_;
  while (!at_end() && !matches(docid_));
}

void SignatureSource::skip_to(Xapian::docid docid, double) {
  if (docid <= docid_) return;
  docid_ = docid;
  while (!at_end() && !matches(docid_)) ++docid_;
}

bool SignatureSource::check(Xapian::docid docid, double) {
  docid_ = std::max(docid_, docid);
  return at_end() || matches(docid_);
}

std::string SignatureSource::get_description() const {
  return test_.description() + (without_.empty() ? "" : " without " + without_);
}

ArticleSource::ArticleSource(const Signatures& signatures, std::string term)
    : signatures_(signatures), term_(std::move(term)) {}

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

void ListSource::init(const Xapian::Database&) {
  place_ = 0;
  started_ = false;
  set_maxweight(0);
}

void ListSource::next(double) {
  if (started_) ++place_;
  started_ = true;
}

void ListSource::skip_to(Xapian::docid docid, double) {
  started_ = true;
  while (place_ < docids_.size() && docids_[place_] < docid) ++place_;
}

std::string ListSource::get_description() const { return "List(" + std::to_string(docids_.size()) + ")"; }

}  // namespace nutgraf
