#include "index/generation_build.h"

#include <doctest/doctest.h>

#include <atomic>
#include <thread>
#include <vector>

using namespace nutgraf;

TEST_CASE("build turns: no more at a time than there are, and everybody has one in the end") {
  constexpr int kTurns = 2;
  constexpr int kWorkers = 4;
  constexpr int kRounds = 2'000;
  BuildTurns turns(kTurns);
  std::atomic<int> building = 0, crowded = 0, done = 0;
  {
    std::vector<std::jthread> workers;
    for (int worker = 0; worker < kWorkers; ++worker) {
      workers.emplace_back([&] {
        for (int round = 0; round < kRounds; ++round) {
          turns.lock();
          if (++building > kTurns) ++crowded;
          std::this_thread::yield();
          --building;
          turns.unlock();
          ++done;
        }
      });
    }
  }
  CHECK(crowded.load() == 0);
  CHECK(done.load() == kWorkers * kRounds);
}
