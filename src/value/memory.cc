#include "value/memory.h"

#include <cstdint>
#include <cstdlib>

#include "base/check.h"

namespace relay {
namespace {

// Sanitizers see a use after free only when every block goes back to malloc.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kKeepsFreed = false;
#else
constexpr bool kKeepsFreed = true;
#endif

constexpr std::size_t kStep = 16;
constexpr std::size_t kSizes = 33;  // up to 512 bytes

struct Freed {
  Freed* next;
};
struct FreedLists {
  Freed* first[kSizes];
  std::uint32_t bytes[kSizes];
  bool is_open;    // the thread's end will empty the lists
  bool is_closed;  // it has
};
constinit thread_local FreedLists lists{};

struct ThreadEnd {
  ~ThreadEnd() {
    lists.is_closed = true;
    for (Freed*& first : lists.first) {
      while (first != nullptr) {
        Freed* next = first->next;
        std::free(first);
        first = next;
      }
    }
  }
};

void open_lists() {
  static thread_local ThreadEnd at_end;
  lists.is_open = true;
  (void)at_end;
}

void* allocate_fresh(std::size_t bytes) {
  void* memory = std::malloc(bytes);
  RELAY_CHECK(memory != nullptr, "out of memory");
  return memory;
}

}  // namespace

void* allocate_memory(std::size_t bytes) {
  const std::size_t size = (bytes + kStep - 1) / kStep;
  if (!kKeepsFreed || size >= kSizes) return allocate_fresh(bytes);
  Freed* kept = lists.first[size];
  if (kept == nullptr) return allocate_fresh(size * kStep);
  lists.first[size] = kept->next;
  lists.bytes[size] -= static_cast<std::uint32_t>(size * kStep);
  return kept;
}

void free_memory(void* memory, std::size_t bytes) {
  const std::size_t size = (bytes + kStep - 1) / kStep;
  if (!kKeepsFreed || size >= kSizes || lists.bytes[size] >= kKeptBytesPerSize || lists.is_closed) {
    std::free(memory);
    return;
  }
  if (!lists.is_open) open_lists();
  auto* freed = static_cast<Freed*>(memory);
  freed->next = lists.first[size];
  lists.first[size] = freed;
  lists.bytes[size] += static_cast<std::uint32_t>(size * kStep);
}

}  // namespace relay
