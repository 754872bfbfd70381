#include "passage/repeats.h"

#include <algorithm>
#include <numeric>
#include <unordered_map>

namespace nutgraf {
namespace {

// Places that are the same place in copies of one run: a cut at one is a cut at all.
class Classes {
 public:
  explicit Classes(std::size_t size) : parent_(size) { std::iota(parent_.begin(), parent_.end(), std::size_t{0}); }

  std::size_t find(std::size_t a) {
    while (parent_[a] != a) {
      parent_[a] = parent_[parent_[a]];
      a = parent_[a];
    }
    return a;
  }
  void join(std::size_t a, std::size_t b) { parent_[find(b)] = find(a); }

 private:
  std::vector<std::size_t> parent_;
};

struct Occurrences {
  std::size_t first = 0;
  std::size_t latest = 0;
};

class Finder {
 public:
  Finder(const std::vector<RepeatBlock>& blocks, std::size_t pair_length, std::size_t single_length)
      : blocks_(blocks), pair_length_(pair_length), single_length_(single_length), ids_(blocks.size()) {}

  std::vector<bool> run() {
    const std::size_t n = blocks_.size();
    std::vector<bool> cuts(n + 1, false);
    if (!number_blocks()) return cuts;
    Classes classes(n + 1);
    std::vector<Occurrences> seen(n, {n, n});
    const auto note = [&](std::size_t block) {
      Occurrences& o = seen[ids_[block]];
      if (o.first == n) o.first = block;
      o.latest = block;
    };
    for (std::size_t j = 0; j < n;) {
      const Occurrences earlier = seen[ids_[j]];
      std::size_t size = 0;
      if (earlier.first != n) {
        const std::size_t from_first = common(earlier.first, j);
        const std::size_t from_latest = common(earlier.latest, j);
        const std::size_t i = from_latest > from_first ? earlier.latest : earlier.first;
        size = std::max(from_first, from_latest);
        if (is_run(j, size)) {
          for (std::size_t k = 0; k <= size; ++k) classes.join(i + k, j + k);
          cuts[i] = cuts[i + size] = cuts[j] = cuts[j + size] = true;
        } else {
          size = 0;
        }
      }
      for (const std::size_t end = j + std::max<std::size_t>(size, 1); j < end; ++j) note(j);
    }
    return spread(cuts, classes);
  }

 private:
  // Gives equal blocks equal numbers. False where no block repeats.
  bool number_blocks() {
    std::unordered_map<std::string_view, std::size_t> numbers;
    numbers.reserve(blocks_.size());
    for (std::size_t i = 0; i < blocks_.size(); ++i) ids_[i] = numbers.emplace(blocks_[i].text, i).first->second;
    return numbers.size() < blocks_.size();
  }

  // How many blocks from `j` on equal those from `i` on, up to `j`.
  [[nodiscard]] std::size_t common(std::size_t i, std::size_t j) const {
    std::size_t size = 0;
    while (i + size < j && j + size < blocks_.size() && ids_[i + size] == ids_[j + size] &&
           (size == 0 || blocks_[i + size].cut_before == blocks_[j + size].cut_before)) {
      ++size;
    }
    return size;
  }

  [[nodiscard]] bool is_run(std::size_t begin, std::size_t size) const {
    const std::size_t enough = size >= 2 ? pair_length_ : single_length_;
    std::size_t length = 0;
    for (std::size_t k = 0; k < size && length < enough; ++k) length += blocks_[begin + k].length;
    return size > 0 && length >= enough;
  }

  static std::vector<bool> spread(const std::vector<bool>& cuts, Classes& classes) {
    std::vector<bool> in_class(cuts.size(), false);
    for (std::size_t i = 0; i < cuts.size(); ++i) {
      if (cuts[i]) in_class[classes.find(i)] = true;
    }
    std::vector<bool> result(cuts.size(), false);
    for (std::size_t i = 0; i < cuts.size(); ++i) result[i] = in_class[classes.find(i)];
    return result;
  }

  const std::vector<RepeatBlock>& blocks_;
  std::size_t pair_length_;
  std::size_t single_length_;
  std::vector<std::size_t> ids_;
};

}  // namespace

std::vector<bool> find_repeats(const std::vector<RepeatBlock>& blocks, std::size_t pair_length,
                               std::size_t single_length) {
  return Finder(blocks, pair_length, single_length).run();
}

}  // namespace nutgraf
