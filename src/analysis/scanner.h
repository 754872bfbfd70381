// Scanner: cuts one piece (a word or a number) out of folded text. The rules of what a piece is live here.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "analysis/arena.h"
#include "analysis/folded_text.h"

namespace nutgraf::analysis {

/// A piece as the scanner found it. `from`, `to` and `next` are places in the folded text.
struct Piece {
  std::string_view surface;
  std::size_t from = 0;
  std::size_t to = 0;
  std::size_t next = 0;       // where scanning goes on: behind a possessive 's, for example
  bool word = false;          // letters only: can have a stem
  bool number = false;        // digits and dots only
  bool name_like = false;     // may be the left side of "GPT 4"
  bool elided = false;        // "l'" of "l'etat": the next piece follows at once
  bool abbreviation = false;  // "u.s": its last dot may stand before a hyphen
  std::array<std::string_view, 2> parts{};
};

class Scanner {
 public:
  Scanner(const FoldedText& text, Arena& strings) : text_(text), kinds_(text.kinds()), strings_(strings) {}

  /// The piece that starts with the letter at `at`. `first`: no other piece touches it on the left.
  [[nodiscard]] Piece word(std::size_t at, bool first) const;
  /// The piece that starts with the digit at `at`. `glued`: letters stand before it.
  [[nodiscard]] Piece number(std::size_t at, bool glued) const;
  /// "$512": the piece that starts with the currency sign at `at`, behind which a digit stands.
  [[nodiscard]] Piece amount(std::size_t at) const { return amount(at, at); }

  [[nodiscard]] std::size_t letters_end(std::size_t at) const {
    while (kinds_[at] == Kind::letter) ++at;
    return at;
  }
  [[nodiscard]] std::size_t sign_end(std::size_t at) const {
    ++at;
    while (kinds_[at] == Kind::tail) ++at;
    return at;
  }
  /// Where the text holds a ".net" that is no end of a domain name.
  [[nodiscard]] bool is_dot_net(std::size_t at) const;

 private:
  [[nodiscard]] bool is(std::size_t at, Kind kind) const { return kinds_[at] == kind; }
  [[nodiscard]] bool alphanumeric(std::size_t at) const { return is(at, Kind::letter) || is(at, Kind::digit); }
  [[nodiscard]] bool single_letter(std::size_t from, std::size_t to) const;
  [[nodiscard]] bool possessive(std::size_t at) const;
  [[nodiscard]] bool elision(std::size_t from, std::size_t at) const;
  [[nodiscard]] bool joins_ampersand(std::size_t from, std::size_t at) const;
  [[nodiscard]] std::size_t abbreviation_end(std::size_t at) const;
  [[nodiscard]] std::size_t grouped_end(std::size_t at) const;
  [[nodiscard]] std::string_view without(std::string_view text, std::string_view characters) const;
  [[nodiscard]] Piece amount(std::size_t from, std::size_t sign) const;
  void finish_abbreviation(Piece& piece) const;

  const FoldedText& text_;
  const Kind* kinds_;
  Arena& strings_;
};

}  // namespace nutgraf::analysis
