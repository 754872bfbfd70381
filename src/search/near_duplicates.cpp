#include "search/near_duplicates.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <limits>
#include <unordered_set>
#include <utility>

#include "search/weights.h"

namespace nutgraf {
namespace {

static_assert(weights::kShingle * sizeof(std::uint16_t) == sizeof(std::uint64_t), "a shingle is one 64-bit number");

bool has_kind(std::span<const ComparedWord> words, WordKind kind) {
  return std::any_of(words.begin(), words.end(), [&](const ComparedWord& word) { return word.kind == kind; });
}

bool has_name(std::span<const ComparedWord> words) {
  return has_kind(words, WordKind::name) || has_kind(words, WordKind::subject);
}

// Where one text differs from the other: the words of both between two that they have in common.
struct Difference {
  std::span<const ComparedWord> of_a;
  std::span<const ComparedWord> of_b;

  bool replaces() const { return !of_a.empty() && !of_b.empty(); }
  bool replaces_number() const { return has_kind(of_a, WordKind::number) && has_kind(of_b, WordKind::number); }
  bool replaces_one_of(std::span<const std::uint16_t> surfaces) const {
    const auto holds_one = [&](const ComparedWord& word) {
      return std::find(surfaces.begin(), surfaces.end(), word.surface) != surfaces.end();
    };
    return replaces() &&
           (std::any_of(of_a.begin(), of_a.end(), holds_one) || std::any_of(of_b.begin(), of_b.end(), holds_one));
  }

  // Of texts this brief, a word for what the title names says that they are about another thing.
  bool replaces_fact(bool brief) const {
    if (!replaces()) return false;
    if (brief && (has_kind(of_a, WordKind::subject) || has_kind(of_b, WordKind::subject))) return true;
    return replaces_number() || (has_name(of_a) && has_name(of_b));
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
  for (std::size_t i = 0, j = 0; i < a.size() || j < b.size();) {
    const std::size_t begin_a = i, begin_b = j;
    while ((i < a.size() || j < b.size()) && !(i < a.size() && j < b.size() && same_word(a[i], b[j]))) {
      if (j == b.size() || (i < a.size() && common.at(i + 1, j) >= common.at(i, j + 1))) {
        ++i;
      } else {
        ++j;
      }
    }
    if (i == begin_a && j == begin_b) {
      ++i, ++j;
      continue;
    }
    comparison.lost += i - begin_a;
    comparison.differences.push_back({a.subspan(begin_a, i - begin_a), b.subspan(begin_b, j - begin_b)});
  }
  return comparison;
}

bool is_table(std::span<const ComparedWord> words) {
  const auto numbers =
      std::count_if(words.begin(), words.end(), [](const auto& word) { return word.kind == WordKind::number; });
  return 2 * static_cast<std::size_t>(numbers) >= words.size();
}

std::unordered_set<std::uint16_t> surfaces_of(std::span<const ComparedWord> words) {
  std::unordered_set<std::uint16_t> surfaces;
  for (const auto& word : words) surfaces.insert(word.surface);
  return surfaces;
}

std::vector<std::uint16_t> in_one_only(std::span<const std::uint16_t> surfaces, std::span<const ComparedWord> a,
                                       std::span<const ComparedWord> b) {
  std::vector<std::uint16_t> in_one;
  if (surfaces.empty()) return in_one;
  const auto of_a = surfaces_of(a), of_b = surfaces_of(b);
  std::copy_if(surfaces.begin(), surfaces.end(), std::back_inserter(in_one),
               [&](auto surface) { return of_a.contains(surface) != of_b.contains(surface); });
  return in_one;
}

bool have_half_in_common(std::span<const ComparedWord> a, std::span<const ComparedWord> b) {
  const auto of_b = surfaces_of(b);
  const auto common =
      std::count_if(a.begin(), a.end(), [&](const ComparedWord& word) { return of_b.contains(word.surface); });
  return 2 * static_cast<std::size_t>(common) >= std::max(a.size(), b.size());
}

// The smallest few of the hashes below `bound`, ascending.
std::vector<std::uint64_t> smallest_hashes(std::span<const std::uint16_t> signature, std::uint64_t bound) {
  constexpr std::uint64_t kScatter = 0x9E3779B97F4A7C15;  // odd: different sequences stay different
  std::array<std::uint64_t, weights::kSketch> smallest{};
  smallest.fill(bound);
  std::uint64_t window = 0;
  for (std::size_t i = 0; i < signature.size(); ++i) {
    window = window << 16 | signature[i];
    if (i + 1 < std::min(weights::kShingle, signature.size())) continue;
    std::uint64_t hash = window * kScatter;
    if (hash >= smallest.back() || std::count(smallest.begin(), smallest.end(), hash) > 0) continue;
    for (std::uint64_t& kept : smallest) {
      const std::uint64_t greater = std::max(kept, hash);
      kept = std::min(kept, hash);
      hash = greater;
    }
  }
  return {smallest.begin(), std::find(smallest.begin(), smallest.end(), bound)};
}

}  // namespace

std::vector<std::uint64_t> sketch_of(std::span<const std::uint16_t> signature) {
  // Most hashes are not looked at further, if it is known from the start that they are too large for a sketch.
  constexpr std::uint64_t kAny = std::numeric_limits<std::uint64_t>::max();
  auto sketch = smallest_hashes(signature, kAny / (signature.size() / (2 * weights::kSketch) + 1));
  return sketch.size() == weights::kSketch ? sketch : smallest_hashes(signature, kAny);
}

bool of_one_series(std::span<const ComparedWord> a, std::span<const ComparedWord> b) {
  if (!have_half_in_common(a, b)) return false;
  const auto differences = compare(a, b).differences;
  return std::any_of(differences.begin(), differences.end(),
                     [](const auto& difference) { return difference.replaces_number(); });
}

std::vector<std::uint16_t> replaced_in_title(std::span<const ComparedWord> a, std::span<const ComparedWord> b) {
  std::vector<std::uint16_t> surfaces;
  if (!have_half_in_common(a, b)) return surfaces;
  for (const auto& difference : compare(a, b).differences) {
    if (!difference.replaces()) continue;
    for (const auto& side : {difference.of_a, difference.of_b}) {
      for (const auto& word : side) {
        if (word.kind != WordKind::plain) surfaces.push_back(word.surface);
      }
    }
  }
  return surfaces;
}

bool tells_other_facts(std::span<const ComparedWord> copy, std::span<const ComparedWord> original,
                       std::span<const std::uint16_t> replaced_in_title) {
  if (std::equal(copy.begin(), copy.end(), original.begin(), original.end(), same_word)) return false;
  const std::size_t longer = std::max(copy.size(), original.size());
  if (longer < weights::kFewestWordsOfCopy) return true;
  if (is_table(copy) && is_table(original)) return true;
  const auto [differences, lost] = compare(copy, original);
  if (static_cast<double>(lost) > (1 - weights::kSameContent) * static_cast<double>(copy.size())) return true;
  const auto told_apart = in_one_only(replaced_in_title, copy, original);
  std::size_t replaced = 0, numbers = 0, facts = 0;
  for (const auto& difference : differences) {
    if (difference.replaces_one_of(told_apart)) return true;
    replaced += difference.replaces() ? 1 : 0;
    numbers += difference.replaces_number() ? 1 : 0;
    facts += difference.replaces_fact(longer < weights::kBriefText) ? 1 : 0;
  }
  if (numbers >= 2 || (numbers == 1 && replaced <= weights::kReplacedAroundNumber)) return true;
  return static_cast<double>(facts) > weights::kOtherFacts * static_cast<double>(differences.size());
}

}  // namespace nutgraf
