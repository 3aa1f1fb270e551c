# `cpack -G DEB` in the build folder: the packages relay (what runs) and librelay-dev (what programs are built against). Build all
# first; cpack takes what is there.

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME relay)
set(CPACK_PACKAGE_VENDOR Relay)
set(CPACK_PACKAGE_CONTACT "The authors of Relay <relay@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "language for services whose servers are actors")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_ALL runtime development)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)

set(CPACK_DEBIAN_RUNTIME_PACKAGE_NAME relay)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_SECTION interpreters)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_SHLIBDEPS ON)
set(CPACK_COMPONENT_RUNTIME_DESCRIPTION
    "runs programs of the language Relay
One binary runs a program, serves the methods of its servers as JSON-RPC 2.0 over HTTP, and links nodes into a mesh of
WebSockets. With a template for systemd services, the manual page, and completions for bash, zsh and fish.")

set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME librelay-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS
    "libfmt-dev, libspdlog-dev, libsimdjson-dev, libssl-dev, libutf8proc-dev, libmimalloc-dev")
set(CPACK_COMPONENT_DEVELOPMENT_DESCRIPTION
    "headers and static library of Relay
A program in C++ runs Relay inside itself: servers in both languages, HTTP and the mesh. With the files for find_package(relay).")

include(CPack)
