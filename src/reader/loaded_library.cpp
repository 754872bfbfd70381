#include "reader/loaded_library.h"

#include <dlfcn.h>

#include <utility>

#include "reader/unreadable.h"

namespace nutgraf::reader {

LoadedLibrary::LoadedLibrary(const char* soname, std::string failure)
    : failure_(std::move(failure)), library_(checked(::dlopen(soname, RTLD_NOW | RTLD_LOCAL))) {}

void* LoadedLibrary::address_of(const char* name) const { return checked(::dlsym(library_, name)); }

void* LoadedLibrary::checked(void* found) const {
  if (found == nullptr) throw BrokenFile(failure_ + ": " + ::dlerror());
  return found;
}

}  // namespace nutgraf::reader
