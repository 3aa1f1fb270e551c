# What `cmake --install` puts where. Component `runtime`: the binary, its manual page, completions of shells, the service of systemd
# and the documents. Component `development`: the headers of the C++ API, one static library of all modules, and the package files
# for `find_package(relay)`, which gives the target relay::relay.

include(GNUInstallDirs)
include(CMakePackageConfigHelpers)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(simdjson REQUIRED)

# All but the command line, which is a program of its own, and what it alone uses.
get_property(objects GLOBAL PROPERTY RELAY_MODULES)
list(REMOVE_ITEM objects cli client)
list(TRANSFORM objects REPLACE "(.+)" "$<TARGET_OBJECTS:relay_\\1>")
add_library(relay_library STATIC ${objects})
set_target_properties(relay_library PROPERTIES OUTPUT_NAME relay EXPORT_NAME relay LINKER_LANGUAGE CXX)
target_compile_features(relay_library INTERFACE cxx_std_20)
target_include_directories(relay_library INTERFACE $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
# What cmake/relay-config.cmake.in looks for.
target_link_libraries(relay_library INTERFACE fmt::fmt spdlog::spdlog simdjson::simdjson OpenSSL::Crypto utf8proc Threads::Threads)
if(RELAY_SANITIZE)
  # Who links sanitized code needs the same sanitizer.
  get_directory_property(options COMPILE_OPTIONS)
  list(FILTER options INCLUDE REGEX "^-f(no-)?sanitize")
  target_compile_options(relay_library INTERFACE ${options})
  target_link_options(relay_library INTERFACE ${options})
endif()

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/relay)
install(TARGETS relay RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT runtime)
install(TARGETS relay_library EXPORT relay-targets
        ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT development)
install(DIRECTORY ${CMAKE_SOURCE_DIR}/include/relay DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT development)
install(EXPORT relay-targets NAMESPACE relay:: DESTINATION ${package_dir} COMPONENT development)
configure_package_config_file(${CMAKE_SOURCE_DIR}/cmake/relay-config.cmake.in ${CMAKE_BINARY_DIR}/relay-config.cmake
                              INSTALL_DESTINATION ${package_dir})
# Before 1.0 a minor version may change what programs are built against.
write_basic_package_version_file(${CMAKE_BINARY_DIR}/relay-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_BINARY_DIR}/relay-config.cmake ${CMAKE_BINARY_DIR}/relay-config-version.cmake
        DESTINATION ${package_dir} COMPONENT development)

# What the binary itself tells: relay_page(FILE DESTINATION WORDS...) installs what `relay WORDS...` prints.
set(pages_dir ${CMAKE_BINARY_DIR}/pages)
file(MAKE_DIRECTORY ${pages_dir})
function(relay_page file destination)
  add_custom_command(OUTPUT ${pages_dir}/${file} COMMAND relay ${ARGN} > ${pages_dir}/${file} DEPENDS relay VERBATIM)
  set_property(GLOBAL APPEND PROPERTY RELAY_PAGES ${pages_dir}/${file})
  install(FILES ${pages_dir}/${file} DESTINATION ${destination} COMPONENT runtime)
endfunction()
relay_page(relay ${CMAKE_INSTALL_DATADIR}/bash-completion/completions completions bash)
relay_page(_relay ${CMAKE_INSTALL_DATADIR}/zsh/site-functions completions zsh)
relay_page(relay.fish ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d completions fish)
relay_page(relay.1 ${CMAKE_INSTALL_MANDIR}/man1 manual)
get_property(pages GLOBAL PROPERTY RELAY_PAGES)
add_custom_target(relay_pages ALL DEPENDS ${pages})

# Not below lib/<architecture>: systemd looks here, under /usr and under /usr/local.
install(FILES ${CMAKE_SOURCE_DIR}/packaging/relay@.service DESTINATION lib/systemd/system COMPONENT runtime)
# As they lie in the checkout, so that their links lead somewhere.
file(GLOB documents CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/README.md ${CMAKE_SOURCE_DIR}/CONTRIBUTING.md ${CMAKE_SOURCE_DIR}/LICENSE*)
install(FILES ${documents} DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT runtime)
install(DIRECTORY ${CMAKE_SOURCE_DIR}/docs ${CMAKE_SOURCE_DIR}/editors ${CMAKE_SOURCE_DIR}/examples
        DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT runtime PATTERN node_modules EXCLUDE)
