#include "reader/archive_library.h"

#include <dlfcn.h>

#include <string>

#include "reader/unreadable.h"

namespace nutgraf::reader {
namespace {

template <typename Function>
void load(void* library, const char* name, Function& function) {
  function = reinterpret_cast<Function>(::dlsym(library, name));
  if (function == nullptr) throw BrokenFile(std::string("cannot be unpacked: ") + ::dlerror());
}

ArchiveLibrary load_library() {
  void* const library = ::dlopen(NUTGRAF_ARCHIVE_LIBRARY, RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) throw BrokenFile(std::string("cannot be unpacked: ") + ::dlerror());
  ArchiveLibrary functions;
#define NUTGRAF_LOAD(name) load(library, "archive_" #name, functions.name);
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
