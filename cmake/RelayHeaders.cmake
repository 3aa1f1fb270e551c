# What makes a build quick. The headers that nearly every source reads are compiled once: the standard library for the modules,
# and with it GoogleTest for the tests; half of a build is otherwise the reading of them. And tests are compiled several at a
# time. A source still includes what it uses: a build for debugging or under the address sanitizer does neither, and fails
# where an include is missing.

option(RELAY_PRECOMPILE "compile common headers once, and tests several at a time" OFF)

if(RELAY_PRECOMPILE AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # GCC 12 knows no system header in a precompiled one, and warns of overflows that are none in `"text" + std::string`.
  add_compile_options(-Wno-array-bounds -Wno-stringop-overflow -Wno-stringop-overread)
endif()

set(RELAY_STANDARD_HEADERS <algorithm> <array> <atomic> <charconv> <chrono> <cmath> <cstddef> <cstdint> <cstring>
    <deque> <functional> <map> <memory> <optional> <span> <string> <string_view> <unordered_map> <utility> <vector>)

# relay_header_set(NAME HEADERS header... [OPTIONS option...] [LIBRARIES lib...])
function(relay_header_set name)
  cmake_parse_arguments(ARG "" "" "HEADERS;OPTIONS;LIBRARIES" ${ARGN})
  if(NOT RELAY_PRECOMPILE)
    return()
  endif()
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/headers/${name}.cc CONTENT "// What ${name} is made of: nothing but headers.\n")
  add_library(${name} OBJECT ${CMAKE_BINARY_DIR}/headers/${name}.cc)
  target_compile_options(${name} PRIVATE ${ARG_OPTIONS})
  target_link_libraries(${name} PRIVATE ${ARG_LIBRARIES})
  target_precompile_headers(${name} PRIVATE ${ARG_HEADERS})
endfunction()

# relay_use_headers(TARGET SET): the target is compiled with the options of the set.
function(relay_use_headers target set)
  if(RELAY_PRECOMPILE)
    target_precompile_headers(${target} REUSE_FROM ${set})
  endif()
endfunction()

# relay_compile_together(TARGET): several sources are compiled as one, so what they all include is read once, and what they
# all instantiate made once. So no two sources of it may give one name to two things, in unnamed namespaces either.
function(relay_compile_together target)
  if(RELAY_PRECOMPILE)
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 8)
  endif()
endfunction()
