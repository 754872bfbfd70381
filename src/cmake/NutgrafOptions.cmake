# Compiler settings that every target of ours shares.
if(PROJECT_IS_TOP_LEVEL AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  find_program(CCACHE_PROGRAM ccache)
  mark_as_advanced(CCACHE_PROGRAM)
  if(CCACHE_PROGRAM)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
  endif()
endif()

# What instruments the code: users of the static libraries need the same flags.
set(NUTGRAF_INSTRUMENTATION)
if(NUTGRAF_SANITIZE)
  list(APPEND NUTGRAF_INSTRUMENTATION -fsanitize=${NUTGRAF_SANITIZE} -fno-omit-frame-pointer)
endif()
if(NUTGRAF_COVERAGE)
  list(APPEND NUTGRAF_INSTRUMENTATION --coverage)
endif()

add_library(nutgraf_options INTERFACE)
target_compile_features(nutgraf_options INTERFACE cxx_std_20)
target_compile_options(nutgraf_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wold-style-cast -Wnon-virtual-dtor -Woverloaded-virtual
  -Wformat=2 -Wimplicit-fallthrough
  # -Wrestrict of GCC 12 is wrong about "literal" + std::string (GCC bug 105651).
  $<$<CXX_COMPILER_ID:GNU>:-Wduplicated-cond -Wlogical-op -Wno-restrict>
  $<$<BOOL:${NUTGRAF_WERROR}>:-Werror>
  ${NUTGRAF_INSTRUMENTATION})
target_link_options(nutgraf_options INTERFACE ${NUTGRAF_INSTRUMENTATION})
# XXH_INLINE_ALL: xxHash as a header, which every start of the program does not have to load.
target_compile_definitions(nutgraf_options INTERFACE
  $<$<OR:$<CONFIG:Debug>,$<BOOL:${NUTGRAF_ASSERTIONS}>>:_GLIBCXX_ASSERTIONS>
  NUTGRAF_VERSION="${PROJECT_VERSION}"
  XXH_INLINE_ALL)

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
  target_compile_features(nutgraf_${name} PUBLIC cxx_std_20)
  list(TRANSFORM ARG_USES PREPEND nutgraf_)
  target_link_libraries(nutgraf_${name} PUBLIC ${ARG_USES} PRIVATE ${ARG_LIBRARIES} $<BUILD_INTERFACE:nutgraf_options>)
  set_property(GLOBAL APPEND PROPERTY NUTGRAF_MODULES nutgraf_${name})
endfunction()
