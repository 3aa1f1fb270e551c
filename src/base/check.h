#pragma once

#include <cstdio>
#include <cstdlib>

// RELAY_CHECK(condition, what): a broken promise of Relay's own code ends the process at once, in every build.
// For faults of users and of the world there are Error and Result.
#define RELAY_CHECK(condition, what)                                                          \
  do {                                                                                        \
    if (!(condition)) [[unlikely]] {                                                          \
      std::fprintf(stderr, "relay: bug: %s (%s) at %s:%d\n", what, #condition, __FILE__, __LINE__); \
      std::abort();                                                                           \
    }                                                                                         \
  } while (false)
