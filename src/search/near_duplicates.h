// Near-duplicates: whether two texts say the same, told from their words alone.
//
// A copy says nothing that the original does not: four fifths of its words stand there, each counted by how rare it is,
// in any order; the original may say more. Texts that are filled into one form (dividends, exchange rates, the daily
// intervention of a central bank) keep as much and say something else. They are told by where they differ: a copy's
// edits fall anywhere, a form replaces one fact by another.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "index/signatures.h"

namespace nutgraf {

/// The smallest few hashes of the four-word sequences of a signature, ascending: two texts of which half of these
/// sequences are equal share one of them, as good as always (Broder 1997). A signature that is shorter counts as one
/// sequence.
[[nodiscard]] std::vector<std::uint64_t> sketch_of(std::span<const std::uint16_t> signature);

/// Tells which words of one text stand in another, as multisets: in any order, each as often as there.
class WordsInCommon {
 public:
  /// Calls `visit(surface, whether it stands in b)` for each surface of `a`.
  template <typename Visit>
  void visit(std::span<const std::uint16_t> a, std::span<const std::uint16_t> b, const Visit& visit) {
    left_.resize(kSurfaces);
    for (const auto surface : b) ++left_[surface];
    for (const auto surface : a) {
      const bool is_common = left_[surface] > 0;
      left_[surface] -= is_common ? 1 : 0;
      visit(surface, is_common);
    }
    for (const auto surface : b) left_[surface] = 0;
  }

  /// How much of `a` stands in `b`, by the weights of its surfaces; 0 where these are none.
  template <typename WeightOf>
  [[nodiscard]] double share(std::span<const std::uint16_t> a, std::span<const std::uint16_t> b,
                             const WeightOf& weight_of) {
    double all = 0, common = 0;
    visit(a, b, [&](std::uint16_t surface, bool is_common) {
      const double weight = weight_of(surface);
      all += weight;
      common += is_common ? weight : 0;
    });
    return all == 0 ? 0 : common / all;
  }

 private:
  std::vector<std::uint32_t> left_;  // by surface; all 0 between uses
};

/// Names and numbers are facts, and what the title names is the subject.
enum class WordKind : std::uint8_t { plain, name, number, subject };

struct ComparedWord {
  std::uint16_t surface = 0;
  WordKind kind = WordKind::plain;
};

/// Whether two titles (or headings) are of one series: half of the words in common, and another number where one has a
/// number.
[[nodiscard]] bool of_one_series(std::span<const ComparedWord> a, std::span<const ComparedWord> b);

/// The surfaces that take each other's place in two titles with half of their words in common: of "Corn stocks in Hull"
/// and "Rye stocks in Hull", corn and rye. None of other titles.
[[nodiscard]] std::vector<std::uint16_t> replaced_in_title(std::span<const ComparedWord> a,
                                                           std::span<const ComparedWord> b);

/// Whether a text with nearly all of its words in another is no copy of it, but has those words in another order, or is
/// the same form with other facts. So are short texts that differ at all, tables (half of each is numbers) that differ
/// at all, and texts that replace
/// - a word that their titles replace, too (`replaced_in_title`);
/// - two numbers by numbers, or one where they replace at most three things;
/// - a name by a name (in brief texts the subject by anything) in more than every fourth place where they differ.
/// Costs the product of the lengths between the first and the last difference, of which a thousand words are looked at.
[[nodiscard]] bool tells_other_facts(std::span<const ComparedWord> copy, std::span<const ComparedWord> original,
                                     std::span<const std::uint16_t> replaced_in_title = {});

}  // namespace nutgraf
