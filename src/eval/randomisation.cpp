#include <cmath>
#include <cstdint>
#include <numeric>
#include <random>

#include "nutgraf/eval.h"

namespace nutgraf {

double randomisation_p(std::span<const double> differences, std::size_t swaps) {
  constexpr double kRounding = 1e-12;  // sums of the same numbers in another order are equal
  constexpr std::uint64_t kSeed = 2007;
  constexpr unsigned kBits = 64;
  const double observed = std::abs(std::accumulate(differences.begin(), differences.end(), 0.0));
  const double least = observed - kRounding * static_cast<double>(differences.size());
  std::mt19937_64 random(kSeed);
  std::size_t as_large = 0;
  for (std::size_t swap = 0; swap < swaps; ++swap) {
    double sum = 0;
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < differences.size(); ++i, bits >>= 1U) {
      if (i % kBits == 0) bits = random();
      sum += (bits & 1U) != 0 ? differences[i] : -differences[i];
    }
    if (std::abs(sum) >= least) ++as_large;
  }
  return static_cast<double>(as_large + 1) / static_cast<double>(swaps + 1);
}

}  // namespace nutgraf
