// Numbers as the presenters print them.
#pragma once

#include <cstdint>
#include <string>

namespace nutgraf::present {

/// Rounded to six decimals, so that output does not depend on the last bits of a sum; never NaN, infinite or -0.
[[nodiscard]] double rounded(double value);
/// With so many decimals, whatever the locale.
[[nodiscard]] std::string fixed(double value, int decimals);
/// Six decimals always: "11.234567", "2.000000".
[[nodiscard]] std::string six_decimals(double value);
/// "1,234,567"
[[nodiscard]] std::string with_separators(std::uint64_t number);
/// "512 bytes", "53.1 MB": decimal units, as disks are sold and `ls --si` counts.
[[nodiscard]] std::string human_bytes(std::uint64_t bytes);

}  // namespace nutgraf::present
