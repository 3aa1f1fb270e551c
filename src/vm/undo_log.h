#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "value/function.h"
#include "value/value.h"

namespace relay {

// The old contents of captured variables that the running message has overwritten. Cells that the message made itself
// are not logged: nobody else can have seen them.
// Thread: the core that runs the actor.
class UndoLog {
 public:
  [[nodiscard]] std::uint64_t message() const { return message_; }
  // Called before cell.value is overwritten; notes the old value once a message.
  void note(CellBlock* cell) {
    if (cell->message != message_) note_slow(cell);
  }
  // Each begins the next message: commit() forgets the old values, rollback() puts them back.
  void commit();
  void rollback();
  void visit(const std::function<void(const Value&)>& visitor) const;

 private:
  void note_slow(CellBlock* cell);

  struct Entry {
    Value cell;
    Value old_content;
  };
  std::uint64_t message_ = 1;
  std::vector<Entry> entries_;
};

}  // namespace relay
