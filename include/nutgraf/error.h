// The one error type: what went wrong, which exit code it means, and what to do about it.
#pragma once

#include <stdexcept>
#include <string>

namespace nutgraf {

/// The values are the exit codes of the command line; scripts rely on them.
enum class ErrorCode : int {
  usage = 2,      ///< a wrong option or argument, or an unreadable query file
  index = 3,      ///< the index is missing, damaged or incompatible
  locked = 4,     ///< another writer holds the index
  internal = 70,  ///< a bug, or the machine (disk full, out of memory)
};

/// Thrown across modules. `what()` is the message; `hint()` is the next step for the user and may be empty.
class Error : public std::runtime_error {
 public:
  Error(ErrorCode code, const std::string& message, std::string hint = {})
      : std::runtime_error(message), code_(code), hint_(std::move(hint)) {}

  [[nodiscard]] ErrorCode code() const noexcept { return code_; }
  [[nodiscard]] const std::string& hint() const noexcept { return hint_; }

 private:
  ErrorCode code_;
  std::string hint_;
};

}  // namespace nutgraf
