#include "search/best_matches.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

using namespace nutgraf;

namespace {

// `scores` of docids 1, 2 and so on.
BestMatches best_of(const std::vector<double>& scores, std::size_t depth, std::size_t counted) {
  BestMatches best(depth, counted);
  for (std::size_t i = 0; i < scores.size(); ++i) best.add({static_cast<Xapian::docid>(i + 1), scores[i]});
  return best;
}

std::vector<Match> sorted(std::vector<Match> matches) {
  std::sort(matches.begin(), matches.end(), is_better);
  return matches;
}

}  // namespace

TEST_CASE("best matches: few are all kept") {
  BestMatches best = best_of({1, 3, 2, 3}, 2, 4);
  CHECK(best.all());
  CHECK(best.least() == 0);
  CHECK(best.most_beyond() == 0);
  const auto matches = sorted(best.take());
  REQUIRE(matches.size() == 4);
  CHECK(matches[0].docid == 2);
  CHECK(matches[1].docid == 4);
  CHECK(matches[2].docid == 3);
  CHECK(matches[3].docid == 1);
}

TEST_CASE("best matches: what ties with the last is kept, so that it is known whether anything else does") {
  BestMatches some = best_of({1, 2, 2, 2, 1, 5, 1}, 2, 5);
  CHECK_FALSE(some.all());
  CHECK(some.most_beyond() < 2);
  CHECK(some.most_beyond() > 1);
  CHECK(some.take().size() == 4);

  BestMatches many = best_of({1, 2, 2, 2, 2, 1, 5, 2, 2}, 2, 5);
  CHECK(many.least() == 2);
  CHECK(many.most_beyond() == 2);
  const auto matches = sorted(many.take());
  REQUIRE(matches.size() == 5);
  CHECK(matches.back().docid == 5);
}

TEST_CASE("best matches: nothing at all, and none wanted") {
  CHECK(best_of({}, 2, 5).take().empty());
  CHECK(best_of({1, 2, 3}, 0, 1).take().size() == 1);
}

// A sort of all is the oracle.
TEST_CASE("best matches: those that a sort puts first") {
  std::mt19937 random(7);
  for (int round = 0; round < 3000; ++round) {
    const std::size_t depth = 1 + random() % 8, counted = depth + random() % 8;
    std::vector<double> scores(random() % 60);
    const std::size_t different = 1 + random() % 9;
    for (auto& score : scores) score = static_cast<double>(1 + random() % different);
    std::vector<Match> all;
    for (std::size_t i = 0; i < scores.size(); ++i) all.push_back({static_cast<Xapian::docid>(i + 1), scores[i]});
    all = sorted(std::move(all));

    BestMatches best = best_of(scores, depth, counted);
    REQUIRE(best.all() == (all.size() <= counted));
    const double beyond = best.most_beyond();
    const auto matches = sorted(best.take());
    REQUIRE(matches.size() >= std::min(all.size(), depth));
    REQUIRE(matches.size() <= counted);
    for (std::size_t i = 0; i < matches.size(); ++i) {
      REQUIRE(matches[i].docid == all[i].docid);
      REQUIRE(matches[i].score == all[i].score);
    }
    if (matches.size() < all.size()) {
      REQUIRE(all[matches.size()].score <= beyond);
      REQUIRE(matches.back().score >= beyond);
    }
  }
}
