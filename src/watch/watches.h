// The file of the watches: read and written whole, under a lock of its own, since indexing must not wait for a run.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "index/file_io.h"
#include "nutgraf/watch.h"

namespace nutgraf {

/// Held by the one process that may change the watches of an index: Error(locked) where another does. Error(index)
/// where there is no index.
[[nodiscard]] FileDescriptor lock_watches(const std::filesystem::path& index);

/// For the holder of the lock. On disk when it returns.
void write_watches(const std::filesystem::path& index, std::span<const Watch> watches);

/// Place of the watch of this name; Error(usage) where there is none.
[[nodiscard]] std::size_t place_of(const std::string& name, std::span<const Watch> watches);

}  // namespace nutgraf
