# Every library comes from Debian 12; nothing is downloaded. Why each is there: README.md, "Dependencies".
# find_dependency() in NutgrafLibraries.cmake acts as if find_package(nutgraf REQUIRED) had called it.
set(CMAKE_FIND_PACKAGE_NAME nutgraf)
set(nutgraf_FIND_REQUIRED TRUE)
set(nutgraf_FOUND TRUE)
include(NutgrafLibraries)
if(NOT nutgraf_FOUND)
  message(FATAL_ERROR "${nutgraf_NOT_FOUND_MESSAGE}")
endif()
unset(CMAKE_FIND_PACKAGE_NAME)
unset(nutgraf_FIND_REQUIRED)
set(XAPIAN_LIBRARIES Xapian::Xapian)
add_library(nutgraf_cld2 ALIAS CLD2::CLD2)

# Headers alone.
find_package(CLI11 CONFIG REQUIRED)
find_package(tomlplusplus CONFIG REQUIRED)
pkg_check_modules(XXHASH REQUIRED libxxhash)
if(NUTGRAF_BUILD_TESTS)
  find_package(doctest CONFIG REQUIRED)
endif()
