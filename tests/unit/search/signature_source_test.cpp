#include "search/signature_source.h"

#include <doctest/doctest.h>

using namespace nutgraf;

namespace {

bool phrase(std::vector<std::uint16_t> signature, std::vector<std::uint16_t> hashes) { return matches(signature, {std::move(hashes), 0}); }
bool near(std::vector<std::uint16_t> signature, std::vector<std::uint16_t> hashes, std::size_t distance) {
  return matches(signature, {std::move(hashes), distance});
}

}  // namespace

TEST_CASE("signature: a phrase is side by side and in order") {
  CHECK(phrase({1, 2, 3, 4}, {2, 3}));
  CHECK(phrase({1, 2, 2, 3}, {2, 3}));
  CHECK_FALSE(phrase({1, 3, 2}, {2, 3}));
  CHECK_FALSE(phrase({2, 9, 3}, {2, 3}));
  CHECK(phrase({7}, {7}));
  CHECK_FALSE(phrase({}, {7}));
  CHECK_FALSE(phrase({7}, {}));
}

TEST_CASE("signature: near is within a window, in any order") {
  CHECK(near({2, 9, 3}, {3, 2}, 2));
  CHECK_FALSE(near({2, 9, 3}, {3, 2}, 1));
  CHECK(near({1, 8, 2, 8, 3}, {3, 1, 2}, 4));
  CHECK_FALSE(near({1, 8, 2, 8, 3}, {3, 1, 2}, 3));
  CHECK(near({2, 9, 9, 2, 3}, {2, 3}, 1));  // the later 2 counts
}

TEST_CASE("signature: the same word twice needs two places") {
  CHECK_FALSE(near({1, 5}, {1, 1}, 3));
  CHECK(near({1, 5, 1}, {1, 1}, 2));
  CHECK_FALSE(near({1, 5, 5, 5, 1}, {1, 1}, 2));
  CHECK(near({1, 5, 5, 5, 1, 1}, {1, 1}, 2));
}
