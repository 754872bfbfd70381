#include "passage/partition.h"

#include <algorithm>
#include <limits>

#include "passage/words.h"

namespace nutgraf {
namespace {

// Prices in the same money as the square of a part's distance from the target. With these, passages of a text that
// offers only sentence ends become 5 % longer than the target, and 20 % where only word ends are offered.
struct Prices {
  explicit Prices(const PassageOptions& options)
      : minimum(options.minimum * kWord), target(options.target * kWord), maximum(options.maximum * kWord) {
    const auto square = [](std::uint64_t value) { return value * value; };
    cut[static_cast<std::size_t>(CutKind::long_paragraph)] = square(target / 3);
    cut[static_cast<std::size_t>(CutKind::sentence)] = square(2 * target / 3);
    cut[static_cast<std::size_t>(CutKind::paragraph_kept)] = square(maximum);
    beyond = 64 * square(maximum);
  }

  [[nodiscard]] std::uint64_t of_part(std::size_t length) const {
    const std::uint64_t distance = length > target ? length - target : target - length;
    std::uint64_t price = std::min<std::uint64_t>(distance, maximum) * std::min<std::uint64_t>(distance, maximum);
    if (length < minimum) price += beyond + beyond * (minimum - length) / minimum;
    if (length > maximum) price += 2 * beyond;
    return price;
  }

  std::size_t minimum, target, maximum;
  std::uint64_t cut[4] = {0, 0, 0, 0};
  std::uint64_t beyond = 0;
};

}  // namespace

std::vector<std::size_t> partition(const std::vector<Atom>& atoms, const PassageOptions& options) {
  const Prices prices(options);
  const std::size_t n = atoms.size();
  std::vector<std::uint64_t> best(n + 1, std::numeric_limits<std::uint64_t>::max());
  std::vector<std::size_t> from(n + 1, 0);
  best[0] = 0;
  for (std::size_t end = 1; end <= n; ++end) {
    std::size_t length = 0;
    for (std::size_t begin = end; begin-- > 0;) {
      length += std::max(atoms[begin].length, kWord);  // nothing is free, so that parts have few atoms
      if (length > prices.maximum && begin + 1 < end) break;
      const std::uint64_t cut = begin == 0 ? 0 : prices.cut[static_cast<std::size_t>(atoms[begin].cut)];
      const std::uint64_t price = best[begin] + cut + prices.of_part(length);
      if (price < best[end]) {
        best[end] = price;
        from[end] = begin;
      }
    }
  }
  std::vector<std::size_t> ends;
  for (std::size_t end = n; end > 0; end = from[end]) ends.push_back(end);
  std::reverse(ends.begin(), ends.end());
  return ends;
}

}  // namespace nutgraf
