#include "made_queries.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <functional>
#include <optional>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "index/layout.h"
#include "index/live_index.h"
#include "index/terms.h"
#include "index/vocabulary.h"
#include "random.h"

namespace bench {
namespace {

constexpr std::size_t kFrequentWords = 500;
constexpr std::size_t kMiddleWords = 4500;
constexpr std::size_t kWildcardLetters = 3;
constexpr std::size_t kShortestMisspelt = 6;
constexpr int kAttempts = 1'000'000;

enum class Band { frequent, middle, rare };
constexpr std::array kBands{Band::frequent, Band::middle, Band::rare};

// A word to all engines, or to some of them.
bool is_operator(const std::string& word) { return word == "AND" || word == "OR" || word == "NOT" || word == "NEAR"; }

// How frequent the words of an index are, by the number of passages that have a form of them.
class Bands {
 public:
  explicit Bands(const std::filesystem::path& index) {
    nutgraf::LiveIndex live(index);
    auto words = live.read([](nutgraf::LiveIndex& view) { return words_with_passages(view); });
    std::stable_sort(words.begin(), words.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    for (std::size_t rank = 0; rank < words.size(); ++rank) bands_.emplace(words[rank].first, band_at(rank));
  }

  /// Nothing for what is no word of the index.
  [[nodiscard]] std::optional<Band> of(const TextWord& word) const {
    const auto found = bands_.find(lower(word.text));
    return found == bands_.end() ? std::nullopt : std::optional(found->second);
  }

 private:
  static std::vector<std::pair<std::string, std::size_t>> words_with_passages(nutgraf::LiveIndex& live) {
    const nutgraf::Analyzer analyzer;
    const auto counts = nutgraf::Vocabulary(live.shards().front().paths().words()).counts();
    std::vector<std::pair<std::string, std::size_t>> words;
    for (const auto& [word, count] : counts.sorted()) {
      std::size_t passages = 0;
      for (const auto& term : analyzer.terms_of(word, live.manifest().languages))
        passages =
            std::max<std::size_t>(passages, live.database().get_termfreq(std::string(nutgraf::kBodyPrefix) + term));
      words.emplace_back(word, passages);
    }
    return words;
  }

  static Band band_at(std::size_t rank) {
    if (rank < kFrequentWords) return Band::frequent;
    return rank < kFrequentWords + kMiddleWords ? Band::middle : Band::rare;
  }

  std::unordered_map<std::string, Band> bands_;
};

using Draw = std::function<std::optional<std::string>()>;

// None twice, whatever its capitals.
void append_distinct(std::vector<Query>& queries, std::size_t count, const std::string& kind, const Draw& draw) {
  std::unordered_set<std::string> drawn;
  for (int attempt = 0; attempt < kAttempts && drawn.size() < count; ++attempt) {
    auto query = draw();
    if (query && drawn.insert(lower(*query)).second) queries.push_back({kind, std::move(*query)});
  }
  if (drawn.size() < count) throw std::runtime_error("too few words to make queries of");
}

class QueryMaker {
 public:
  QueryMaker(const std::filesystem::path& index, const std::vector<nutgraf::Article>& articles)
      : bands_(index), articles_(articles) {}

  std::optional<std::string> words(std::size_t count, std::string_view between) {
    const auto words = any_text();
    std::vector<std::string> drawn;
    while (drawn.size() < count) {
      const Band band = random_.one_of(kBands);
      std::vector<std::string> fit;
      for (const TextWord& word : words) {
        if (word.text.size() > 1 && !is_operator(word.text) && bands_.of(word) == band &&
            !std::count(drawn.begin(), drawn.end(), word.text))
          fit.push_back(word.text);
      }
      if (fit.empty()) return {};
      drawn.push_back(random_.one_of(fit));
    }
    std::string query;
    for (const auto& word : drawn) query.append(query.empty() ? "" : between).append(word);
    return query;
  }

  std::optional<std::string> phrase(bool frequent) {
    const auto words = any_text();
    if (words.size() < 2) return {};
    const std::size_t first = random_.below(words.size() - 1);
    const TextWord &left = words[first], &right = words[first + 1];
    if (right.begin != left.begin + left.text.size() + 1) return {};
    for (const TextWord* word : {&left, &right}) {
      const auto band = bands_.of(*word);
      if (!band || (*band == Band::frequent) != frequent) return {};
    }
    return '"' + left.text + ' ' + right.text + '"';
  }

  std::optional<std::string> wildcard() {
    const auto words = any_text();
    if (words.empty()) return {};
    const TextWord& word = random_.one_of(words);
    if (word.text.size() <= kWildcardLetters) return {};
    return word.text.substr(0, kWildcardLetters) + '*';
  }

 private:
  std::vector<TextWord> any_text() { return words_of(random_.one_of(articles_).text); }

  Bands bands_;
  const std::vector<nutgraf::Article>& articles_;
  Random random_;
};

std::string misspell(std::string word, Random& random) {
  const auto letter = static_cast<char>('a' + random.below(26));
  const std::size_t at = 1 + random.below(word.size() - 2);  // neither the first letter nor the last
  switch (random.below(4)) {
    case 0: word[at] = letter; break;
    case 1: word.erase(at, 1); break;
    case 2: word.insert(at, 1, letter); break;
    default: std::swap(word[at], word[at - 1]);
  }
  return word;
}

}  // namespace

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

std::vector<TextWord> words_of(const std::string& text) {
  std::vector<TextWord> words;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (std::isalpha(static_cast<unsigned char>(text[i])) == 0) continue;
    TextWord word{{}, i};
    while (i < text.size() && std::isalpha(static_cast<unsigned char>(text[i])) != 0) word.text += text[i++];
    words.push_back(std::move(word));
  }
  return words;
}

std::vector<Query> make_queries(std::size_t count, const std::filesystem::path& index,
                                const std::vector<nutgraf::Article>& articles) {
  QueryMaker maker(index, articles);
  std::vector<Query> queries;
  const auto add = [&](const std::string& kind, const Draw& draw) { append_distinct(queries, count, kind, draw); };
  for (std::size_t length = 1; length <= 5; ++length)
    add(std::to_string(length) + (length == 1 ? " word" : " words"), [&] { return maker.words(length, " "); });
  add("AND of 2", [&] { return maker.words(2, " AND "); });
  add("AND of 3", [&] { return maker.words(3, " AND "); });
  add("phrase, frequent", [&] { return maker.phrase(true); });
  add("phrase, rarer", [&] { return maker.phrase(false); });
  add("abc*", [&] { return maker.wildcard(); });
  return queries;
}

std::vector<Query> make_misspelt_words(std::size_t count, const std::vector<nutgraf::Article>& articles) {
  std::set<std::string> known;
  for (const auto& article : articles) {
    for (const auto& word : words_of(article.title + ' ' + article.text)) known.insert(lower(word.text));
  }
  const std::vector<std::string> words(known.begin(), known.end());
  Random random;
  std::vector<Query> queries;
  const auto draw = [&]() -> std::optional<std::string> {
    const std::string& word = random.one_of(words);
    if (word.size() < kShortestMisspelt) return {};
    std::string typed = misspell(word, random);
    return known.contains(typed) ? std::nullopt : std::optional(std::move(typed));
  };
  append_distinct(queries, count, "misspelt", draw);
  return queries;
}

}  // namespace bench
