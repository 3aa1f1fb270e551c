#pragma once

#include <cstddef>
#include <cstdint>

namespace relay {

// Where blocks get their memory, without any account: small sizes from lists of freed blocks of this thread, the
// others from malloc. Memory may be given back on another thread than it came from.
//
// Bound: a thread keeps at most kKeptBytesPerSize of each size for reuse.
inline constexpr std::size_t kKeptBytesPerSize = 64 * 1024;

namespace detail {

// Sanitizers see a use after free only when every block goes back to malloc.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool kKeepsFreed = false;
#else
inline constexpr bool kKeepsFreed = true;
#endif
inline constexpr std::size_t kSizeStep = 16;
inline constexpr std::size_t kSizes = 33;  // up to 512 bytes

struct FreedBlock {
  FreedBlock* next;
};
struct FreedLists {
  FreedBlock* first[kSizes];
  std::uint32_t room[kSizes];  // bytes that the list may still take; 0 until the thread's end is prepared and after
  bool is_closed;
};
extern constinit thread_local FreedLists freed_lists;

[[nodiscard]] void* allocate_fresh(std::size_t bytes);
void free_slow(void* memory, std::size_t size);

[[nodiscard]] constexpr std::size_t size_of(std::size_t bytes) { return (bytes + kSizeStep - 1) / kSizeStep; }

}  // namespace detail

[[nodiscard]] inline void* allocate_memory(std::size_t bytes) {
  const std::size_t size = detail::size_of(bytes);
  if (!detail::kKeepsFreed || size >= detail::kSizes) return detail::allocate_fresh(bytes);
  detail::FreedLists& lists = detail::freed_lists;
  detail::FreedBlock* kept = lists.first[size];
  if (kept == nullptr) return detail::allocate_fresh(size * detail::kSizeStep);
  lists.first[size] = kept->next;
  lists.room[size] += static_cast<std::uint32_t>(size * detail::kSizeStep);
  return kept;
}

inline void free_memory(void* memory, std::size_t bytes) {
  const std::size_t size = detail::size_of(bytes);
  const auto whole = static_cast<std::uint32_t>(size * detail::kSizeStep);
  detail::FreedLists& lists = detail::freed_lists;
  if (!detail::kKeepsFreed || size >= detail::kSizes || lists.room[size] < whole) {
    return detail::free_slow(memory, size);
  }
  auto* freed = static_cast<detail::FreedBlock*>(memory);
  freed->next = lists.first[size];
  lists.first[size] = freed;
  lists.room[size] -= whole;
}

}  // namespace relay
