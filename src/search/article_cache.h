// Article cache: the records of articles that a request looks at, each read once.
#pragma once

#include <xapian.h>

#include <string>
#include <unordered_map>

#include "index/live_index.h"

namespace nutgraf {

class ArticleCache {
 public:
  /// `live` must outlive the cache, and stay on its view.
  explicit ArticleCache(LiveIndex& live) : live_(live) {}

  /// The article that a passage is of.
  [[nodiscard]] const ArticleRecord& of(Xapian::docid docid) {
    const Xapian::docid first = live_.signatures().article(docid);
    const auto found = articles_.find(first);
    return found != articles_.end() ? found->second : articles_.emplace(first, live_.article(first)).first->second;
  }

  /// By article id, then place in the article.
  [[nodiscard]] bool before(Xapian::docid a, Xapian::docid b) {
    return live_.signatures().article(a) == live_.signatures().article(b) ? a < b : of(a).id < of(b).id;
  }

  [[nodiscard]] std::string passage_id(Xapian::docid docid) {
    return of(docid).id + "#" + std::to_string(live_.signatures().ordinal(docid));
  }

 private:
  LiveIndex& live_;
  std::unordered_map<Xapian::docid, ArticleRecord> articles_;
};

}  // namespace nutgraf
