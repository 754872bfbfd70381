#include "reader/archive_library.h"

#include "reader/loaded_library.h"

namespace nutgraf::reader {
namespace {

ArchiveLibrary load_library() {
  const LoadedLibrary library(NUTGRAF_ARCHIVE_LIBRARY, "cannot be unpacked");
  ArchiveLibrary functions;
#define NUTGRAF_LOAD(name) library.find("archive_" #name, functions.name);
  NUTGRAF_ARCHIVE_FUNCTIONS(NUTGRAF_LOAD)
#undef NUTGRAF_LOAD
  return functions;
}

}  // namespace

const ArchiveLibrary& libarchive() {
  static const ArchiveLibrary library = load_library();
  return library;
}

}  // namespace nutgraf::reader
