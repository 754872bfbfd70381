# Installs BUILD below WORK, builds EXAMPLE against it and runs it. Called by ctest, see CMakeLists.txt.
function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE code OUTPUT_VARIABLE output ERROR_VARIABLE errors)
  if(NOT code STREQUAL 0)
    list(JOIN ARGN " " command)
    message(FATAL_ERROR "${command}\nended with ${code}\n${output}${errors}")
  endif()
  set(output "${output}" PARENT_SCOPE)
endfunction()

function(expect_output expected)
  run(${ARGN})
  if(NOT output STREQUAL expected)
    message(FATAL_ERROR "${ARGN} printed:\n${output}instead of:\n${expected}")
  endif()
endfunction()

file(REMOVE_RECURSE ${WORK})
set(prefix ${WORK}/prefix)
run(${CMAKE_COMMAND} --install ${BUILD} --config ${CONFIG} --prefix ${prefix})
foreach(file IN ITEMS share/nutgraf/search.schema.json share/doc/nutgraf/copyright include/nutgraf/search.h
    share/man/man1/nutgraf.1 share/bash-completion/completions/nutgraf share/zsh/site-functions/_nutgraf
    share/fish/vendor_completions.d/nutgraf.fish)
  if(NOT EXISTS ${prefix}/${file})
    message(FATAL_ERROR "${file} is not installed")
  endif()
endforeach()
file(GLOB_RECURSE config_files ${prefix}/*.cmake)
foreach(file IN LISTS config_files)
  file(STRINGS ${file} paths REGEX "${BUILD}|${EXAMPLE}")
  if(paths)
    message(FATAL_ERROR "${file} names a path of the build:\n${paths}")
  endif()
endforeach()
expect_output("nutgraf ${VERSION}\n" ${prefix}/bin/nutgraf --version)

run(${CMAKE_COMMAND} -G Ninja -S ${EXAMPLE} -B ${WORK}/build -D CMAKE_PREFIX_PATH=${prefix}
  -D CMAKE_CXX_COMPILER=${COMPILER} -D CMAKE_CXX_FLAGS=${FLAGS} -D WANTED_VERSION=${VERSION})
run(${CMAKE_COMMAND} --build ${WORK}/build)
file(WRITE ${WORK}/articles/rockets.txt "Rockets and reuse\n\nThe booster landed on the barge for the third time.\n")
file(WRITE ${WORK}/articles/harbour.txt "Harbour notes\n\nThe ferry to the island sails twice a day in winter.\n")
expect_output("2 articles\n1: articles/harbour.txt: The *ferry* to the island sails twice a day in winter.\n"
  ${WORK}/build/example ${WORK}/articles ${WORK}/index ferry)
