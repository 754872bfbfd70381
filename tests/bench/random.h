// Chance that is the same on every machine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>

namespace bench {

class Random {
 public:
  /// Below `limit`. Plain modulo: the library's distributions differ between compilers.
  std::size_t below(std::size_t limit) { return static_cast<std::size_t>(engine_() % limit); }

  template <typename Values>
  const auto& one_of(const Values& values) {
    return values[below(values.size())];
  }

 private:
  static constexpr std::uint64_t kSeed = 20250227;
  std::mt19937_64 engine_{kSeed};
};

}  // namespace bench
