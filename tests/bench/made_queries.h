// Queries for the benchmark, drawn from articles with a fixed seed: what their readers might type.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "nutgraf/article.h"
#include "timing.h"

namespace bench {

struct TextWord {
  std::string text;       ///< ASCII letters, as written
  std::size_t begin = 0;  ///< byte in the text
};
[[nodiscard]] std::vector<TextWord> words_of(const std::string& text);

/// `text` in small letters.
[[nodiscard]] std::string lower(std::string text);

/// `count` different queries of each kind: one to five words, two with AND, phrases of two frequent words and of two
/// rarer ones, and the first three letters of a word with a star. The words of a query stand in one article; how
/// frequent each may be is drawn before the word is: among the 500 words that the most passages of `index` have, the
/// next 4,500, or the rest.
[[nodiscard]] std::vector<Query> make_queries(std::size_t count, const std::filesystem::path& index,
                                              const std::vector<nutgraf::Article>& articles);

/// `count` different words of the articles, each with one wrong, missing or extra letter or two that changed places, so
/// that no article has it.
[[nodiscard]] std::vector<Query> make_misspelt_words(std::size_t count, const std::vector<nutgraf::Article>& articles);

}  // namespace bench
