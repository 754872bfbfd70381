# The libraries that nutgraf's modules link. Found here for the build, and again by nutgrafConfig.cmake for those who
# link the installed modules; so this file is installed too.
include(CMakeFindDependencyMacro)
find_dependency(Threads)
find_dependency(PkgConfig)
find_dependency(xapian CONFIG)
find_dependency(nlohmann_json CONFIG)
find_dependency(simdjson CONFIG)
find_dependency(ICU COMPONENTS uc i18n)
find_dependency(yaml-cpp CONFIG)
find_dependency(CLD2)
foreach(library IN ITEMS ARCHIVE=libarchive GUMBO=gumbo MD4C=md4c ZSTD=libzstd)
  string(REPLACE "=" ";" library ${library})
  list(POP_FRONT library prefix)
  pkg_check_modules(${prefix} QUIET IMPORTED_TARGET ${library})
  if(NOT ${prefix}_FOUND)
    set(nutgraf_FOUND FALSE)
    set(nutgraf_NOT_FOUND_MESSAGE "pkg-config knows no ${library}")
    return()
  endif()
endforeach()

# Xapian's own CMake file gives paths; a target keeps them out of what is installed.
if(NOT TARGET Xapian::Xapian)
  add_library(Xapian::Xapian INTERFACE IMPORTED)
  set_target_properties(Xapian::Xapian PROPERTIES
    INTERFACE_LINK_LIBRARIES "${XAPIAN_LIBRARIES}" INTERFACE_INCLUDE_DIRECTORIES "${XAPIAN_INCLUDE_DIR}")
endif()
