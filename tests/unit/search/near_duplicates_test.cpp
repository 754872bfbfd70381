#include "search/near_duplicates.h"

#include <doctest/doctest.h>

using namespace nutgraf;

namespace {

std::vector<std::uint16_t> words(std::size_t count, unsigned seed) {
  std::vector<std::uint16_t> signature;
  unsigned state = seed * 2654435761U + 1;
  for (std::size_t i = 0; i < count; ++i) {
    state = state * 1664525U + 1013904223U;
    signature.push_back(static_cast<std::uint16_t>(state >> 16));
  }
  return signature;
}

}  // namespace

TEST_CASE("near-duplicates: overlap") {
  const auto a = words(100, 1);
  CHECK(Shingles(a).overlap(Shingles(a)) == 1.0);
  CHECK(Shingles(a).overlap(Shingles(words(100, 2))) == 0.0);
  auto longer = a;
  const auto more = words(40, 3);
  longer.insert(longer.end(), more.begin(), more.end());
  CHECK(Shingles(a).overlap(Shingles(longer)) == 1.0);  // contained
  auto edited = a;
  edited[50] ^= 1;
  CHECK(Shingles(a).overlap(Shingles(edited)) == doctest::Approx(93.0 / 97.0));
  CHECK(Shingles(std::vector<std::uint16_t>{}).overlap(Shingles(a)) == 0.0);
}

TEST_CASE("near-duplicates: short passages are the same only word for word") {
  const std::vector<std::uint16_t> one{1, 2}, same{1, 2}, other{1, 3};
  CHECK(Shingles(one).overlap(Shingles(same)) == 1.0);
  CHECK(Shingles(one).overlap(Shingles(other)) == 0.0);
}

TEST_CASE("near-duplicates: groups") {
  DuplicateGroups groups;
  const auto a = words(120, 1);
  auto copy = a;
  copy[3] ^= 1;
  copy[100] ^= 1;
  auto half = words(120, 9);
  std::copy(a.begin(), a.begin() + 60, half.begin());
  CHECK(groups.add(a) == 0);
  CHECK(groups.add(words(120, 5)) == 1);
  CHECK(groups.add(copy) == 0);
  CHECK(groups.add(half) == 2);  // half of it is new
  CHECK(groups.add({}) == 3);
  CHECK(groups.add({}) == 4);  // nothing says nothing
}

TEST_CASE("near-duplicates: edits of a twentieth of the words are found, whatever words they hit") {
  int found = 0;
  for (unsigned seed = 1; seed <= 200; ++seed) {
    DuplicateGroups groups;
    const auto a = words(120, seed);
    auto copy = a;
    for (unsigned i = 0; i < 5; ++i) copy[(seed * 31 + i * 24) % 120] ^= 1;
    groups.add(a);
    found += groups.add(copy) == 0 ? 1 : 0;
  }
  CHECK(found == 200);
}
