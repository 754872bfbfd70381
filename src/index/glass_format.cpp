#include "index/glass_format.h"

#include <bit>

namespace nutgraf::glass {

// Below 0x8000 two bytes; above, the first byte begins with as many ones as bytes follow the second.
void put_sortable(std::string& out, std::uint32_t value) {
  if (value < 0x8000) {
    out += static_cast<char>(value >> 8);
    out += static_cast<char>(value);
    return;
  }
  const auto bytes = static_cast<std::size_t>(32 + 5 - std::countl_zero(value)) / 7;
  const std::uint32_t ones = 0xFFU << (10 - bytes);
  const std::size_t begin = out.size();
  out.resize(begin + bytes);
  for (std::size_t i = bytes - 1; i > 0; --i, value >>= 8) out[begin + i] = static_cast<char>(value);
  out[begin] = static_cast<char>(value | ones);
}

std::string document_key(std::uint32_t docid) {
  std::string key;
  put_sortable(key, docid);
  return key;
}

}  // namespace nutgraf::glass
