// Tokens as one line of text, for tables of expectations.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "nutgraf/analyzer.h"

namespace nutgraf::test {

inline std::string_view prefix_of(TokenRole role) {
  switch (role) {
    case TokenRole::piece: return "";
    case TokenRole::whole: return "w:";
    case TokenRole::gram: return "g:";
    case TokenRole::part: return "p:";
  }
  return "?";
}

/// "chips/chip[0,5) w:r1[6,8)": role, surface, the term where it differs, bytes.
inline std::string describe(const Token& token) {
  std::string line(prefix_of(token.role));
  line += token.surface;
  if (token.term != token.surface) line.append("/").append(token.term);
  return line + '[' + std::to_string(token.begin) + ',' + std::to_string(token.end) + ')';
}

inline std::string describe(std::span<const Token> tokens) {
  std::string line;
  for (const Token& token : tokens) line.append(line.empty() ? "" : " ").append(describe(token));
  return line;
}

inline std::string describe(std::string_view text, std::string_view language = "en") {
  static const Analyzer analyzer;
  TokenStream stream;
  analyzer.tokenize(text, language, stream);
  return describe(stream.tokens());
}

/// Surfaces of the pieces, with spaces between.
inline std::string pieces(std::string_view text, std::string_view language = "en") {
  static const Analyzer analyzer;
  TokenStream stream;
  analyzer.tokenize(text, language, stream);
  std::string line;
  for (const Token& token : stream.tokens()) {
    if (token.role == TokenRole::piece) line.append(line.empty() ? "" : " ").append(token.surface);
  }
  return line;
}

}  // namespace nutgraf::test
