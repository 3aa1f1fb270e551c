#pragma once

#include <cstddef>

namespace relay {

// Where blocks get their memory, without any account: small sizes from lists of freed blocks of this thread, the
// others from malloc. Memory may be given back on another thread than it came from.
//
// Bound: a thread keeps at most kKeptBytesPerSize of each size for reuse.
inline constexpr std::size_t kKeptBytesPerSize = 64 * 1024;

[[nodiscard]] void* allocate_memory(std::size_t bytes);
void free_memory(void* memory, std::size_t bytes);

}  // namespace relay
