// First places: which of some things came with a key first.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace nutgraf {

/// An open table that never grows: far cheaper than a set where there are some hundred keys, once.
class FirstPlaces {
 public:
  /// For at most so many keys.
  explicit FirstPlaces(std::size_t keys) : slots_(std::bit_ceil(2 * keys + 1)) {}

  /// The place that came with `key` first; `place` itself where it is new.
  std::size_t of(std::uint64_t key, std::size_t place) {
    constexpr std::uint64_t kScatter = 0x9E3779B97F4A7C15;
    for (std::size_t at = key * kScatter >> 32;; ++at) {
      Slot& slot = slots_[at & (slots_.size() - 1)];
      if (!slot.taken) slot = {key, static_cast<std::uint32_t>(place), true};
      if (slot.key == key) return slot.place;
    }
  }

 private:
  struct Slot {
    std::uint64_t key = 0;
    std::uint32_t place = 0;
    bool taken = false;
  };
  std::vector<Slot> slots_;  // at most half of them taken
};

}  // namespace nutgraf
