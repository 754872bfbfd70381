// Many searches side by side: the same answers in the same order for any number of threads, whatever goes wrong.
#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <future>
#include <thread>

#include "nutgraf/error.h"
#include "unit/search/support.h"

using namespace nutgraf;
using namespace nutgraf::test;

namespace {

constexpr std::array kJobs{1U, 2U, 8U};
constexpr std::array kWords{"chips", "Doubao", "\"price war\"", "price -chips", "trains",
                            "char*", "-war",   "(odd",          "Doubau"};

SmallIndex small_index() {
  std::vector<Record> records;
  for (int i = 0; i < 40; ++i) {
    const std::string number = std::to_string(i);
    records.push_back(
        {"a" + number, "Story " + number,
         "Doubao " + std::string(i % 3 == 0 ? "charges for chips" : "ends its price war") + " on day " + number,
         "2025-01-" + std::to_string(10 + i % 20), "Delta Wire"});
  }
  return SmallIndex(records);
}

SearchTask task(std::size_t number) {
  SearchTask task;
  task.qid = std::to_string(number);
  task.request.query = kWords[number % kWords.size()];
  task.request.limit = 1 + number % 7;
  return task;
}

NextTask tasks(std::size_t count) {
  return [count, number = std::size_t{0}]() mutable -> std::optional<SearchTask> {
    return number < count ? std::optional(task(number++)) : std::nullopt;
  };
}

std::string line(const SearchTask& task, const SearchResponse& response) {
  std::string text = task.qid + ":";
  for (const auto& hit : response.hits) text += " " + hit.passage.id + " " + std::to_string(hit.score);
  for (const auto& warning : response.warnings) text += " " + warning.message + warning.suggestion.value_or("");
  return text + "\n";
}

// All that is delivered, a line each.
OnAnswer into(std::string& all) {
  return [&all](const SearchTask& task, const SearchResponse& response) -> Delivery {
    return [&all, text = line(task, response)] { all += text; };
  };
}

std::string one_by_one(const SmallIndex& index, std::size_t count) {
  Searcher searcher(index.path());
  std::string all;
  for (std::size_t i = 0; i < count; ++i) all += line(task(i), searcher.search(task(i).request));
  return all;
}

std::ptrdiff_t threads() {
  std::thread([] {}).join();  // with the first one, the thread sanitizer starts one of its own
  return std::distance(std::filesystem::directory_iterator("/proc/self/task"), std::filesystem::directory_iterator());
}

// A thread that was joined is still listed for a moment.
bool no_more_threads_than(std::ptrdiff_t before) {
  for (int i = 0; i < 1000 && threads() > before; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  return threads() <= before;
}

// The messages of an error are enough to tell which one came.
std::string error_of(const SmallIndex& index, unsigned jobs, const NextTask& next, const OnAnswer& answered) {
  const auto before = threads();
  std::string message = "none";
  try {
    search_all(index.path(), jobs, next, answered);
  } catch (const std::exception& error) {
    message = error.what();
  }
  CHECK(no_more_threads_than(before));
  return message;
}

}  // namespace

TEST_CASE("any number of threads delivers what one searcher answers, in the order of tasks") {
  const auto index = small_index();
  for (const std::size_t count : {0, 1, 500}) {
    const std::string expected = one_by_one(index, count);
    for (const unsigned jobs : kJobs) {
      CAPTURE(jobs);
      std::string all;
      CHECK(error_of(index, jobs, tasks(count), into(all)) == "none");
      CHECK(all == expected);
    }
  }
}

TEST_CASE("an answer that comes early waits for those before it") {
  const auto index = small_index();
  std::promise<void> second_is_answered;
  std::string order;
  search_all(index.path(), 2, tasks(2), [&](const SearchTask& task, const SearchResponse&) -> Delivery {
    if (task.qid == "0") second_is_answered.get_future().wait();
    if (task.qid == "1") second_is_answered.set_value();
    return [&order, qid = task.qid] { order += qid; };
  });
  CHECK(order == "01");
}

TEST_CASE("tasks are not read far ahead of a slow answer") {
  const auto index = small_index();
  std::atomic<std::size_t> read = 0;
  std::size_t read_meanwhile = 0;
  const auto next = [&, all = tasks(5000)] {
    ++read;
    return all();
  };
  search_all(index.path(), 2, next, [&](const SearchTask& task, const SearchResponse&) -> Delivery {
    if (task.qid == "0") {
      std::this_thread::sleep_for(std::chrono::milliseconds(100));  // too short only makes the test weaker
      read_meanwhile = read;
    }
    return [] {};
  });
  CHECK(read == 5001);
  CHECK(read_meanwhile <= 64);
}

TEST_CASE("an error comes in its place: all before it is delivered, nothing after it") {
  const auto index = small_index();
  const std::string expected = one_by_one(index, 100);
  for (const unsigned jobs : kJobs) {
    CAPTURE(jobs);
    std::string all;

    SUBCASE("of a search") {
      const auto next = [given = tasks(5000)]() mutable {
        auto task = given();
        if (task->qid == "100" || task->qid == "103") task->request.facets = {"colour" + task->qid};
        return task;
      };
      CHECK(error_of(index, jobs, next, into(all)).find("colour100") != std::string::npos);
    }
    SUBCASE("of what reads the tasks") {
      std::size_t read = 0;
      const auto next = [&read, given = tasks(5000)]() mutable {
        CHECK(++read <= 101);
        auto task = given();
        if (task->qid == "100") throw std::runtime_error("cannot read");
        return task;
      };
      CHECK(error_of(index, jobs, next, into(all)) == "cannot read");
    }
    SUBCASE("of what takes an answer") {
      const auto answered = [deliver = into(all)](const SearchTask& task, const SearchResponse& response) {
        if (task.qid == "100") throw std::runtime_error("cannot take");
        return deliver(task, response);
      };
      CHECK(error_of(index, jobs, tasks(5000), answered) == "cannot take");
    }
    SUBCASE("of a delivery") {
      const auto answered = [deliver = into(all)](const SearchTask& task, const SearchResponse& response) -> Delivery {
        if (task.qid == "100") return [] { throw std::runtime_error("cannot deliver"); };
        return deliver(task, response);
      };
      CHECK(error_of(index, jobs, tasks(5000), answered) == "cannot deliver");
    }
    CHECK(all == expected);
  }
}

TEST_CASE("no index is said before a task is read") {
  const TempFolder folder;
  bool called = false;
  const auto next = [&]() -> std::optional<SearchTask> {
    called = true;
    return std::nullopt;
  };
  CHECK_THROWS_AS(search_all(folder / "none", 2, next, {}), Error);
  CHECK(!called);
}
