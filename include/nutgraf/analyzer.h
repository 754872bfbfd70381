// Analyzer: text in, tokens with index terms and exact byte ranges out. The one owner of normalisation, tokenisation,
// folding and stemming; index, query and snippet all use it, so they agree. Knows no fields and no database.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace nutgraf {

/// Stored in the manifest of an index; an index built by another version is refused. Raise it with every change of
/// what tokenize() emits.
inline constexpr std::string_view kAnalyzerVersion = "1";

enum class TokenRole : std::uint8_t {
  piece,  ///< a word, a number or one CJK character: has a position of its own and a place in the signature
  whole,  ///< spans two or more pieces written as one ("GPT-4o": pieces gpt, 4o; whole gpt4o): an index term only
  gram,   ///< two neighbouring CJK characters: an index term only
  part,   ///< a bare form inside a piece ("$512": piece $512, part 512): an index term only
};

/// Surfaces and terms have 1 to 64 bytes; what is longer is cut and ends in a hash. Views live until the stream is
/// filled again or goes.
struct Token {
  std::string_view surface;  ///< normalised and folded, not stemmed
  std::string_view term;     ///< the index term without prefix: terms_of() of the surface, in any role
  std::uint32_t begin = 0;   ///< bytes [begin, end) of the text given
  std::uint32_t end = 0;
  std::uint32_t position = 0;  ///< number, from 0, of the piece (of the first one, for the other roles)
  std::uint32_t pieces = 1;    ///< how many pieces it spans
  TokenRole role = TokenRole::piece;
};

/// The tokens of one text, ordered by position, then role; wholes that begin together, the shorter one first. Reuse one
/// stream for many texts to save allocations.
class TokenStream {
 public:
  TokenStream();
  ~TokenStream();
  TokenStream(TokenStream&&) noexcept;
  TokenStream& operator=(TokenStream&&) noexcept;

  [[nodiscard]] std::span<const Token> tokens() const;

  struct Storage;

 private:
  friend class Analyzer;
  std::unique_ptr<Storage> storage_;
};

/// Not thread-safe: one per thread (it caches stems).
class Analyzer {
 public:
  Analyzer();
  ~Analyzer();
  Analyzer(Analyzer&&) noexcept;
  Analyzer& operator=(Analyzer&&) noexcept;

  /// Tokens of `text` (any bytes; invalid UTF-8 separates tokens), stemmed by `language` (ISO 639-1; a language
  /// without a stemmer is stemmed as English where it is written in Latin letters). `text` is below 4 GiB.
  void tokenize(std::string_view text, std::string_view language, TokenStream& out) const;
  /// The same tokens with empty terms, in half the time: for an indexer, which keeps the terms of surfaces it has met.
  void tokenize_surfaces(std::string_view text, TokenStream& out) const;

  /// The index terms of one surface in each of `languages`, without repeats, in their order. For query words. A surface
  /// of letters only is stemmed, any other is its own term; so is any where `languages` is empty.
  [[nodiscard]] std::vector<std::string> terms_of(std::string_view surface,
                                                  std::span<const std::string> languages) const;
  /// The one of a single language: Token::term of every token with this surface.
  [[nodiscard]] std::string term_of(std::string_view surface, std::string_view language) const;

  /// The language of a text by its first 2 KB, ISO 639-1 ("en", "zh"); "und" where there is too little to tell.
  [[nodiscard]] static std::string detect_language(std::string_view text);

  /// 16-bit hash of a piece's surface: the unit of token signatures (stored in indexes).
  [[nodiscard]] static std::uint16_t signature_hash(std::string_view surface);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace nutgraf
