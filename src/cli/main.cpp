#include <csignal>

#include "cli/command.h"

int main(int argc, char** argv) {
  // A reader that closes the pipe early (head, a pager) is no error: writing then fails quietly.
  std::signal(SIGPIPE, SIG_IGN);
  return nutgraf::cli::run(argc, argv, nutgraf::cli::standard_console());
}
