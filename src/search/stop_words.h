// Words that say how a question is put, not what it is about. Dropped from queries only: the index keeps every word.
#pragma once

#include <string_view>

namespace nutgraf {

/// `surface` as Token::surface.
[[nodiscard]] bool is_stop_word(std::string_view surface);

}  // namespace nutgraf
