// Matches: where a text shows what the query asked for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "nutgraf/analyzer.h"
#include "nutgraf/range.h"
#include "nutgraf/snippet.h"

namespace nutgraf {

struct ConceptMatch {
  ByteRange bytes;
  std::size_t about = 0;  ///< number of the concept
};

/// Looks for concepts in token streams. Keeps views into the concepts given.
class ConceptMatcher {
 public:
  explicit ConceptMatcher(const std::vector<Concept>& concepts);

  /// Every match in the `tokens` of `text`, ordered by where it begins (then by concept); matches of different concepts
  /// may overlap.
  [[nodiscard]] std::vector<ConceptMatch> find(std::span<const Token> tokens, std::string_view text) const;

 private:
  // What a term, or the first piece of a wording, stands for.
  struct Entry {
    std::size_t about = 0;
    const Wording* wording = nullptr;  // null: of a term
    std::size_t next = 0;              // the next entry of the same key, counted from 1; 0: none
  };
  using Entries = std::unordered_map<std::string_view, std::size_t>;  // number, from 1, of the first entry

  void add(Entries& keys, const std::string& key, Entry entry);
  void find_wordings(std::span<const Token> tokens, std::string_view text, std::vector<ConceptMatch>& matches) const;

  Entries terms_;
  Entries wordings_;  // by first piece
  std::vector<Entry> entries_;
  std::vector<bool> first_bytes_;  // which bytes keys start with: most tokens need no look-up
};

/// The ranges to mark for `matches` in `text`: overlapping ones are joined, and so are CJK ones that touch.
[[nodiscard]] std::vector<ByteRange> merge_marks(std::string_view text, const std::vector<ConceptMatch>& matches);

/// Positions in `pieces` at which `surfaces` start, in linear time. `pieces` holds tokens of role piece only.
[[nodiscard]] std::vector<std::size_t> find_phrase(std::span<const Token> pieces,
                                                   const std::vector<std::string>& surfaces);

/// The tokens of role piece.
[[nodiscard]] std::vector<Token> pieces_of(std::span<const Token> tokens);

}  // namespace nutgraf
