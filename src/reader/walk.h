// Files and folders named by the user become a list of files.
#pragma once

#include <cstdint>
#include <deque>
#include <filesystem>
#include <string>
#include <vector>

#include "nutgraf/reader.h"
#include "reader/formats.h"

namespace nutgraf::reader {

struct FoundFile {
  std::string path;
  std::size_t root = 0;  ///< number of the folder in Walk::roots that it was found below
  FileKind kind;
  std::uint64_t size = 0;
  std::string reason;  ///< why it is rejected; empty: it is read
};

struct Walk {
  std::deque<FoundFile> files;  ///< there may be millions: who reads them takes them away from the front
  std::vector<std::string> roots;
  std::uint64_t bytes = 0;
};

/// Throws Error(usage) where a path does not exist.
[[nodiscard]] Walk walk(const std::vector<std::filesystem::path>& paths, const ReadOptions& options);

/// Where a file of `walk` was found.
[[nodiscard]] Place place_of(const FoundFile& found, const Walk& walk, const ReadOptions& options);

}  // namespace nutgraf::reader
