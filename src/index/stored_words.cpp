#include "index/stored_words.h"

#include "index/codec.h"

namespace nutgraf {

WordCounts count_stored_words(const Xapian::Database& database, const RecordStore& store,
                              const std::vector<std::string>& roots) {
  const Analyzer analyzer;
  TokenStream stream;
  WordCounts words;
  const auto count = [&](std::string_view text) {
    analyzer.tokenize(text, "en", stream);  // surfaces are the same in every language
    words.add(stream.tokens());
  };
  const auto end = database.postlist_end(std::string());
  for (auto posting = database.postlist_begin(std::string()); posting != end; ++posting) {
    const StoredPassage stored = decode_passage(store.unpack(database.get_document(*posting).get_data()));
    if (!stored.article.empty()) {
      const ArticleRecord article = decode_article(stored.article, roots);
      if (!article.title_derived) count(article.title);
    }
    count(stored.passage.heading);
    count(stored.passage.text);
  }
  return words;
}

}  // namespace nutgraf
