# What `cmake --install` puts where: the binary, the headers of the C++ API, one static library of all modules, and the package
# files for `find_package(relay)`, which gives the target relay::relay.

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
install(TARGETS relay RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS relay_library EXPORT relay-targets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY ${CMAKE_SOURCE_DIR}/include/relay DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(EXPORT relay-targets NAMESPACE relay:: DESTINATION ${package_dir})
configure_package_config_file(${CMAKE_SOURCE_DIR}/cmake/relay-config.cmake.in ${CMAKE_BINARY_DIR}/relay-config.cmake
                              INSTALL_DESTINATION ${package_dir})
# Before 1.0 a minor version may change what programs are built against.
write_basic_package_version_file(${CMAKE_BINARY_DIR}/relay-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_BINARY_DIR}/relay-config.cmake ${CMAKE_BINARY_DIR}/relay-config-version.cmake
        DESTINATION ${package_dir})
