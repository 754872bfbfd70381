// Pattern: what quotes and NEAR ask of a text. The one definition, over pieces of any type: hashes, or the surfaces
// that confirm them.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

namespace nutgraf {

/// A word is one piece or several side by side ("GPT-4o", 腾讯); it must stand at `times` different places.
template <typename Piece>
struct PatternWord {
  std::vector<Piece> pieces;
  std::size_t times = 1;
};

/// All words, in any order, the last of them beginning at most `distance` pieces after the first one ends: neighbours
/// have distance 1. Different words may share pieces. A phrase is a pattern of one word.
template <typename Piece>
struct Pattern {
  std::vector<PatternWord<Piece>> words;
  std::size_t distance = 1;
};

template <typename Text, typename Piece>
[[nodiscard]] bool stands_at(std::span<const Text> text, std::size_t place, const std::vector<Piece>& word) {
  return text.size() - place >= word.size() &&
         std::equal(word.begin(), word.end(), text.begin() + static_cast<std::ptrdiff_t>(place));
}

/// Whether two pieces stand side by side. In this form, without a way out of the loop and with masks for truth,
/// compilers compare eight places at once.
[[nodiscard]] inline bool has_pair(std::span<const std::uint16_t> text, std::uint16_t first, std::uint16_t second) {
  constexpr std::uint16_t kTrue = 0xFFFF;
  std::uint16_t found = 0;
  for (std::size_t i = 0, pairs = text.empty() ? 0 : text.size() - 1; i < pairs; ++i) {
    const std::uint16_t is_first = text[i] == first ? kTrue : 0;
    const std::uint16_t is_second = text[i + 1] == second ? kTrue : 0;
    found = static_cast<std::uint16_t>(found | (is_first & is_second));
  }
  return found != 0;
}

/// One scan: at every place where a word begins, the latest places of all words up to there are the best ones.
template <typename Text, typename Piece>
[[nodiscard]] bool holds(std::span<const Text> text, const Pattern<Piece>& pattern) {
  if (pattern.words.empty()) return false;
  if (pattern.words.size() == 1 && pattern.words.front().times == 1) {
    const auto& phrase = pattern.words.front().pieces;
    if constexpr (std::is_same_v<Piece, std::uint16_t> && std::is_same_v<Text, std::uint16_t>) {
      if (phrase.size() >= 2 && !has_pair(text, phrase[0], phrase[1])) return false;
      if (phrase.size() == 2) return true;
    }
    return std::search(text.begin(), text.end(), phrase.begin(), phrase.end()) != text.end();
  }
  std::vector<std::vector<std::size_t>> latest(pattern.words.size());  // of each word, the latest `times` places
  for (std::size_t place = 0; place < text.size(); ++place) {
    bool begins = false;
    for (std::size_t i = 0; i < latest.size(); ++i) {
      const auto& word = pattern.words[i];
      if (!stands_at(text, place, word.pieces)) continue;
      begins = true;
      latest[i].push_back(place);
      if (latest[i].size() > word.times) latest[i].erase(latest[i].begin());
    }
    if (!begins) continue;
    bool near = true;
    for (std::size_t i = 0; i < latest.size() && near; ++i) {
      const auto& word = pattern.words[i];
      near = latest[i].size() == word.times && place <= latest[i].front() + word.pieces.size() - 1 + pattern.distance;
    }
    if (near) return true;
  }
  return false;
}

/// The pattern of `words`; a word that comes twice is wanted twice.
[[nodiscard]] inline Pattern<std::string> pattern_of(const std::vector<std::vector<std::string>>& words,
                                                     std::size_t distance) {
  Pattern<std::string> pattern{{}, distance};
  for (const auto& word : words) {
    const auto same = std::find_if(pattern.words.begin(), pattern.words.end(),
                                   [&](const auto& other) { return other.pieces == word; });
    if (same != pattern.words.end()) {
      ++same->times;
    } else {
      pattern.words.push_back({word});
    }
  }
  return pattern;
}

}  // namespace nutgraf
