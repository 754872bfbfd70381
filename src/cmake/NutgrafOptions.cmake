# Compiler settings that every target of ours shares.
add_library(nutgraf_options INTERFACE)
target_compile_features(nutgraf_options INTERFACE cxx_std_20)
target_compile_options(nutgraf_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wold-style-cast -Wnon-virtual-dtor -Woverloaded-virtual
  -Wformat=2 -Wimplicit-fallthrough
  $<$<CXX_COMPILER_ID:GNU>:-Wduplicated-cond -Wlogical-op>
  $<$<BOOL:${NUTGRAF_WERROR}>:-Werror>)
target_compile_definitions(nutgraf_options INTERFACE
  $<$<CONFIG:Debug>:_GLIBCXX_ASSERTIONS>
  NUTGRAF_VERSION="${PROJECT_VERSION}")
if(NUTGRAF_SANITIZE)
  target_compile_options(nutgraf_options INTERFACE -fsanitize=${NUTGRAF_SANITIZE} -fno-omit-frame-pointer)
  target_link_options(nutgraf_options INTERFACE -fsanitize=${NUTGRAF_SANITIZE})
endif()
if(NUTGRAF_COVERAGE)
  target_compile_options(nutgraf_options INTERFACE --coverage -O0)
  target_link_options(nutgraf_options INTERFACE --coverage)
endif()

# nutgraf_module(NAME SOURCES file... [USES module...] [LIBRARIES target...])
# One static library a module. USES is public, since public headers build on each other; LIBRARIES is private.
function(nutgraf_module name)
  cmake_parse_arguments(ARG "" "" "SOURCES;USES;LIBRARIES" ${ARGN})
  add_library(nutgraf_${name} STATIC ${ARG_SOURCES})
  add_library(nutgraf::${name} ALIAS nutgraf_${name})
  set_target_properties(nutgraf_${name} PROPERTIES EXPORT_NAME ${name})
  target_include_directories(nutgraf_${name}
    PUBLIC $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>
    PRIVATE ${PROJECT_SOURCE_DIR}/src)
  list(TRANSFORM ARG_USES PREPEND nutgraf_)
  target_link_libraries(nutgraf_${name} PUBLIC ${ARG_USES} PRIVATE ${ARG_LIBRARIES} $<BUILD_INTERFACE:nutgraf_options>)
  set_property(GLOBAL APPEND PROPERTY NUTGRAF_MODULES nutgraf_${name})
endfunction()
