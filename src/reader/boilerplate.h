// Phrases by which the lines around an article's text are known that are neither text nor metadata.
#pragma once

#include <string_view>

namespace nutgraf::reader {

/// "Read more: ...", "Advertisement", "点击阅读原文": left out wherever it stands.
[[nodiscard]] bool is_pointer_elsewhere(std::string_view line);
/// "Reuter", "(Editing by ...)", "责任编辑：...", "All rights reserved": left out at the end of a text.
[[nodiscard]] bool is_sign_off(std::string_view line);
/// "Home | News | Business | Sport". A table's row may read so as well: see what stands next to it.
[[nodiscard]] bool is_menu(std::string_view line);
/// "Related stories", "Comments", "More from <source>": a heading behind which a page goes on with other things.
[[nodiscard]] bool is_after_article(std::string_view heading, std::string_view source);

}  // namespace nutgraf::reader
