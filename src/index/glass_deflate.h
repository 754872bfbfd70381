// Glass deflate: tags as the raw deflate streams (RFC 1951) that Xapian expects in compressed entries.
#pragma once

#include <string>
#include <string_view>

namespace nutgraf::glass {

/// `bytes`, which cannot be compressed further, as they are: in stored blocks (RFC 1951, 3.2.4), 5 bytes for each
/// 65,535. Otherwise Xapian tries zlib on them, when it writes and again when it compacts.
[[nodiscard]] std::string stored(std::string_view bytes);

}  // namespace nutgraf::glass
