// Term table: distinct terms or words, numbered in the order of their first appearance, so that counting them makes no
// strings.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nutgraf {

/// Open addressing over one pool of bytes.
class TermTable {
 public:
  /// The number of a term, which is entered where it is new.
  std::uint32_t number_of(std::string_view term);
  /// The same of `prefix` + `term`.
  std::uint32_t number_of(std::string_view prefix, std::string_view term);
  /// The number of a term that is there.
  [[nodiscard]] std::optional<std::uint32_t> find(std::string_view term) const;

  [[nodiscard]] std::size_t size() const noexcept { return entries_.size(); }
  /// Valid until the next term is entered.
  [[nodiscard]] std::string_view term(std::uint32_t number) const {
    return std::string_view(bytes_).substr(entries_[number].begin, entries_[number].size);
  }

 private:
  struct Entry {
    std::uint64_t hash = 0;
    std::size_t begin = 0;  // in bytes_
    std::size_t size = 0;
  };
  /// The slot of a term, or the free one where it belongs.
  [[nodiscard]] std::size_t slot(std::string_view term, std::uint64_t hash) const;
  void grow();

  std::string bytes_;
  std::string key_;
  std::vector<Entry> entries_;
  std::vector<std::uint32_t> slots_;  // number of an entry, from 1; 0: free. A power of two of them, half or more free
};

}  // namespace nutgraf
