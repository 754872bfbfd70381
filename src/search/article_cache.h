// Article cache: the articles and passages that a request looks at, each record read once.
#pragma once

#include <xapian.h>

#include <string>
#include <unordered_map>

#include "index/codec.h"
#include "index/live_index.h"

namespace nutgraf {

class ArticleCache {
 public:
  /// `live` must outlive the cache, and stay on its view.
  explicit ArticleCache(LiveIndex& live) : live_(live) {}

  /// As stored, without id.
  [[nodiscard]] const PassageRecord& passage(Xapian::docid docid) { return stored(docid).passage; }

  /// The article that a passage is of.
  [[nodiscard]] const ArticleRecord& of(Xapian::docid docid) {
    const Xapian::docid first = live_.signatures().article(docid);
    const auto found = articles_.find(first);
    if (found != articles_.end()) return found->second;
    return articles_.emplace(first, live_.article(first, stored(first))).first->second;
  }

  /// By article id, then place in the article.
  [[nodiscard]] bool before(Xapian::docid a, Xapian::docid b) {
    return live_.signatures().article(a) == live_.signatures().article(b) ? a < b : of(a).id < of(b).id;
  }

  [[nodiscard]] std::string passage_id(Xapian::docid docid) {
    return of(docid).id + "#" + std::to_string(live_.signatures().ordinal(docid));
  }

 private:
  // That of an article's first passage holds its own record, too.
  [[nodiscard]] const StoredPassage& stored(Xapian::docid docid) {
    const auto found = stored_.find(docid);
    return found != stored_.end() ? found->second : stored_.emplace(docid, live_.passage(docid)).first->second;
  }

  LiveIndex& live_;
  std::unordered_map<Xapian::docid, StoredPassage> stored_;
  std::unordered_map<Xapian::docid, ArticleRecord> articles_;
};

}  // namespace nutgraf
