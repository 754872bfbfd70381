#include "index/xapian_error.h"

#include <string_view>

namespace nutgraf {

Error to_error(const Xapian::Error& error) {
  const std::string_view type = error.get_type();
  std::string message = error.get_msg();
  if (const char* system = error.get_error_string()) message += std::string(" (") + system + ")";
  if (type == "DatabaseLockError") {
    return {ErrorCode::locked, "another process is writing to the index: " + message, "Wait until it is done and run the command again."};
  }
  if (type == "DatabaseVersionError") {
    return {ErrorCode::index, "the index was written by another version of Xapian: " + message,
            "Index the articles again into an empty folder."};
  }
  if (type == "DatabaseOpeningError" || type == "DatabaseCorruptError" || type == "DatabaseNotFoundError" || type == "DocNotFoundError") {
    return {ErrorCode::index, "the index is damaged: " + message,
            "Index the articles again into an empty folder (nutgraf check tells what is wrong)."};
  }
  return {ErrorCode::internal, std::string(type) + ": " + message};
}

}  // namespace nutgraf
