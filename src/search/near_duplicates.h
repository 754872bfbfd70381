// Near-duplicates: whether two texts say the same, told from their words alone.
//
// A copy says nothing that the original does not: four fifths of its words stand there, each counted by how rare it is,
// in any order; the original may say more. Texts that are filled into one form (dividends, exchange rates, the daily
// intervention of a central bank) keep as much and say something else. They are told by where they differ: a copy's
// edits fall anywhere, a form replaces one fact by another.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace nutgraf {

/// The smallest few hashes of the four-word sequences of a signature, ascending: two texts of which half of these
/// sequences are equal share one of them, as good as always (Broder 1997). A signature that is shorter counts as one
/// sequence.
[[nodiscard]] std::vector<std::uint64_t> sketch_of(std::span<const std::uint16_t> signature);

/// By weight, how much of the surfaces `a` stands in `b`, as multisets that ascend; 0 where there are none.
template <typename WeightOf>
[[nodiscard]] double share_in(std::span<const std::uint16_t> a, std::span<const std::uint16_t> b,
                              const WeightOf& weight_of) {
  double all = 0, common = 0;
  auto at = b.begin();
  for (const std::uint16_t surface : a) {
    const double weight = weight_of(surface);
    all += weight;
    while (at != b.end() && *at < surface) ++at;
    if (at == b.end() || *at != surface) continue;
    common += weight;
    ++at;
  }
  return all == 0 ? 0 : common / all;
}

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
