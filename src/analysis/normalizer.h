// Normalizer: any bytes in, FoldedText out. Owns what a character folds to; knows nothing of tokens.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "analysis/folded_text.h"

namespace nutgraf::analysis {

class Normalizer {
 public:
  enum class Path : std::uint8_t {
    automatic,  // ASCII texts take the short way
    general,    // for tests: the long way for any text; the result is the same
  };

  Normalizer();
  ~Normalizer();

  void normalize(std::string_view text, FoldedText& out, Path path = Path::automatic);

  /// Whether a surface consists of letters only (and no CJK character): then it can have a stem.
  [[nodiscard]] static bool is_plain_word(std::string_view surface);

 private:
  struct Character {  // one folded character
    std::array<char, 4> bytes;
    std::uint8_t length;
    Kind kind;
    bool mark;  // belongs to the letter before it, else nothing
  };
  struct Folding {  // what one original character becomes: characters_[first, first + count)
    std::uint32_t first = 0;
    std::uint8_t count = 0;
    bool known = false;
    bool composes = false;    // may melt into the character before it
    bool own_number = false;  // superscript, fraction, circled digit: no part of a number before it
  };
  using Page = std::array<Folding, 256>;

  void normalize_ascii(std::string_view text, FoldedText& out) const;
  void normalize_general(std::string_view text, FoldedText& out);
  void append_ascii(std::string_view text, std::size_t from, std::size_t to, FoldedText& out) const;
  void append(char32_t code_point, std::uint32_t begin, std::uint32_t end, FoldedText& out);
  std::size_t append_cluster(std::string_view text, std::size_t begin, std::size_t next, FoldedText& out);
  const Folding& folding_of(char32_t code_point);
  Folding make_folding(char32_t code_point);
  void add_folded(char32_t code_point);
  void add_character(char32_t code_point, Kind kind, bool mark);

  std::vector<std::unique_ptr<Page>> pages_;
  std::vector<Character> characters_;
};

}  // namespace nutgraf::analysis
