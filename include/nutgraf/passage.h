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

/// Lengths in words; a Chinese, Japanese or Korean character counts as one word... see `cjk_per_word`.
struct PassageOptions {
  std::size_t minimum = 40;
  std::size_t target = 120;
  std::size_t maximum = 220;
};

/// Sentence-bounded passages of about `target` words: never across a heading or a gap of boilerplate, short paragraphs
/// joined, long ones cut at sentence ends (a sentence longer than `maximum` is cut between words). Where a run of
/// paragraphs repeats an earlier run of the same article (a text pasted twice), both runs start a passage, so that
/// they are cut alike and their passages are equal. An article without a paragraph has no passages.
[[nodiscard]] std::vector<Passage> split_into_passages(const Article& article, const PassageOptions& options = {});

}  // namespace nutgraf
