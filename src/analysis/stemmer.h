// Stemmers: from a folded word to its index term, by language, with a cache. The one file of this module that knows
// Xapian.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/arena.h"

namespace nutgraf::analysis {

/// Snowball with our exceptions, for one language.
class Stemmer {
 public:
  /// `code` is a two-letter code that Stemmers knows.
  explicit Stemmer(std::string_view code);
  ~Stemmer();

  /// The stem of a word of folded letters: a part of `word`, or a copy in `arena`.
  std::string_view stem(std::string_view word, Arena& arena);

 private:
  struct Entry {
    std::uint64_t hash = 0;
    std::uint32_t word = 0;        // in strings_
    std::uint32_t stem = 0;        // in strings_, where it is no beginning of the word
    std::uint8_t word_length = 0;  // 0: free
    std::uint8_t stem_length = 0;
    bool is_prefix = true;
  };

  static std::string_view stem_of(const Entry& entry, std::string_view word, std::string_view strings, Arena& arena);
  Entry& find(std::string_view word, std::uint64_t hash);
  void learn(Entry& entry, std::string_view word, std::uint64_t hash);
  void make_room();

  struct Snowball;
  std::unique_ptr<Snowball> snowball_;
  std::vector<Entry> entries_;
  std::string strings_;
  std::size_t used_ = 0;
};

/// The stemmers of all languages, made when first asked for.
class Stemmers {
 public:
  Stemmers();
  ~Stemmers();

  /// The two stemmers of a text, chosen once: words are told apart by the letters they are written in.
  class Choice {
   public:
    /// The index term of a surface of letters; `word` itself where it has no stem.
    [[nodiscard]] std::string_view term(std::string_view word, Arena& arena) const;

   private:
    friend class Stemmers;
    Stemmer* latin_ = nullptr;
    Stemmer* other_ = nullptr;  // for the language's own letters, where they are not Latin
    int script_ = 0;
  };

  [[nodiscard]] Choice choose(std::string_view language);

 private:
  Stemmer& get(std::size_t number);

  std::vector<std::unique_ptr<Stemmer>> stemmers_;
};

}  // namespace nutgraf::analysis
