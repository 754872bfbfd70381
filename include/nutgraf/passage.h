// Passage: cuts an article into the units that are ranked and cited. Knows articles, not terms or indexes.
#pragma once

#include <string>
#include <vector>

#include "nutgraf/article.h"
#include "nutgraf/range.h"

namespace nutgraf {

/// A span of one article. Passages ascend, do not overlap, and hold every block of the article that is not a heading.
struct Passage {
  unsigned ordinal = 1;  ///< 1, 2, ... within the article
  std::string heading;   ///< the section heading above it; "" where there is none
  ByteRange text;        ///< in Article::text
  ByteRange bytes;       ///< in what Article::bytes_of names
  LineRange lines;       ///< in the same
};

/// Lengths in words, counted roughly; a Chinese, Japanese or Korean character counts as three quarters of a word (so
/// the target is 160 characters, within 53 and 293).
struct PassageOptions {
  std::size_t minimum = 40;
  std::size_t target = 120;
  std::size_t maximum = 220;
};

/// Sentence-bounded passages of about `target` words: never across a heading or a gap of boilerplate, short paragraphs
/// joined, long ones cut at sentence ends (a sentence longer than `maximum` is cut between words). Outside `minimum`
/// and `maximum` only where there is no other way. Where a run of paragraphs repeats an earlier run of the same article
/// (a text pasted twice), both are cut off from what is around them and cut alike inside, so that their passages are
/// equal, however short; a repeat of less than `minimum` words (of two or more paragraphs: a sixth of `target`) is a
/// catch phrase and cuts nothing. An article without a paragraph has no passages. Linear in the length of the text.
[[nodiscard]] std::vector<Passage> split_into_passages(const Article& article, const PassageOptions& options = {});

}  // namespace nutgraf
