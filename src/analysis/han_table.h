// Traditional to Simplified Chinese, character by character; the table is generated at build time from ICU's rules.
#pragma once

#include <span>

namespace nutgraf::analysis {

struct HanPair {
  char32_t traditional;
  char32_t simplified;
};

/// Ascending by `traditional`.
[[nodiscard]] std::span<const HanPair> han_pairs();

/// The simplified form of a character; the character itself where it has none.
[[nodiscard]] char32_t simplified(char32_t character);

}  // namespace nutgraf::analysis
