# How every module of Relay is built: one static library a module, its allowed
# dependencies named, the same warnings and sanitizers everywhere.

find_package(Threads REQUIRED)
find_program(RELAY_CCACHE ccache)
if(RELAY_CCACHE)
  # Without these it keeps nothing that was compiled with a precompiled header.
  set(CMAKE_CXX_COMPILER_LAUNCHER env CCACHE_SLOPPINESS=pch_defines,time_macros ${RELAY_CCACHE})
endif()
find_program(RELAY_MOLD mold)
if(RELAY_MOLD)
  add_link_options(-fuse-ld=mold)
endif()

add_compile_options(-Wall -Wextra -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual
                    -Wno-missing-field-initializers -fno-omit-frame-pointer)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # GCC 12 sees overlaps that are none in `"text" + std::string` (its bug 105651).
  add_compile_options(-Wno-restrict)
endif()
add_compile_definitions(BOOST_ASIO_NO_DEPRECATED BOOST_ASIO_DISABLE_BOOST_COROUTINE
                        BOOST_ERROR_CODE_HEADER_ONLY)
if(CMAKE_BUILD_TYPE STREQUAL "Debug")
  add_compile_definitions(_GLIBCXX_ASSERTIONS)
endif()
if(RELAY_SANITIZE STREQUAL "address")
  # The check `vptr` opens a pipe for what it does not know yet, so it dies where descriptors have run out.
  add_compile_options(-fsanitize=address,undefined -fno-sanitize=vptr -fno-sanitize-recover=all)
  add_link_options(-fsanitize=address,undefined)
elseif(RELAY_SANITIZE STREQUAL "thread")
  add_compile_options(-fsanitize=thread)
  add_link_options(-fsanitize=thread)
  # TSan cannot see fences.
  add_compile_definitions(BOOST_ASIO_DISABLE_FENCED_BLOCK)
endif()

include(RelayHeaders)
relay_header_set(relay_headers HEADERS ${RELAY_STANDARD_HEADERS})

# relay_module(NAME [MODULES other...] [LIBRARIES lib...])
# The module's sources are all *.cc of its folder; MODULES are the modules whose
# headers it may include (src/LAYERS says the same and is checked by a test).
function(relay_module name)
  cmake_parse_arguments(ARG "" "" "MODULES;LIBRARIES" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cc)
  list(FILTER sources EXCLUDE REGEX "/main\\.cc$")
  add_library(relay_${name} STATIC ${sources})
  target_include_directories(relay_${name} PUBLIC ${CMAKE_SOURCE_DIR}/src)
  list(TRANSFORM ARG_MODULES PREPEND relay_)
  target_link_libraries(relay_${name} PUBLIC ${ARG_MODULES} ${ARG_LIBRARIES})
  relay_use_headers(relay_${name} relay_headers)
  set_property(GLOBAL APPEND PROPERTY RELAY_MODULES ${name})
endfunction()

# Optimizing the tests themselves takes most of a build, above all under a sanitizer, and makes no run shorter.
if(RELAY_SANITIZE)
  set(RELAY_TEST_OPTIONS -O0 -g1)
elseif(CMAKE_BUILD_TYPE STREQUAL "Release")
  set(RELAY_TEST_OPTIONS -O1)
endif()

# relay_tests(NAME [LABEL label] [MODULES module...] [LIBRARIES lib...])
# One GoogleTest program of all *_test.cc in tests/NAME.
function(relay_tests name)
  cmake_parse_arguments(ARG "" "LABEL" "MODULES;LIBRARIES" ${ARGN})
  if(NOT ARG_LABEL)
    set(ARG_LABEL unit)
  endif()
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cc)
  if(NOT sources)
    return()
  endif()
  add_executable(${name}_test ${sources})
  target_include_directories(${name}_test PRIVATE ${CMAKE_SOURCE_DIR}/tests)
  target_compile_options(${name}_test PRIVATE ${RELAY_TEST_OPTIONS})
  list(TRANSFORM ARG_MODULES PREPEND relay_)
  target_link_libraries(${name}_test PRIVATE ${ARG_MODULES} ${ARG_LIBRARIES}
                        GTest::gtest GTest::gtest_main Threads::Threads)
  relay_use_headers(${name}_test relay_test_headers)
  relay_compile_together(${name}_test)
  add_test(NAME ${name} COMMAND ${name}_test)
  set_tests_properties(${name} PROPERTIES LABELS ${ARG_LABEL} TIMEOUT 600)
endfunction()
