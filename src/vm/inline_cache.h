#pragma once

#include <cstdint>
#include <vector>

namespace relay {

// What one site of the code has seen last: a key list, struct or method table entry, and where it led. Only immortal
// things are remembered, so a remembered address never means something else later.
struct InlineCache {
  const void* seen = nullptr;
  std::uintptr_t found = 0;
};

// The inline caches of one core, indexed by site (Program::cache_sites of them).
// Thread: its core.
using InlineCaches = std::vector<InlineCache>;

}  // namespace relay
