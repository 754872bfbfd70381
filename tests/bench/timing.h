// What the benchmark programs share: clocks, percentiles, the queries of a run.
#pragma once

#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace bench {

inline double seconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

/// User and system time of this process, all threads together.
inline double own_cpu_seconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
}

inline double own_peak_mb() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

inline double now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// The value that `share` (0 to 1) of the values do not exceed: nearest rank, so always a measured one.
inline double percentile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  const auto last = static_cast<double>(values.size() - 1);
  return values[static_cast<std::size_t>(share * last + 0.5)];
}

inline std::uintmax_t bytes_of_folder(const std::filesystem::path& folder) {
  std::uintmax_t bytes = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) bytes += entry.file_size();
  }
  return bytes;
}

struct Query {
  std::string kind;  ///< "1 word", "phrase", ...
  std::string text;
};

/// Reads lines "kind<TAB>query", as bench_collection writes them.
inline std::vector<Query> read_queries(const std::filesystem::path& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot read " + path.string());
  std::vector<Query> queries;
  for (std::string line; std::getline(file, line);) {
    const auto tab = line.find('\t');
    if (tab == std::string::npos) throw std::runtime_error("no tab in a line of " + path.string());
    queries.push_back({line.substr(0, tab), line.substr(tab + 1)});
  }
  return queries;
}

/// The kinds of `queries`, each once, in their order.
inline std::vector<std::string> kinds_of(const std::vector<Query>& queries) {
  std::vector<std::string> kinds;
  for (const auto& query : queries) {
    if (std::find(kinds.begin(), kinds.end(), query.kind) == kinds.end()) kinds.push_back(query.kind);
  }
  return kinds;
}

}  // namespace bench
