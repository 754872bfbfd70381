// Paragraphs and headings of text without markup.
#pragma once

#include "nutgraf/article.h"

namespace nutgraf::reader {

/// Fills the blocks of an article whose text is set, and what the lines around the text say about it. With
/// `first_line_title`, a first line that reads like a title becomes the title.
void read_plain_text(Article& article, bool first_line_title);

}  // namespace nutgraf::reader
