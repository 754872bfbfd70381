#include "search/similar.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "index/terms.h"
#include "search/bm25.h"
#include "search/stop_words.h"
#include "search/weights.h"

namespace nutgraf {
namespace {

struct Word {
  std::string surface;  // as met first
  double tf = 0;
  double weight = 0;
};
using Words = std::map<std::string, Word>;  // by index term

void count_words(const std::string& text, const std::string& language, double each, Words& words,
                 const Analyzer& analyzer) {
  TokenStream stream;
  analyzer.tokenize(text, language, stream);
  for (const Token& token : stream.tokens()) {
    // One CJK character says little: its pairs count.
    const bool cjk_character = token.role == TokenRole::piece && token.end - token.begin >= 3 &&
                               static_cast<unsigned char>(token.surface[0]) >= 0xE3;
    if (token.role == TokenRole::part || cjk_character || is_stop_word(token.surface)) continue;
    Word& word = words[std::string(token.term)];
    if (word.surface.empty()) word.surface = token.surface;
    word.tf += each;
  }
}

// The words with the largest tf * idf, of those that other passages have too.
std::vector<std::pair<std::string, Word>> best_of(const Words& words, std::size_t own_passages, LiveIndex& live) {
  std::vector<std::pair<std::string, Word>> best;
  const double documents = live.database().get_doccount();
  for (const auto& [term, word] : words) {
    const auto df = live.frequency(std::string(kBodyPrefix) + term);
    if (df <= own_passages && df <= word.tf) continue;
    best.emplace_back(term, word);
    best.back().second.weight = (1 + std::log(word.tf)) * idf(documents, df);
  }
  std::stable_sort(best.begin(), best.end(),
                   [](const auto& a, const auto& b) { return a.second.weight > b.second.weight; });
  if (best.size() > weights::kSimilarWords) best.resize(weights::kSimilarWords);
  return best;
}

}  // namespace

SimilarQuery compile_similar(Xapian::docid first, unsigned ordinal, const SearchRequest& request, LiveIndex& live,
                             const Analyzer& analyzer, const QueryParts& parts) {
  const ArticleRecord article = live.article(first);
  SimilarQuery similar;
  Words words;
  if (!article.title_derived) count_words(article.title, article.language, kTitleWdf, words, analyzer);
  for (unsigned i = 1; i <= article.passages; ++i) {
    if (ordinal != 0 && i != ordinal) continue;
    similar.originals.push_back(live.signatures().passage(first, i));
    count_words(live.passage(similar.originals.back()).passage.text, article.language, 1, words, analyzer);
  }
  std::vector<Xapian::Query> alternatives;
  for (const auto& [term, word] : best_of(words, similar.originals.size(), live)) {
    const std::string prefixed = std::string(kBodyPrefix) + term;
    alternatives.push_back(parts.scored(prefixed));
    similar.words += (similar.words.empty() ? "" : " ") + word.surface;
    similar.compiled.leaves.scored.push_back({{prefixed}, 1.0, word.surface});
    similar.compiled.leaves.concepts.push_back({{term}, {}, word.weight});
  }
  if (alternatives.empty()) return similar;
  similar.compiled.query = Xapian::Query(Xapian::Query::OP_AND_NOT,
                                         Xapian::Query(Xapian::Query::OP_OR, alternatives.begin(), alternatives.end()),
                                         Xapian::Query(article_term(article.id)));
  restrict_to_request(similar.compiled, request, live, analyzer, parts);
  return similar;
}

}  // namespace nutgraf
