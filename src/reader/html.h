// HTML pages and fragments.
#pragma once

#include <string>
#include <string_view>

#include "nutgraf/article.h"

namespace nutgraf::reader {

/// All text of a piece of HTML, such as a feed's field; the map leads back into `markup`.
void read_html_fragment(Article& article, std::string_view markup);

}  // namespace nutgraf::reader
