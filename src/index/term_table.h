// Term table: distinct terms, numbered in the order of their first appearance, so that counting them makes no strings.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "index/string_table.h"

namespace nutgraf {

class TermTable {
 public:
  /// The number of a term, which is entered where it is new.
  std::uint32_t number_of(std::string_view term) {
    const auto next = static_cast<std::uint32_t>(places_.size());
    const auto place = numbers_.enter(term, next);
    const std::uint32_t number = numbers_[place].value;
    if (number == next) places_.push_back(place);
    return number;
  }
  /// The same of `prefix` + `term`.
  std::uint32_t number_of(std::string_view prefix, std::string_view term) {
    key_.assign(prefix).append(term);
    return number_of(key_);
  }

  [[nodiscard]] std::size_t size() const noexcept { return places_.size(); }
  /// Valid until the next term is entered.
  [[nodiscard]] std::string_view term(std::uint32_t number) const { return numbers_[places_[number]].string(); }

 private:
  StringTable<std::uint32_t> numbers_;
  std::vector<StringTable<std::uint32_t>::Place> places_;  // by number
  std::string key_;
};

}  // namespace nutgraf
