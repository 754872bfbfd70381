#include "cli/console.h"

#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>

#include "text/excerpt.h"

namespace nutgraf::cli {
namespace {

constexpr std::size_t kMinimumWidth = 40;
constexpr std::size_t kMaximumWidth = 120;  // longer lines are hard to read

std::size_t terminal_width() {
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 80;
  return std::clamp<std::size_t>(size.ws_col, kMinimumWidth, kMaximumWidth);
}

// By the variable that decides for characters. Text is printed as UTF-8 in any case, since articles are.
bool locale_is_utf8() {
  for (const char* variable : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const char* value = std::getenv(variable);
    if (value == nullptr || *value == '\0') continue;
    std::string name(value);
    std::transform(name.begin(), name.end(), name.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? c | 32 : c; });
    return name.find("utf-8") != std::string::npos || name.find("utf8") != std::string::npos;
  }
  return false;
}

// Names and words of any length are quoted in messages; longer than any path, it is no message.
std::string in_short(std::string_view message) {
  constexpr std::size_t kLongest = 5000;
  return printable(excerpt(message, kLongest));
}

}  // namespace

Console standard_console() {
  const bool terminal = ::isatty(STDOUT_FILENO) != 0;
  const char* no_color = std::getenv("NO_COLOR");
  return {std::cout,
          std::cerr,
          terminal,
          ::isatty(STDERR_FILENO) != 0,
          terminal ? terminal_width() : 80,
          no_color != nullptr && *no_color != '\0',
          locale_is_utf8()};
}

bool output_was_closed() {
  pollfd output{STDOUT_FILENO, POLLOUT, 0};
  return ::poll(&output, 1, 0) == 1 && (output.revents & (POLLERR | POLLHUP)) != 0;
}

TextStyle text_style(const Console& console, ColorChoice color) {
  const bool automatic = console.out_is_terminal && !console.no_color;
  return {color == ColorChoice::always || (color == ColorChoice::automatic && automatic), console.width, console.utf8};
}

void print_error(const Console& console, const Error& error) {
  console.err << "nutgraf: " << in_short(error.what()) << '\n';
  if (!error.hint().empty()) console.err << "  " << in_short(error.hint()) << '\n';
}

void print_warning(const Console& console, std::string_view message) {
  console.err << "nutgraf: warning: " << in_short(message) << '\n';
}

void print_diagnostic(const Console& console, const Diagnostic& diagnostic, std::string_view qid) {
  const std::string query = qid.empty() ? "the query" : "query " + std::string(qid);
  const bool of_option = diagnostic.subject.starts_with("--");  // which stands at no byte of the query
  std::string message = "at byte " + std::to_string(diagnostic.byte) + " of " + query + ": ";
  if (of_option) message = qid.empty() ? "" : query + ": ";
  message += diagnostic.message;
  if (diagnostic.suggestion) message += " (did you mean " + *diagnostic.suggestion + "?)";
  print_warning(console, message);
}

}  // namespace nutgraf::cli
