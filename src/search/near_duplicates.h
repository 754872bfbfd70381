// Near-duplicates among the candidates of one query: passages that say the same, word for word or nearly so.
#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

namespace nutgraf {

/// The distinct sequences of kShingle tokens of a signature, hashed, ascending. A signature that is shorter counts as
/// one sequence.
class Shingles {
 public:
  explicit Shingles(std::span<const std::uint16_t> signature);

  /// Share of the smaller set that stands in the other (the overlap coefficient); 0 where one is empty.
  [[nodiscard]] double overlap(const Shingles& other) const;

  /// The smallest few hashes: two sets that overlap by far share one of them, as good as always (Broder 1997).
  [[nodiscard]] std::span<const std::uint64_t> sketch() const;

 private:
  std::vector<std::uint64_t> hashes_;
};

/// Groups of passages that say the same, found in linear time: sketches propose, overlap decides.
class DuplicateGroups {
 public:
  /// Number of the group that `signature` joins: an earlier one whose first member says the same, or a new one.
  std::size_t add(std::span<const std::uint16_t> signature);

 private:
  std::vector<Shingles> first_members_;
  std::unordered_multimap<std::uint64_t, std::size_t> by_sketch_;
};

}  // namespace nutgraf
