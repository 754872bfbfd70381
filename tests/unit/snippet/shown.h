// What the tests of this module share: concepts from plain words, and marks made visible.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "nutgraf/snippet.h"

namespace nutgraf::testing {

inline const Analyzer& analyzer() {
  static const Analyzer instance;
  return instance;
}

/// A word as the search compiles it, for an index in English, Chinese and French: what is written as one, pairs of CJK
/// characters, or else the stems of the one piece.
inline Concept word(std::string_view typed, double weight = 1.0) {
  const std::vector<std::string> languages{"en", "zh", "fr"};
  TokenStream stream;
  analyzer().tokenize(typed, "en", stream);
  Concept result;
  result.weight = weight;
  for (const Token& token : stream.tokens()) {
    if (token.role == TokenRole::whole || token.role == TokenRole::gram) result.terms.emplace_back(token.term);
  }
  if (result.terms.empty()) result.terms = analyzer().terms_of(stream.tokens().front().surface, languages);
  return result;
}

inline std::vector<std::string> surfaces_of(std::string_view text) {
  TokenStream stream;
  analyzer().tokenize(text, "en", stream);
  std::vector<std::string> surfaces;
  for (const Token& token : stream.tokens()) {
    if (token.role == TokenRole::piece) surfaces.emplace_back(token.surface);
  }
  return surfaces;
}

inline Concept phrase(std::string_view text, double weight = 1.0) {
  Concept result;
  result.wordings = {{surfaces_of(text)}};
  result.weight = weight;
  return result;
}

/// `text` with [brackets] around the marks.
inline std::string show(std::string_view text, const std::vector<ByteRange>& marks) {
  std::string result;
  std::size_t at = 0;
  for (const ByteRange& mark : marks) {
    result.append(text.substr(at, mark.begin - at))
        .append("[")
        .append(text.substr(mark.begin, mark.size()))
        .append("]");
    at = mark.end;
  }
  return result.append(text.substr(at));
}

/// The fragments with their marks, a bar between them.
inline std::string show(const std::vector<Fragment>& fragments) {
  std::string result;
  for (const Fragment& fragment : fragments) {
    if (&fragment != &fragments.front()) result += '|';
    result += show(fragment.text, fragment.marks);
  }
  return result;
}

}  // namespace nutgraf::testing
