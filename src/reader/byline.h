// Lines that hold metadata only: dates, names of authors and sources, view counts.
#pragma once

#include <string>
#include <string_view>

#include "reader/date_spelling.h"

namespace nutgraf::reader {

/// What a line of metadata says; empty where it says nothing.
struct Byline {
  SpelledDate date;
  std::string date_text;
  std::string source;
  std::string author;
};

/// Reads a line that holds metadata and nothing else ("By Jane Doe | Feb. 27, 2025", "来源：新华社", "331 views").
/// False where it holds anything else.
[[nodiscard]] bool read_byline(std::string_view line, Byline& byline);

/// "331": a line of its own that holds a number only.
[[nodiscard]] bool is_bare_count(std::string_view line);

}  // namespace nutgraf::reader
