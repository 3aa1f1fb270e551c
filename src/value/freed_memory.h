#pragma once

namespace relay {

// As long as one of these lives, memory that is freed goes back to the system at once instead of after a while in which nothing may
// be freed any more. For a start, which needs for a moment what is never needed again; in a busy program it costs time.
//
// Thread: one at a time, while no other thread allocates.
class ReturnsFreedMemory {
 public:
  ReturnsFreedMemory();
  ~ReturnsFreedMemory();
  ReturnsFreedMemory(const ReturnsFreedMemory&) = delete;
  ReturnsFreedMemory& operator=(const ReturnsFreedMemory&) = delete;

 private:
  [[maybe_unused]] long delay_before_ = 0;
};

}  // namespace relay
