// What the tests of the index share: batches from folders, and an index written down as text to compare.
#pragma once

#include <xapian.h>

#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "index/live_index.h"
#include "nutgraf/index.h"
#include "support/temp_folder.h"

namespace nutgraf::test {

struct BatchResult {
  BatchReport report;
  std::vector<DocumentReport> documents;

  [[nodiscard]] std::string statuses() const {
    std::string text;
    for (const auto& document : documents) {
      text += (text.empty() ? "" : " ") + std::filesystem::path(document.id).filename().string() + ":" +
              std::string(name_of(document.status));
    }
    return text;
  }
};

inline BatchResult index_folder(const std::filesystem::path& index, const std::filesystem::path& folder,
                                BatchOptions options = {}, ReadOptions read = {}) {
  ArticleReader reader({folder}, read);
  BatchResult result;
  BatchListener listener;
  listener.on_document = [&](const DocumentReport& document) { result.documents.push_back(document); };
  result.report = index_batch(index, reader, options, listener);
  return result;
}

/// Options that take the large path for any batch, with many small slices.
inline BatchOptions large_path(std::size_t slice_passages = 3) {
  BatchOptions options;
  options.small_batch_passages = slice_passages;
  options.jobs = 2;
  return options;
}

/// The terms of each document with their wdf, in byte order, as the posting lists have them.
inline std::map<Xapian::docid, std::string> terms_by_document(const Xapian::Database& database) {
  std::map<Xapian::docid, std::string> terms;
  for (auto term = database.allterms_begin(); term != database.allterms_end(); ++term) {
    for (auto posting = database.postlist_begin(*term); posting != database.postlist_end(*term); ++posting)
      terms[*posting] += *term + ":" + std::to_string(posting.get_wdf()) + " ";
  }
  return terms;
}

/// Everything an index holds that a search can see, independent of docids, batches and order of arrival: passage id ->
/// terms with wdf, record, signature.
inline std::map<std::string, std::string> dump(const std::filesystem::path& index) {
  LiveIndex live(index);
  return live.read([](LiveIndex& view) {
    const auto terms = terms_by_document(view.database());
    std::map<std::string, std::string> passages;
    for (const auto first : view.articles()) {
      const ArticleRecord article = view.article(first);
      for (std::uint32_t i = 0; i < article.passages; ++i) {
        const Xapian::docid docid = view.signatures().passage(first, i + 1);
        const auto stored = view.passage(docid);
        std::ostringstream text;
        text << stored.passage.heading << '|' << stored.passage.bytes.begin << '-' << stored.passage.bytes.end << '|'
             << stored.passage.text << '|' << article.title << '|' << article.date.iso() << '|' << article.language
             << '|' << article.passages << "|\n";
        text << terms.at(docid);
        for (const auto hash : view.signatures().of(docid)) text << hash << ' ';
        passages[article.id + "#" + std::to_string(stored.passage.ordinal)] = text.str();
      }
    }
    return passages;
  });
}

/// `count` words of running text that differ with `seed`, in sentences.
inline std::string prose(std::size_t count, unsigned seed) {
  static const char* const kWords[] = {"model",  "chips",  "DeepSeek", "market", "cloud", "Tencent",
                                       "shares", "Doubao", "training", "price",  "users", "report"};
  std::string text;
  unsigned state = seed * 2654435761U + 1;
  for (std::size_t i = 0; i < count; ++i) {
    state = state * 1664525U + 1013904223U;
    text += (i == 0 ? "" : " ") + std::string(kWords[(state >> 16) % 12]);
    if (i % 12 == 11) text += ".";
  }
  return text + ".";
}

/// Articles 0..29 by the large path, which change() then brings small batches.
class GrownIndex {
 public:
  GrownIndex() {
    for (unsigned i = 0; i < 30; ++i) write(i, i);
    index_folder(path, folder_ / "news", large_path());
  }

  /// For the next batch.
  void write(unsigned number, unsigned seed) const {
    folder_.write("news/" + std::to_string(number) + ".txt",
                  "Title of " + std::to_string(seed) + "\n\n" + prose(400, seed));
  }
  BatchReport index(const BatchOptions& options = {}) const {
    return index_folder(path, folder_ / "news", options).report;
  }
  /// Some articles are replaced, some removed, and others come.
  void change() const {
    for (const unsigned number : {3U, 11U, 29U}) write(number, number + 100);
    for (unsigned number = 40; number < 45; ++number) write(number, number);
    index();
    remove_articles(path, {"news/7.txt", "news/12.txt"});
  }

  [[nodiscard]] GenerationPaths files() const { return generation_paths(path, *live_generation(path)); }

 private:
  TempFolder folder_;

 public:
  std::filesystem::path path = folder_ / "index";
};

inline std::string with_damage(std::string content, std::size_t at, char bits = 1) {
  content[at] = static_cast<char>(content[at] ^ bits);
  return content;
}

/// Leaves a list file too short, and with damage in each field of its header: `check` after each.
template <typename Check>
void spoil_list_file(const std::filesystem::path& file, Check&& check) {
  const std::string content = read_file(file);
  for (const std::size_t size : {std::size_t{0}, std::size_t{20}, std::size_t{40}, content.size() - 1}) {
    write_file(file, content.substr(0, size));
    check();
  }
  for (const std::size_t at : {0UL, 8UL, 16UL, 24UL, 32UL, 36UL}) {
    write_file(file, with_damage(content, at));
    check();
  }
}

}  // namespace nutgraf::test
