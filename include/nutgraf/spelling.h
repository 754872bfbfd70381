// Spelling: which words of an index did someone mean, or begin to type? Reads the index's own word list, so what it
// suggests is there to be found. Numbers, words with digits and Chinese are never corrected.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace nutgraf {

struct Correction {
  std::string word;       ///< folded, as the analyzer does
  unsigned distance = 0;  ///< letters missing, extra, wrong, or swapped with the next one
  std::uint64_t count = 0;
  double score = 0;  ///< comparable among the corrections of one word; higher is better
};

struct Completion {
  std::string word;
  std::uint64_t count = 0;  ///< occurrences in the index
};

/// A word to suggest beside those of the index (a company's name), as if it occurred so often.
struct ExtraWord {
  std::string word;
  std::uint64_t count = 1;
};

/// The word list of an index: make it only once a query needs it. Words are checked when they are first read; where
/// the list is missing, or damaged among those that are needed, it knows none of them. Not thread-safe: one per thread.
class Speller {
 public:
  /// Whether a word can still be found: the list keeps the words of articles that are gone. Asked of the best
  /// candidates only.
  using Findable = std::function<bool(std::string_view word)>;

  /// Error(index) where there is no index. Without `findable` all words pass.
  explicit Speller(const std::filesystem::path& index, Findable findable = {},
                   const std::vector<ExtraWord>& extra = {});
  ~Speller();
  Speller(Speller&&) noexcept;
  Speller& operator=(Speller&&) noexcept;

  /// What `word` (one word, in any case) may have been meant to be, best first. Empty for a word that is known, is no
  /// plain word of letters, or is too short to tell. Two letters may be wrong; one in a word of three.
  [[nodiscard]] std::vector<Correction> corrections(std::string_view word, std::size_t limit) const;

  /// The most frequent words that begin like this; ties in byte order.
  [[nodiscard]] std::vector<Completion> completions(std::string_view prefix, std::size_t limit) const;

  /// Whether the list has this word, and it can be found.
  [[nodiscard]] bool knows(std::string_view word) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// The completions that a search of this index can find. A single Chinese character is completed to two.
[[nodiscard]] std::vector<Completion> suggest(const std::filesystem::path& index, std::string_view prefix,
                                              std::size_t limit);

}  // namespace nutgraf
