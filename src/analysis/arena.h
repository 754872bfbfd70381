// Arena: memory for the strings of one token stream; they stay where they are until reset.
#pragma once

#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

namespace nutgraf::analysis {

class Arena {
 public:
  std::string_view copy(std::string_view text) {
    if (used_ + text.size() > capacity_) next_block(text.size());
    char* const place = blocks_[block_].data.get() + used_;
    if (!text.empty()) std::memcpy(place, text.data(), text.size());
    used_ += text.size();
    return {place, text.size()};
  }

  /// Forgets all strings, keeps the memory.
  void reset() {
    block_ = 0;
    used_ = 0;
    capacity_ = blocks_.empty() ? 0 : blocks_.front().size;
  }

 private:
  struct Block {
    std::unique_ptr<char[]> data;
    std::size_t size;
  };

  void next_block(std::size_t needed) {
    while (!blocks_.empty() && block_ + 1 < blocks_.size()) {
      ++block_;
      used_ = 0;
      capacity_ = blocks_[block_].size;
      if (needed <= capacity_) return;
    }
    capacity_ = needed > kBlock ? needed : kBlock;
    blocks_.push_back({std::make_unique_for_overwrite<char[]>(capacity_), capacity_});
    block_ = blocks_.size() - 1;
    used_ = 0;
  }

  static constexpr std::size_t kBlock = 16 * 1024;
  std::vector<Block> blocks_;
  std::size_t block_ = 0, used_ = 0, capacity_ = 0;
};

}  // namespace nutgraf::analysis
