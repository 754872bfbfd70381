// Tokenizer: folded text in, tokens out: pieces in sequence, and the wholes, grams and parts over them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analysis/scanner.h"
#include "analysis/stemmer.h"
#include "analysis/token_storage.h"

namespace nutgraf::analysis {

/// Longest surface and term in bytes. Longer pieces are cut and end in a hash; longer wholes are left out.
inline constexpr std::size_t kLongestTerm = 64;
/// A whole spans at most so many pieces.
inline constexpr std::size_t kLongestWhole = 4;

class Tokenizer {
 public:
  /// `original` is what `storage.folded` was made of. `stemmers`, which must outlive the tokenizer, give the terms;
  /// null: tokens have none.
  Tokenizer(std::string_view original, const Stemmers::Choice* stemmers, TokenStream::Storage& storage)
      : original_(original),
        stemmers_(stemmers),
        storage_(storage),
        text_(storage.folded),
        kinds_(text_.kinds()),
        scanner_(text_, storage.strings) {}

  /// Fills storage.tokens.
  void run();

 private:
  enum class Link : std::uint8_t { none, glued, hyphen, underscore, dot, space };  // to the piece before
  struct Linked {
    Piece piece;
    Link link;
  };

  std::size_t compound(std::size_t at, std::string_view sigil);
  std::size_t cjk_run(std::size_t at);
  Piece scan(std::size_t at, Link link, bool first) const;
  Link link_after(const Piece& piece, std::size_t& next) const;
  bool starts_model_number(std::size_t at) const;
  Link checked(Link link, const Linked& left, const Piece& right) const;
  bool is_name(const Piece& piece) const;

  void emit_compound(std::string_view sigil);
  void emit_wholes(std::size_t first);
  void emit_sigil(std::string_view sigil);
  void emit(TokenRole role, std::string_view surface, bool word, std::size_t from, std::size_t to,
            std::uint32_t pieces);

  std::string_view original_;
  const Stemmers::Choice* stemmers_;
  TokenStream::Storage& storage_;
  const FoldedText& text_;
  const Kind* kinds_;
  Scanner scanner_;
  std::uint32_t position_ = 0;
  std::vector<Linked> compound_;
  std::string buffer_;
};

}  // namespace nutgraf::analysis
