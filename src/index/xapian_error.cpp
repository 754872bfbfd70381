#include "index/xapian_error.h"

#include <cerrno>
#include <cstring>
#include <string_view>

namespace nutgraf {

Error to_error(const Xapian::Error& error) {
  const std::string_view type = error.get_type();
  const char* const system = error.get_error_string();  // what errno says; null where no system call failed
  std::string message = error.get_msg();
  if (system != nullptr) message += std::string(" (") + system + ")";
  // Not only the last call's own error: the message may tell of an earlier one.
  if (message.find(std::strerror(ENOSPC)) != std::string::npos ||
      message.find(std::strerror(EFBIG)) != std::string::npos) {
    return {ErrorCode::internal, "the disk is full: " + message,
            "What was committed before is safe. Free some space and run the command again."};
  }
  if (type == "DatabaseLockError") {
    return {ErrorCode::locked, "another process is writing to the index: " + message,
            "Wait until it is done and run the command again."};
  }
  if (type == "DatabaseVersionError") {
    return {ErrorCode::index, "the index was written by another version of Xapian: " + message,
            "Index the articles again into an empty folder."};
  }
  // A database that cannot be opened, or whose blocks make no sense.
  const bool unreadable = type == "DatabaseOpeningError" || type == "DatabaseCorruptError" ||
                          type == "DatabaseNotFoundError" || type == "DocNotFoundError" ||
                          (type == "DatabaseError" && system == nullptr);
  if (unreadable) {
    return {ErrorCode::index, "the index is damaged: " + message,
            "Index the articles again into an empty folder (nutgraf check tells what is wrong)."};
  }
  return {ErrorCode::internal, std::string(type) + ": " + message};
}

}  // namespace nutgraf
