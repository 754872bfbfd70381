// A library that is loaded when it is first needed, and not with the program: what indexing seldom needs, and searching
// never, does not make every start longer. Its name is the one that linking with it would write down (CMakeLists.txt).
#pragma once

#include <string>

namespace nutgraf::reader {

/// Stays loaded for as long as the program runs.
class LoadedLibrary {
 public:
  /// BrokenFile, which begins with `failure`, where it cannot be loaded or has no such function.
  LoadedLibrary(const char* soname, std::string failure);

  template <typename Function>
  void find(const char* name, Function& function) const {
    function = reinterpret_cast<Function>(address_of(name));
  }

 private:
  [[nodiscard]] void* address_of(const char* name) const;
  /// `found`, unless it is nothing.
  [[nodiscard]] void* checked(void* found) const;

  std::string failure_;
  void* library_;
};

}  // namespace nutgraf::reader
