#include "index/term_table.h"

#include <xxhash.h>

#include <algorithm>

namespace nutgraf {

std::size_t TermTable::slot(std::string_view term, std::uint64_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = hash & mask;
  for (; slots_[at] != 0; at = (at + 1) & mask) {
    const std::uint32_t number = slots_[at] - 1;
    if (entries_[number].hash == hash && this->term(number) == term) break;
  }
  return at;
}

std::uint32_t TermTable::number_of(std::string_view term) {
  if (2 * (entries_.size() + 1) > slots_.size()) grow();
  const std::uint64_t hash = XXH3_64bits(term.data(), term.size());
  std::uint32_t& entry = slots_[slot(term, hash)];
  if (entry == 0) {
    entries_.push_back({hash, bytes_.size(), term.size()});
    bytes_ += term;
    entry = static_cast<std::uint32_t>(entries_.size());
  }
  return entry - 1;
}

std::uint32_t TermTable::number_of(std::string_view prefix, std::string_view term) {
  key_.assign(prefix).append(term);
  return number_of(key_);
}

std::optional<std::uint32_t> TermTable::find(std::string_view term) const {
  if (slots_.empty()) return std::nullopt;
  const std::uint32_t entry = slots_[slot(term, XXH3_64bits(term.data(), term.size()))];
  return entry == 0 ? std::nullopt : std::optional(entry - 1);
}

void TermTable::grow() {
  constexpr std::size_t kFewest = 1024;
  slots_.assign(std::max(kFewest, 2 * slots_.size()), 0);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    std::size_t at = entries_[i].hash & mask;
    while (slots_[at] != 0) at = (at + 1) & mask;
    slots_[at] = static_cast<std::uint32_t>(i + 1);
  }
}

}  // namespace nutgraf
