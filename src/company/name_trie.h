// Name trie: sequences of folded pieces, each with what it stands for. Built once, then read by any number of threads.
#pragma once

#include <bitset>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "nutgraf/analyzer.h"

namespace nutgraf {

/// A name may have so many pieces; matching looks that far ahead.
inline constexpr std::size_t kMaxNamePieces = 16;

class NameTrie {
 public:
  using Node = std::uint32_t;
  static constexpr Node kRoot = 0;
  static constexpr Node kNone = 0;  ///< no child is the root

  /// The node of a sequence, made where there is none.
  Node add(Node from, std::string_view piece);

  [[nodiscard]] Node child(Node from, std::string_view piece) const {
    // Nearly all words of a text begin no name, and nearly all that follow one do not go on with it.
    if (!edge_hashes_[hash_of(from, piece)]) return kNone;
    const auto number = pieces_.find(piece);
    if (number == pieces_.end()) return kNone;
    const auto edge = edges_.find(key(from, number->second));
    return edge == edges_.end() ? kNone : edge->second;
  }

  [[nodiscard]] std::size_t nodes() const noexcept { return nodes_; }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>{}(text); }
  };
  static std::uint16_t hash_of(Node from, std::string_view piece) {
    constexpr Node kSpread = 40'503;  // 2^16 by the golden ratio: neighbours lie far apart
    return static_cast<std::uint16_t>(Analyzer::signature_hash(piece) + from * kSpread);
  }
  static std::uint64_t key(Node from, std::uint32_t piece) { return static_cast<std::uint64_t>(from) << 32 | piece; }

  std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> pieces_;
  std::unordered_map<std::uint64_t, Node> edges_;
  std::bitset<1U << 16U> edge_hashes_;
  std::uint32_t nodes_ = 1;
};

}  // namespace nutgraf
