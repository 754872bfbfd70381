// Half-open ranges of bytes and closed ranges of lines, the currency of every citation.
#pragma once

#include <cstddef>

namespace nutgraf {

/// Bytes [begin, end) of UTF-8 text (or of a file); never cuts a code point when it names text.
struct ByteRange {
  std::size_t begin = 0;
  std::size_t end = 0;

  [[nodiscard]] constexpr std::size_t size() const noexcept { return end - begin; }
  [[nodiscard]] constexpr bool empty() const noexcept { return begin == end; }
  friend constexpr bool operator==(const ByteRange&, const ByteRange&) = default;
};

/// Lines first..last, both included, counted from 1.
struct LineRange {
  std::size_t first = 1;
  std::size_t last = 1;

  friend constexpr bool operator==(const LineRange&, const LineRange&) = default;
};

}  // namespace nutgraf
