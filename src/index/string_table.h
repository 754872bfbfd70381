// String table: distinct strings, each with a value. What an indexer asks of a word lies beside its letters: two places
// in memory a look-up, which is what look-ups take their time for.
#pragma once

#include <xxhash.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <vector>

namespace nutgraf {

/// Open addressing over one pool of records. Strings are below 4 GiB, all together below 32 GiB.
template <typename Value>
class StringTable {
  static_assert(std::is_trivially_copyable_v<Value> && alignof(Value) <= 8);

 public:
  /// A string and its value. Valid until the next string is entered.
  class Record {
   public:
    Value value;
    [[nodiscard]] std::string_view string() const { return {reinterpret_cast<const char*>(this + 1), size_}; }

   private:
    friend class StringTable;
    Record(const Value& its_value, std::size_t size) : value(its_value), size_(static_cast<std::uint32_t>(size)) {}
    std::uint32_t size_;  // of the string, which stands behind the record
  };
  /// Where a record stands, for good.
  using Place = std::uint32_t;

  /// The place of a string, entered with `fresh` where it is new.
  Place enter(std::string_view string, const Value& fresh) { return enter(string, hash_of(string), fresh); }
  Place enter(std::string_view string, std::uint64_t hash, const Value& fresh) {
    if (4 * (size_ + 1) > 3 * slots_.size()) grow();
    Slot& slot = slots_[find_slot(string, hash)];
    if (slot.place == kFree) slot = {tag_of(hash), append(string, fresh)};
    return slot.place;
  }
  /// For who looks up many strings: asks for the memory that enter() will look at, first for the slot, then, when that
  /// is there, for the record.
  void fetch_slot(std::uint64_t hash) const {
    if (!slots_.empty()) __builtin_prefetch(&slots_[hash & (slots_.size() - 1)]);
  }
  void fetch_record(std::uint64_t hash) const {
    if (slots_.empty()) return;
    const Place place = slots_[hash & (slots_.size() - 1)].place;
    if (place != kFree) __builtin_prefetch(pool_.data() + place * kUnit);
  }
  static std::uint64_t hash_of(std::string_view string) { return XXH3_64bits(string.data(), string.size()); }
  /// Null where the string is not there.
  [[nodiscard]] const Record* find(std::string_view string) const {
    if (slots_.empty()) return nullptr;
    const Place place = slots_[find_slot(string, hash_of(string))].place;
    return place == kFree ? nullptr : &(*this)[place];
  }

  [[nodiscard]] Record& operator[](Place place) { return *reinterpret_cast<Record*>(pool_.data() + place * kUnit); }
  [[nodiscard]] const Record& operator[](Place place) const {
    return *reinterpret_cast<const Record*>(pool_.data() + place * kUnit);
  }

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  /// Calls `use` with each record, in the order of their first appearance.
  template <typename Use>
  void for_each(Use&& use) const {
    for (std::size_t at = 0; at < pool_.size(); at += units(string_at(at).size()) * kUnit)
      use((*this)[static_cast<Place>(at / kUnit)]);
  }

 private:
  struct Slot {
    std::uint32_t tag = 0;
    Place place = kFree;
  };
  static constexpr Place kFree = 0xFFFFFFFF;
  static constexpr std::size_t kUnit = 8;  // bytes; records begin at multiples
  static constexpr std::size_t kFewestSlots = 1024;

  static std::uint32_t tag_of(std::uint64_t hash) { return static_cast<std::uint32_t>(hash >> 32U); }
  static std::size_t units(std::size_t size) { return (sizeof(Record) + size + kUnit - 1) / kUnit; }
  [[nodiscard]] std::string_view string_at(std::size_t at) const {
    return (*this)[static_cast<Place>(at / kUnit)].string();
  }

  /// The slot of a string, or the free one where it belongs.
  [[nodiscard]] std::size_t find_slot(std::string_view string, std::uint64_t hash) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = hash & mask;
    for (; slots_[at].place != kFree; at = (at + 1) & mask) {
      if (slots_[at].tag == tag_of(hash) && (*this)[slots_[at].place].string() == string) break;
    }
    return at;
  }

  Place append(std::string_view string, const Value& fresh) {
    const std::size_t at = pool_.size();
    pool_.resize(at + units(string.size()) * kUnit);
    new (pool_.data() + at) Record(fresh, string.size());
    std::copy(string.begin(), string.end(), reinterpret_cast<char*>(pool_.data() + at + sizeof(Record)));
    ++size_;
    return static_cast<Place>(at / kUnit);
  }

  void grow() {
    slots_.assign(slots_.empty() ? kFewestSlots : 2 * slots_.size(), Slot{});
    for_each([&](const Record& record) {
      const std::uint64_t hash = hash_of(record.string());
      const auto at = reinterpret_cast<const std::byte*>(&record) - pool_.data();
      slots_[find_slot(record.string(), hash)] = {tag_of(hash), static_cast<Place>(at / kUnit)};
    });
  }

  std::vector<std::byte> pool_;
  std::vector<Slot> slots_;  // a power of two of them, a quarter or more free
  std::size_t size_ = 0;
};

}  // namespace nutgraf
