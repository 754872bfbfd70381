// Surfaces: what an index says of each word as it is written, worked out when the word is first met. Most words of a
// text were met before, so an indexer looks up one thing a token.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "index/string_table.h"
#include "index/term_table.h"
#include "index/terms.h"
#include "index/vocabulary.h"
#include "nutgraf/analyzer.h"
#include "nutgraf/company.h"

namespace nutgraf {

/// One surface in texts of one language.
struct Surface {
  static constexpr std::uint32_t kUnknown = 0xFFFFFFFF;

  // Numbers of its terms in the table of terms; the last two once they were asked for.
  std::uint32_t body = kUnknown;
  std::uint32_t title = kUnknown;
  std::uint32_t heading = kUnknown;
  std::uint16_t signature_hash = 0;
  std::optional<TokenRole> word_role = {};  ///< in which it is a word of the vocabulary
  std::uint32_t name_beginning = 0;         ///< CompanyMatcher::beginning()
  std::uint64_t word_count = 0;
};

class Surfaces {
 public:
  /// `companies` may be null. All must outlive it.
  Surfaces(std::string language, const Analyzer& analyzer, const CompanyMatcher* companies, TermTable& terms)
      : language_(std::move(language)), analyzer_(analyzer), companies_(companies), terms_(terms) {}

  [[nodiscard]] const std::string& language() const noexcept { return language_; }

  /// Calls `use` with each token and its surface, in order. A surface is valid until the next one.
  template <typename Use>
  void for_each(std::span<const Token> tokens, Use&& use);

  [[nodiscard]] std::uint32_t title_term(Surface& surface) { return number_of(surface.title, surface, kTitlePrefix); }
  [[nodiscard]] std::uint32_t heading_term(Surface& surface) {
    return number_of(surface.heading, surface, kHeadingPrefix);
  }

  /// Adds the counts of all words to `words`.
  void count_words(WordCounts& words) const;

 private:
  void learn(std::string_view surface, Surface& learnt);
  std::uint32_t number_of(std::uint32_t& term, const Surface& surface, std::string_view prefix) {
    if (term == Surface::kUnknown)
      term = terms_.number_of(prefix, terms_.term(surface.body).substr(kBodyPrefix.size()));
    return term;
  }

  std::string language_;
  const Analyzer& analyzer_;
  const CompanyMatcher* companies_;
  TermTable& terms_;
  StringTable<Surface> table_;
  std::vector<std::uint64_t> hashes_;  // of the tokens at hand
};

template <typename Use>
void Surfaces::for_each(std::span<const Token> tokens, Use&& use) {
  constexpr std::size_t kAhead = 8;
  hashes_.clear();
  for (const Token& token : tokens) {
    hashes_.push_back(table_.hash_of(token.surface));
    table_.fetch_slot(hashes_.back());
  }
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (i + kAhead < tokens.size()) table_.fetch_record(hashes_[i + kAhead]);
    Surface& surface = table_[table_.enter(tokens[i].surface, hashes_[i], Surface{})].value;
    if (surface.body == Surface::kUnknown) learn(tokens[i].surface, surface);
    use(tokens[i], surface);
  }
}

}  // namespace nutgraf
