// What the tests of search share: an index from a few records, and the ids of what it answers.
#pragma once

#include <initializer_list>
#include <string>
#include <vector>

#include "nutgraf/search.h"
#include "support/temp_folder.h"

namespace nutgraf::test {

struct Record {
  std::string id;
  std::string title;
  std::string text;
  std::string date;
  std::string source;
  std::string language = "en";
};

inline std::string json_string(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else {
      out += c;
    }
  }
  return out + "\"";
}

/// An index of `records`, in this order, in a folder of its own.
class SmallIndex {
 public:
  explicit SmallIndex(const std::vector<Record>& records, BatchOptions options = {}) { add(records, options); }

  void add(const std::vector<Record>& records, const BatchOptions& options = {}) {
    std::string lines;
    for (const auto& record : records) {
      lines += "{\"id\":" + json_string(record.id) + ",\"title\":" + json_string(record.title) +
               ",\"text\":" + json_string(record.text) + ",\"date\":" + json_string(record.date) +
               ",\"source\":" + json_string(record.source) + ",\"lang\":" + json_string(record.language) + "}\n";
    }
    ArticleReader reader({folder_.write("records" + std::to_string(++batches_) + ".jsonl", lines)}, {});
    index_batch(path(), reader, options);
  }

  [[nodiscard]] std::filesystem::path path() const { return folder_ / "index"; }

  [[nodiscard]] SearchResponse search(SearchRequest request) const { return Searcher(path()).search(request); }
  [[nodiscard]] SearchResponse search(const std::string& query) const {
    SearchRequest request;
    request.query = query;
    return search(request);
  }

 private:
  TempFolder folder_;
  int batches_ = 0;
};

/// "a b c": ids of the articles of the hits, in order.
inline std::string articles(const SearchResponse& response) {
  std::string text;
  for (const auto& hit : response.hits) text += (text.empty() ? "" : " ") + hit.article.id;
  return text;
}

inline std::string passages(const SearchResponse& response) {
  std::string text;
  for (const auto& hit : response.hits) text += (text.empty() ? "" : " ") + hit.passage.id;
  return text;
}

}  // namespace nutgraf::test
