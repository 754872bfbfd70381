// Words that say how a question is put, not what it is about. Dropped from queries only: the index keeps every word.
#pragma once

#include <span>
#include <string_view>

namespace nutgraf {

/// As Token::surface, in byte order.
[[nodiscard]] std::span<const std::string_view> stop_words();

[[nodiscard]] bool is_stop_word(std::string_view surface);

}  // namespace nutgraf
