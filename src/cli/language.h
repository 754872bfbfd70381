// The query language in examples: what help and man page say of it.
#pragma once

#include <string>
#include <vector>

namespace nutgraf::cli {

/// A query as it is typed, and what it finds: a sentence without its full stop.
struct LanguageExample {
  std::string query;
  std::string meaning;
};

/// Words and operators, then each field, then the forms of a date.
[[nodiscard]] std::vector<LanguageExample> language_examples();

}  // namespace nutgraf::cli
