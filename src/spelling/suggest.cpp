// Completions of one index, checked against its terms.
#include <algorithm>

#include "index/live_index.h"
#include "index/terms.h"
#include "nutgraf/spelling.h"
#include "text/utf8.h"

namespace nutgraf {
namespace {

bool is_chinese_character(std::string_view text) {
  if (text.empty()) return false;
  const CodePoint first = code_point_at(text, 0);
  return is_cjk(first.value) && first.size == text.size();
}

// Pairs that begin with the character: the index holds these itself.
std::vector<Completion> pairs(LiveIndex& live, const std::string& character, std::size_t limit) {
  std::vector<Completion> found;
  for (const auto& [term, frequency] : live.terms_from(std::string(kBodyPrefix) + character)) {
    const std::string word = term.substr(kBodyPrefix.size());
    if (word != character) found.push_back({word, frequency});
  }
  std::sort(found.begin(), found.end(), [](const Completion& a, const Completion& b) {
    return a.count != b.count ? a.count > b.count : a.word < b.word;
  });
  found.resize(std::min(limit, found.size()));
  return found;
}

}  // namespace

std::vector<Completion> suggest(const std::filesystem::path& index, std::string_view prefix, std::size_t limit) {
  LiveIndex live(index);
  const Analyzer analyzer;
  return live.read([&](LiveIndex& view) {
    const std::string folded = fold(prefix, analyzer);
    if (is_chinese_character(folded)) return pairs(view, folded, limit);
    const Speller speller(index, [&](std::string_view word) {
      const auto terms = analyzer.terms_of(word, view.manifest().languages);
      return std::any_of(terms.begin(), terms.end(),
                         [&](const std::string& term) { return view.frequency(std::string(kBodyPrefix) + term) > 0; });
    });
    return speller.completions(prefix, limit);
  });
}

}  // namespace nutgraf
