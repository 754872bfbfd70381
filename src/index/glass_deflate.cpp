#include "index/glass_deflate.h"

namespace nutgraf::glass {

std::string stored(std::string_view bytes) {
  constexpr std::size_t kBlockBytes = 0xFFFF;
  std::string out;
  do {
    const std::string_view block = bytes.substr(0, kBlockBytes);
    bytes.remove_prefix(block.size());
    const auto size = static_cast<unsigned>(block.size());
    out += static_cast<char>(bytes.empty() ? 1 : 0);  // the last block; stored
    for (const unsigned value : {size, ~size}) {
      out += static_cast<char>(value);
      out += static_cast<char>(value >> 8);
    }
    out += block;
  } while (!bytes.empty());
  return out;
}

}  // namespace nutgraf::glass
