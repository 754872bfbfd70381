// What a page says about its article in its head, in JSON-LD and in marked elements.
#pragma once

#include "nutgraf/article.h"
#include "reader/html_tree.h"

namespace nutgraf::reader {

void take_html_metadata(Article& article, const HtmlTree& tree);

}  // namespace nutgraf::reader
