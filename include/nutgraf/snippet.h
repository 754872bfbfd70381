// Snippet: a passage and what the query looked for in, sentence-bounded fragments with exact marks out. Text and
// ranges only; escaping and colour are the presenters' business. Knows the analyzer, no index.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "nutgraf/analyzer.h"
#include "nutgraf/range.h"

namespace nutgraf {

/// Consecutive pieces, as Token::surface.
struct Wording {
  std::vector<std::string> surfaces;
  std::vector<std::string> written = {};  ///< counts only where the text has it in one of these forms; empty: in any
};

/// One thing that the query asked for, shown by any of its terms and wordings: a word by its index terms, a phrase by
/// its one wording, a company by all of its names.
struct Concept {
  std::vector<std::string> terms;  ///< index terms without prefix, as Token::term
  std::vector<Wording> wordings = {};
  double weight = 1.0;  ///< how much a fragment gains by showing it (its idf)
};

struct Fragment {
  std::string text;              ///< the slice `bytes` of the passage
  ByteRange bytes;               ///< in the passage's text
  std::vector<ByteRange> marks;  ///< in `text`; ascending, disjoint, on code point boundaries
};

struct SnippetOptions {
  std::size_t fragments = 1;    ///< at most so many, in the order of the text
  std::size_t max_bytes = 320;  ///< for one fragment, unless a single match is longer; a longer sentence is cut between
                                ///< words (Chinese and Japanese between any characters)
  std::string_view above = {};  ///< what is shown above the snippet (the title): a concept in it gains a fragment less
};

/// The best fragments of `text` for `concepts`: whole sentences, chosen so that together they show as many concepts
/// (by weight) as they can, early ones first where equal. A fragment after the first is there only if it shows a
/// concept that the others do not. Never empty for non-empty text: with no match, the start of the text. `language` as
/// for Analyzer::tokenize. Linear in the length of the text.
[[nodiscard]] std::vector<Fragment> make_snippet(std::string_view text, std::string_view language,
                                                 const std::vector<Concept>& concepts, const Analyzer& analyzer,
                                                 const SnippetOptions& options = {});

/// Ranges of all matches in `text`: ascending, disjoint; a phrase is one range, and so is a run of matches in CJK text.
[[nodiscard]] std::vector<ByteRange> find_marks(std::string_view text, std::string_view language,
                                                const std::vector<Concept>& concepts, const Analyzer& analyzer);

/// Whether `text` holds the phrase `surfaces` (consecutive pieces, exact); false for an empty phrase. The
/// oracle behind quotes.
[[nodiscard]] bool holds_phrase(std::string_view text, const std::vector<std::string>& surfaces,
                                const Analyzer& analyzer);

}  // namespace nutgraf
