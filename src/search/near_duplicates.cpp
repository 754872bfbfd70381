#include "search/near_duplicates.h"

#include <algorithm>

#include "search/weights.h"

namespace nutgraf {

static_assert(weights::kShingle * sizeof(std::uint16_t) == sizeof(std::uint64_t), "a shingle is one 64-bit number");

Shingles::Shingles(std::span<const std::uint16_t> signature) {
  std::uint64_t window = 0;
  for (std::size_t i = 0; i < signature.size(); ++i) {
    window = window << 16 | signature[i];
    if (i + 1 >= weights::kShingle) hashes_.push_back(window);
  }
  if (hashes_.empty() && !signature.empty()) hashes_.push_back(window);
  std::sort(hashes_.begin(), hashes_.end());
  hashes_.erase(std::unique(hashes_.begin(), hashes_.end()), hashes_.end());
}

double Shingles::overlap(const Shingles& other) const {
  const std::size_t smaller = std::min(hashes_.size(), other.hashes_.size());
  if (smaller == 0) return 0;
  std::size_t shared = 0;
  auto a = hashes_.begin();
  auto b = other.hashes_.begin();
  while (a != hashes_.end() && b != other.hashes_.end()) {
    if (*a == *b) ++shared;
    const bool forward_a = *a <= *b;
    const bool forward_b = *b <= *a;
    if (forward_a) ++a;
    if (forward_b) ++b;
  }
  return static_cast<double>(shared) / static_cast<double>(smaller);
}

std::span<const std::uint64_t> Shingles::sketch() const {
  return std::span(hashes_).first(std::min(hashes_.size(), weights::kSketch));
}

std::size_t DuplicateGroups::add(std::span<const std::uint16_t> signature) {
  Shingles shingles(signature);
  std::size_t group = first_members_.size();
  for (const auto hash : shingles.sketch()) {
    const auto [begin, end] = by_sketch_.equal_range(hash);
    for (auto entry = begin; entry != end; ++entry) {
      if (entry->second < group && shingles.overlap(first_members_[entry->second]) >= weights::kSameContent)
        group = entry->second;
    }
  }
  if (group < first_members_.size()) return group;
  for (const auto hash : shingles.sketch()) by_sketch_.emplace(hash, group);
  first_members_.push_back(std::move(shingles));
  return group;
}

}  // namespace nutgraf
