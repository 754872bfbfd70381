#include "search/near_duplicates.h"

#include <algorithm>
#include <set>
#include <utility>

#include "search/weights.h"

namespace nutgraf {
namespace {

static_assert(weights::kShingle * sizeof(std::uint16_t) == sizeof(std::uint64_t), "a shingle is one 64-bit number");

// Where one text differs from the other: the kinds of the words of both between two that they have in common.
struct Difference {
  std::set<WordKind> of_a;
  std::set<WordKind> of_b;

  bool both_have(WordKind kind) const { return of_a.contains(kind) && of_b.contains(kind); }

  // Of texts this brief, a word for what the title names says that they are about another thing.
  bool other_fact(bool brief) const {
    if (of_a.empty() || of_b.empty()) return false;
    const bool subject_a = of_a.contains(WordKind::subject), subject_b = of_b.contains(WordKind::subject);
    if (brief && (subject_a || subject_b)) return true;
    return both_have(WordKind::number) ||
           ((subject_a || of_a.contains(WordKind::name)) && (subject_b || of_b.contains(WordKind::name)));
  }
};

bool same_word(const ComparedWord& a, const ComparedWord& b) { return a.surface == b.surface; }

// Takes off what both begin with and what both end with; of what is left, the first thousand words speak for the rest.
void trim_common_ends(std::span<const ComparedWord>& a, std::span<const ComparedWord>& b) {
  const auto begin = std::mismatch(a.begin(), a.end(), b.begin(), b.end(), same_word);
  const auto equal = static_cast<std::size_t>(begin.first - a.begin());
  a = a.subspan(equal);
  b = b.subspan(equal);
  const auto end = std::mismatch(a.rbegin(), a.rend(), b.rbegin(), b.rend(), same_word);
  const auto tail = static_cast<std::size_t>(end.first - a.rbegin());
  a = a.first(std::min(a.size() - tail, weights::kComparedWords));
  b = b.first(std::min(b.size() - tail, weights::kComparedWords));
}

// For every i and j, how many words the ends of both from there on have in common (longest common subsequence).
class CommonWords {
 public:
  CommonWords(std::span<const ComparedWord> a, std::span<const ComparedWord> b)
      : columns_(b.size() + 1), lengths_((a.size() + 1) * columns_) {
    for (std::size_t i = a.size(); i-- > 0;) {
      for (std::size_t j = b.size(); j-- > 0;)
        at(i, j) = same_word(a[i], b[j]) ? at(i + 1, j + 1) + 1 : std::max(at(i + 1, j), at(i, j + 1));
    }
  }

  std::uint32_t& at(std::size_t i, std::size_t j) { return lengths_[i * columns_ + j]; }

 private:
  std::size_t columns_;
  std::vector<std::uint32_t> lengths_;
};

struct Comparison {
  std::vector<Difference> differences;
  std::size_t lost = 0;  // words of `a` that `b` has not, or not in this order
};

Comparison compare(std::span<const ComparedWord> a, std::span<const ComparedWord> b) {
  trim_common_ends(a, b);
  CommonWords common(a, b);
  Comparison comparison;
  auto& differences = comparison.differences;
  bool open = false;
  const auto current = [&]() -> Difference& {
    if (!open) differences.emplace_back();
    open = true;
    return differences.back();
  };
  for (std::size_t i = 0, j = 0; i < a.size() || j < b.size();) {
    if (i < a.size() && j < b.size() && same_word(a[i], b[j])) {
      open = false;
      ++i, ++j;
    } else if (j == b.size() || (i < a.size() && common.at(i + 1, j) >= common.at(i, j + 1))) {
      current().of_a.insert(a[i++].kind);
      ++comparison.lost;
    } else {
      current().of_b.insert(b[j++].kind);
    }
  }
  return comparison;
}

std::size_t count_numbers(std::span<const ComparedWord> words) {
  return static_cast<std::size_t>(
      std::count_if(words.begin(), words.end(), [](const auto& word) { return word.kind == WordKind::number; }));
}

}  // namespace

std::vector<std::uint64_t> sketch_of(std::span<const std::uint16_t> signature) {
  constexpr std::uint64_t kScatter = 0x9E3779B97F4A7C15;  // odd: different sequences stay different
  std::vector<std::uint64_t> smallest;
  std::uint64_t window = 0;
  for (std::size_t i = 0; i < signature.size(); ++i) {
    window = window << 16 | signature[i];
    if (i + 1 < std::min(weights::kShingle, signature.size())) continue;
    const std::uint64_t hash = window * kScatter;
    if (smallest.size() == weights::kSketch && hash >= smallest.back()) continue;
    const auto place = std::lower_bound(smallest.begin(), smallest.end(), hash);
    if (place != smallest.end() && *place == hash) continue;
    smallest.insert(place, hash);
    if (smallest.size() > weights::kSketch) smallest.pop_back();
  }
  return smallest;
}

WeighedSurfaces::WeighedSurfaces(std::vector<Surface> surfaces) : surfaces_(std::move(surfaces)) {
  std::sort(surfaces_.begin(), surfaces_.end(), [](const Surface& a, const Surface& b) { return a.hash < b.hash; });
  for (const auto& surface : surfaces_) weight_ += surface.weight;
}

double WeighedSurfaces::share_in(const WeighedSurfaces& other) const {
  if (weight_ == 0) return 0;
  double common = 0;
  auto a = surfaces_.begin();
  auto b = other.surfaces_.begin();
  while (a != surfaces_.end() && b != other.surfaces_.end()) {
    if (a->hash == b->hash) common += a->weight;
    const bool forward_a = a->hash <= b->hash;
    const bool forward_b = b->hash <= a->hash;
    if (forward_a) ++a;
    if (forward_b) ++b;
  }
  return common / weight_;
}

bool of_one_series(std::span<const ComparedWord> a, std::span<const ComparedWord> b) {
  const auto common = std::count_if(a.begin(), a.end(), [&](const ComparedWord& word) {
    return std::any_of(b.begin(), b.end(), [&](const ComparedWord& other) { return same_word(word, other); });
  });
  if (2 * static_cast<std::size_t>(common) < std::max(a.size(), b.size())) return false;
  const auto differences = compare(a, b).differences;
  return std::any_of(differences.begin(), differences.end(),
                     [](const auto& difference) { return difference.both_have(WordKind::number); });
}

bool tells_other_facts(std::span<const ComparedWord> copy, std::span<const ComparedWord> original) {
  if (std::equal(copy.begin(), copy.end(), original.begin(), original.end(), same_word)) return false;
  const std::size_t longer = std::max(copy.size(), original.size());
  if (longer < weights::kFewestWordsOfCopy) return true;
  if (2 * std::min(count_numbers(copy), count_numbers(original)) >= longer) return true;
  const auto [differences, lost] = compare(copy, original);
  if (static_cast<double>(lost) > (1 - weights::kSameContent) * static_cast<double>(copy.size())) return true;
  const auto other_facts = std::count_if(differences.begin(), differences.end(), [&](const auto& difference) {
    return difference.other_fact(longer < weights::kBriefText);
  });
  return static_cast<double>(other_facts) > weights::kOtherFacts * static_cast<double>(differences.size());
}

}  // namespace nutgraf
