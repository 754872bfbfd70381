#include "present/numbers.h"

#include <array>
#include <charconv>
#include <cmath>
#include <string_view>

namespace nutgraf::present {

std::string fixed(double value, int decimals) {
  std::array<char, 400> buffer{};  // the longest double has 309 digits before the point
  const auto result =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed, decimals);
  return {buffer.data(), result.ptr};
}

double rounded(double value) {
  if (!std::isfinite(value)) return 0;
  // Through the decimal form: scaling by 1e6 and back would leave 0.1 + 0.2 as 0.30000000000000004.
  const std::string digits = fixed(value, 6);
  double result = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), result);
  return result == 0 ? 0 : result;  // turns -0 into 0
}

std::string six_decimals(double value) { return fixed(rounded(value), 6); }

std::string with_separators(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t place = digits.size(); place > 3;) {
    place -= 3;
    digits.insert(place, 1, ',');
  }
  return digits;
}

std::string human_bytes(std::uint64_t bytes) {
  if (bytes < 1000) return std::to_string(bytes) + (bytes == 1 ? " byte" : " bytes");
  constexpr std::array<std::string_view, 5> kUnits{"kB", "MB", "GB", "TB", "PB"};
  double value = static_cast<double>(bytes) / 1000;
  std::size_t unit = 0;
  // 999.95 would print as "1000.0".
  while (value >= 999.95 && unit + 1 < kUnits.size()) {
    value /= 1000;
    ++unit;
  }
  return fixed(value, 1) + " " + std::string(kUnits[unit]);
}

}  // namespace nutgraf::present
