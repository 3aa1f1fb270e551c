#include "value/memory.h"

#include <cstdlib>

#include "base/check.h"

namespace relay::detail {

constinit thread_local FreedLists freed_lists{};

namespace {

// Empties the lists of its thread when that ends.
struct ThreadEnd {
  ~ThreadEnd() {
    freed_lists.is_closed = true;
    for (std::size_t size = 0; size < kSizes; ++size) {
      freed_lists.room[size] = 0;
      while (FreedBlock* freed = freed_lists.first[size]) {
        freed_lists.first[size] = freed->next;
        std::free(freed);
      }
    }
  }
};

}  // namespace

void* allocate_fresh(std::size_t bytes) {
  void* memory = std::malloc(bytes);
  RELAY_CHECK(memory != nullptr, "out of memory");
  return memory;
}

void free_slow(void* memory, std::size_t size) {
  std::free(memory);
  const bool may_open = kKeepsFreed && size < kSizes && !freed_lists.is_closed && freed_lists.first[size] == nullptr;
  if (!may_open) return;
  // The first block of its size: from now on the list takes them.
  static thread_local ThreadEnd at_end;
  (void)at_end;
  freed_lists.room[size] = kKeptBytesPerSize;
}

}  // namespace relay::detail
