// The one table of exit codes: help and man page print it, scripts rely on it.
#pragma once

#include <array>
#include <string_view>

#include "nutgraf/error.h"

namespace nutgraf::cli {

// Outcomes, not errors (those are ErrorCode).
inline constexpr int kDone = 0;
inline constexpr int kNoHits = 1;
inline constexpr int kSomeRejected = 5;

struct ExitCode {
  int code;
  std::string_view brief;    ///< for a line that lists them all
  std::string_view meaning;  ///< a sentence
};

inline constexpr std::array kExitCodes{
    ExitCode{kDone, "done or hits", "It is done; a search has hits."},
    ExitCode{kNoHits, "no hits", "Nothing was found: no hits, no such article."},
    ExitCode{static_cast<int>(ErrorCode::usage), "usage",
             "The command line is wrong, or names a file that cannot be read."},
    ExitCode{static_cast<int>(ErrorCode::index), "no index or a damaged one",
             "There is no index, or it is damaged or of another version."},
    ExitCode{static_cast<int>(ErrorCode::locked), "another writer is at work",
             "Another process is writing to the index. Nothing was changed."},
    ExitCode{kSomeRejected, "some documents were rejected (the rest is in)",
             "Some documents were rejected, each with a reason on stderr. The rest is in the index."},
    ExitCode{static_cast<int>(ErrorCode::internal), "internal error",
             "The machine failed (disk full, out of memory), or the program did."},
};

}  // namespace nutgraf::cli
