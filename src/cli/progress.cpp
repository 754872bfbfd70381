#include "cli/progress.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace nutgraf::cli {
namespace {

constexpr auto kInterval = std::chrono::milliseconds(100);
constexpr std::size_t kBarWidth = 24;

std::string grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t place = digits.size(); place > 3;) {
    place -= 3;
    digits.insert(place, 1, ',');
  }
  return digits;
}

std::string duration(double seconds) {
  const auto whole = static_cast<long>(std::ceil(seconds));
  if (whole < 60) return std::to_string(whole) + " s";
  std::array<char, 48> text{};
  std::snprintf(text.data(), text.size(), "%ld min %02ld s", whole / 60, whole % 60);
  return text.data();
}

}  // namespace

std::string progress_line(std::size_t articles, std::uint64_t bytes_read, std::uint64_t bytes_total, double seconds) {
  const double share =
      bytes_total == 0 ? 1.0 : std::min(1.0, static_cast<double>(bytes_read) / static_cast<double>(bytes_total));
  const auto filled = static_cast<std::size_t>(share * kBarWidth);
  std::string bar(filled, '=');
  if (filled < kBarWidth) bar += '>';
  bar.resize(kBarWidth, ' ');
  std::string line =
      "[" + bar + "] " + std::to_string(static_cast<int>(share * 100)) + "%  " + grouped(articles) + " articles";
  if (seconds > 0) line += "  " + grouped(static_cast<std::uint64_t>(static_cast<double>(articles) / seconds)) + "/s";
  if (share > 0.01 && share < 1.0) line += "  " + duration(seconds * (1 - share) / share) + " left";
  if (share >= 1.0) line += "  writing";
  return line;
}

void Progress::update(std::size_t articles, std::uint64_t bytes_read, std::uint64_t bytes_total) {
  const auto now = Clock::now();
  if (!enabled_ || (now - last_ < kInterval && bytes_read < bytes_total)) return;
  last_ = now;
  shown_ = true;
  const double seconds = std::chrono::duration<double>(now - start_).count();
  err_ << "\r\x1b[K" << progress_line(articles, bytes_read, bytes_total, seconds) << std::flush;
}

void Progress::clear() {
  if (shown_) err_ << "\r\x1b[K" << std::flush;
  shown_ = false;
}

}  // namespace nutgraf::cli
