// A progress line on a terminal's stderr: share done, articles, rate, time left. Silent anywhere else.
#pragma once

#include <chrono>
#include <cstdint>
#include <ostream>
#include <string>

namespace nutgraf::cli {

class Progress {
 public:
  using Clock = std::chrono::steady_clock;

  Progress(std::ostream& err, bool enabled) : err_(err), enabled_(enabled), start_(Clock::now()), last_(start_) {}
  ~Progress() { clear(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void update(std::size_t articles, std::uint64_t bytes_read, std::uint64_t bytes_total);
  void clear();

 private:
  std::ostream& err_;
  bool enabled_;
  Clock::time_point start_;
  Clock::time_point last_;
  bool shown_ = false;
};

/// "[=====>     ] 46%  12,345 articles  3,210/s  8 s left"
[[nodiscard]] std::string progress_line(std::size_t articles, std::uint64_t bytes_read, std::uint64_t bytes_total,
                                        double seconds);

}  // namespace nutgraf::cli
