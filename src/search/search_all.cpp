// Many searches on several threads. Tasks are read in turn, answered side by side, and delivered in the order in which
// they were read; an error is delivered like an answer, in its place, so that what came before it never depends on
// the number of threads.
#include <algorithm>
#include <condition_variable>
#include <exception>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

#include "nutgraf/search.h"

namespace nutgraf {
namespace {

// So many answers a thread may wait for a slow one before them. More only takes memory.
constexpr std::size_t kWaitingPerThread = 32;

class TaskRun {
 public:
  TaskRun(std::vector<Searcher>& searchers, const NextTask& next, const OnAnswer& answered)
      : searchers_(searchers), next_(next), answered_(answered) {}
  TaskRun(const TaskRun&) = delete;
  TaskRun& operator=(const TaskRun&) = delete;
  ~TaskRun() {
    close();
    for (auto& thread : threads_) thread.join();
  }

  void run() {
    threads_.reserve(searchers_.size());
    for (auto& searcher : searchers_) threads_.emplace_back([this, &searcher] { work(searcher); });
    while (const Delivery deliver = next_delivery()) deliver();
  }

 private:
  struct Numbered {
    std::size_t number = 0;
    SearchTask task;
  };

  void work(Searcher& searcher) {
    while (auto taken = take()) {
      try {
        hand_over(taken->number, answered_(taken->task, searcher.search(taken->task.request)));
      } catch (...) {
        fail(taken->number);
      }
    }
  }

  std::optional<Numbered> take() {
    const std::lock_guard reading(reading_);
    std::size_t number = 0;
    {
      std::unique_lock lock(mutex_);
      const std::size_t waiting = kWaitingPerThread * searchers_.size();
      room_.wait(lock, [&] { return closed_ || taken_ - delivered_ < waiting; });
      if (closed_) return std::nullopt;
      number = taken_++;
    }
    try {
      if (auto task = next_()) return Numbered{number, std::move(*task)};
      hand_over(number, {});  // the end
      close();
    } catch (...) {
      fail(number);
    }
    return std::nullopt;
  }

  void fail(std::size_t number) {
    hand_over(number, [error = std::current_exception()] { std::rethrow_exception(error); });
    close();
  }

  void hand_over(std::size_t number, Delivery delivery) {
    {
      const std::lock_guard lock(mutex_);
      ready_.emplace(number, std::move(delivery));
    }
    answer_.notify_one();
  }

  // An empty one at the end.
  Delivery next_delivery() {
    std::unique_lock lock(mutex_);
    answer_.wait(lock, [this] { return ready_.contains(delivered_); });
    Delivery delivery = std::move(ready_.extract(delivered_++).mapped());
    lock.unlock();
    room_.notify_one();
    return delivery;
  }

  void close() {
    {
      const std::lock_guard lock(mutex_);
      closed_ = true;
    }
    room_.notify_one();  // only who reads waits for room
  }

  std::vector<Searcher>& searchers_;
  const NextTask& next_;
  const OnAnswer& answered_;
  std::vector<std::thread> threads_;
  std::mutex reading_;  // held while a task is read, so that numbers follow the order of tasks
  std::mutex mutex_;    // for all that follows
  std::condition_variable room_;
  std::condition_variable answer_;
  std::map<std::size_t, Delivery> ready_;
  std::size_t taken_ = 0;
  std::size_t delivered_ = 0;
  bool closed_ = false;  // no more tasks are taken
};

}  // namespace

void search_all(const std::filesystem::path& index, unsigned jobs, const NextTask& next, const OnAnswer& answered) {
  if (jobs == 0) jobs = std::max(1U, std::thread::hardware_concurrency());
  std::vector<Searcher> searchers;
  for (unsigned i = 0; i < jobs; ++i) searchers.emplace_back(index);
  TaskRun(searchers, next, answered).run();
}

}  // namespace nutgraf
