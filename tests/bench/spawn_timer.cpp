// Usage: spawn_timer [--runs N] [--warm N] [--queries FILE] -- PROGRAM ARGUMENT...
//
// Runs a program and prints, as a line of JSON, the milliseconds from posix_spawn() to its exit with its output read
// from a pipe to the end: median, 95th percentile, least; user and system time likewise; the most memory. With
// --queries the text of each line ("kind<TAB>query") becomes the last argument, and there is a line for each kind; the
// queries take turns, so that a disturbance of the machine does not fall on one of them.
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>

#include "timing.h"

extern char** environ;

namespace {

struct Run {
  double milliseconds = 0;
  double cpu_milliseconds = 0;
  std::size_t bytes = 0;
  double peak_mb = 0;
  int code = 0;
};

struct Options {
  int runs = 1;
  int warm = 0;
  std::string queries;
  std::vector<std::string> command;
};

Run run_once(const std::vector<std::string>& command) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  std::vector<char*> arguments;
  for (const auto& argument : command) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);

  const double start = bench::now();
  pid_t child = 0;
  const int error = ::posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), environ);
  ::close(ends[1]);
  if (error != 0) throw std::runtime_error(command.front() + ": " + std::strerror(error));
  Run run;
  std::array<char, 1 << 16> buffer;
  for (ssize_t got = 0; (got = ::read(ends[0], buffer.data(), buffer.size())) > 0;)
    run.bytes += static_cast<std::size_t>(got);
  int status = 0;
  rusage usage{};
  ::wait4(child, &status, 0, &usage);
  run.milliseconds = (bench::now() - start) * 1000;
  run.cpu_milliseconds = (bench::seconds_of(usage.ru_utime) + bench::seconds_of(usage.ru_stime)) * 1000;
  run.peak_mb = static_cast<double>(usage.ru_maxrss) / 1024;
  run.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  ::close(ends[0]);
  ::posix_spawn_file_actions_destroy(&actions);
  return run;
}

Options parse(int argc, char** argv) {
  Options options;
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  std::size_t i = 0;
  for (; i + 1 < arguments.size() && arguments[i] != "--"; i += 2) {
    const std::string& value = arguments[i + 1];
    if (arguments[i] == "--runs") {
      options.runs = std::stoi(value);
    } else if (arguments[i] == "--warm") {
      options.warm = std::stoi(value);
    } else if (arguments[i] == "--queries") {
      options.queries = value;
    } else {
      throw std::runtime_error("no such option: " + arguments[i]);
    }
  }
  if (i + 1 >= arguments.size())
    throw std::runtime_error("usage: spawn_timer [--runs N] [--warm N] [--queries FILE] -- PROGRAM ARGUMENT...");
  options.command.assign(arguments.begin() + static_cast<std::ptrdiff_t>(i) + 1, arguments.end());
  return options;
}

int time_it(const Options& options) {
  std::vector<bench::Query> queries(1);  // without a file the command as it is
  if (!options.queries.empty()) queries = bench::read_queries(options.queries);
  std::map<std::string, std::vector<Run>> runs;
  for (int round = -options.warm; round < options.runs; ++round) {
    for (const auto& query : queries) {
      auto command = options.command;
      if (!options.queries.empty()) command.push_back(query.text);
      const Run run = run_once(command);
      // A command line may find nothing (1) and an indexer reject something (5); all else is no measurement.
      if (run.code != 0 && run.code != 1 && run.code != 5) {
        std::cerr << "spawn_timer: " << options.command.front() << " ended with " << run.code << '\n';
        return 1;
      }
      if (round >= 0) runs[query.kind].push_back(run);
    }
  }
  for (const auto& kind : bench::kinds_of(queries)) {
    std::vector<double> wall, cpu, peak;
    std::size_t bytes = 0;
    for (const Run& run : runs[kind]) {
      wall.push_back(run.milliseconds);
      cpu.push_back(run.cpu_milliseconds);
      peak.push_back(run.peak_mb);
      bytes += run.bytes;
    }
    nlohmann::ordered_json line;
    if (!kind.empty()) line["kind"] = kind;
    line["runs"] = wall.size();
    line["median_ms"] = bench::percentile(wall, 0.5);
    line["p95_ms"] = bench::percentile(wall, 0.95);
    line["least_ms"] = bench::percentile(wall, 0);
    line["cpu_ms"] = bench::percentile(cpu, 0.5);
    line["peak_mb"] = bench::percentile(peak, 1);
    line["output_bytes"] = bytes / std::max<std::size_t>(1, wall.size());
    std::cout << line.dump() << '\n';
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) try { return time_it(parse(argc, argv)); } catch (const std::exception& error) {
  std::cerr << "spawn_timer: " << error.what() << '\n';
  return 2;
}
