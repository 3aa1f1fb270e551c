#include "vm/undo_log.h"

namespace relay {

void UndoLog::note_slow(CellBlock* cell) {
  entries_.push_back({Value::share(cell), cell->value});
  cell->message = message_;
}

void UndoLog::commit() {
  entries_.clear();
  ++message_;
}

void UndoLog::rollback() {
  while (!entries_.empty()) {
    Entry entry = std::move(entries_.back());
    entries_.pop_back();
    cell::block(entry.cell)->value = std::move(entry.old_content);
  }
  ++message_;
}

void UndoLog::visit(const std::function<void(const Value&)>& visitor) const {
  for (const Entry& entry : entries_) {
    visitor(entry.cell);
    visitor(entry.old_content);
  }
}

}  // namespace relay
