// Varint: a number in as many bytes as it needs, seven bits a byte, the low ones first (LEB128; Xapian's pack_uint()).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace nutgraf {

/// At `out`, where there is room for it; gives what is behind it.
inline char* put_varint(char* out, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) *out++ = static_cast<char>(value | 0x80);
  *out++ = static_cast<char>(value);
  return out;
}

inline void put_varint(std::string& out, std::uint64_t value) {
  constexpr std::size_t kMostBytes = 10;
  char bytes[kMostBytes];
  out.append(bytes, static_cast<std::size_t>(put_varint(bytes, value) - bytes));
}

/// Takes away the number that `bytes` begin with; nothing where they end within it.
[[nodiscard]] inline std::optional<std::uint64_t> take_varint(std::string_view& bytes) {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 64 && !bytes.empty(); shift += 7) {
    const auto byte = static_cast<unsigned char>(bytes.front());
    bytes.remove_prefix(1);
    value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
    if (byte < 0x80) return value;
  }
  return std::nullopt;
}

}  // namespace nutgraf
