# install(), the CMake package and CPack's .deb and .tar.gz. Two components: the program, and what building against the
# modules takes.
include(CMakePackageConfigHelpers)
set(config_dir ${CMAKE_INSTALL_LIBDIR}/cmake/nutgraf)

# The modules with public headers; what is left is the command line.
get_property(modules GLOBAL PROPERTY NUTGRAF_MODULES)
list(REMOVE_ITEM modules nutgraf_cli)
add_library(nutgraf_all INTERFACE)
add_library(nutgraf::nutgraf ALIAS nutgraf_all)
set_target_properties(nutgraf_all PROPERTIES EXPORT_NAME nutgraf)
target_link_libraries(nutgraf_all INTERFACE ${modules})

install(TARGETS nutgraf RUNTIME COMPONENT program)
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME copyright COMPONENT program)
install(FILES ${PROJECT_SOURCE_DIR}/README.md DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT program OPTIONAL)
install(FILES ${PROJECT_SOURCE_DIR}/corpus/companies.json DESTINATION ${CMAKE_INSTALL_DATADIR}/nutgraf COMPONENT program)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/src/present/ DESTINATION ${CMAKE_INSTALL_DATADIR}/nutgraf COMPONENT program
  FILES_MATCHING PATTERN *.schema.json)
get_target_property(documents nutgraf BINARY_DIR)
install(FILES ${documents}/nutgraf.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT program)
install(FILES ${documents}/nutgraf.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME nutgraf COMPONENT program)
# Debian's zsh reads site-functions below /usr/local only, and the other folder below /usr.
foreach(folder IN ITEMS site-functions vendor-completions)
  install(FILES ${documents}/nutgraf.zsh DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/${folder} RENAME _nutgraf COMPONENT program)
endforeach()
install(FILES ${documents}/nutgraf.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d COMPONENT program)

install(TARGETS ${modules} nutgraf_all EXPORT nutgraf ARCHIVE COMPONENT development)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT development
  FILES_MATCHING PATTERN *.h)
install(EXPORT nutgraf NAMESPACE nutgraf:: FILE nutgrafTargets.cmake DESTINATION ${config_dir} COMPONENT development)
configure_package_config_file(src/cmake/nutgrafConfig.cmake.in nutgrafConfig.cmake INSTALL_DESTINATION ${config_dir})
write_basic_package_version_file(nutgrafConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(
  FILES
    ${PROJECT_BINARY_DIR}/nutgrafConfig.cmake ${PROJECT_BINARY_DIR}/nutgrafConfigVersion.cmake
    ${PROJECT_SOURCE_DIR}/src/cmake/NutgrafLibraries.cmake ${PROJECT_SOURCE_DIR}/src/cmake/FindCLD2.cmake
  DESTINATION ${config_dir} COMPONENT development)

set(CPACK_GENERATOR DEB TGZ)
set(CPACK_COMPONENTS_ALL program development)
set(CPACK_PACKAGE_VENDOR "nutgraf developers")
set(CPACK_PACKAGE_CONTACT "nutgraf developers <nutgraf@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "full-text search for article collections")
set(CPACK_PACKAGE_DESCRIPTION "Indexes news and technology articles (text, Markdown, HTML, JSON, archives of these) and \
answers queries with ranked passages and snippets that can be cited to the byte.")
set(CPACK_STRIP_FILES TRUE)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME nutgraf)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SECTION text)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_DEPENDS libarchive13)  # which is loaded by name, so that a search does not wait for it
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME libnutgraf-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS
  "libarchive-dev, libcld2-dev, libgumbo-dev, libicu-dev, libmd4c-dev, libsimdjson-dev, libxapian-dev, \
libyaml-cpp-dev, libzstd-dev, nlohmann-json3-dev, pkg-config")
set(CPACK_COMPONENT_DEVELOPMENT_DESCRIPTION "Static libraries, headers and CMake package of nutgraf's modules.")
set(CPACK_DEBIAN_PACKAGE_HOMEPAGE "")
include(CPack)
