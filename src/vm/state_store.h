#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "bytecode/program.h"
#include "value/value.h"

namespace relay {

// The state of one server: what the last message left, and over it what the running message has changed.
//
// Invariant: between messages the overlay is empty. commit() makes the changes the state, rollback() forgets them, so
//            a message commits whole or leaves no trace (spec language.md, "Servers").
// Thread:    the core that runs the actor.
class StateStore {
 public:
  explicit StateStore(const bytecode::ServerInfo& info);

  [[nodiscard]] const bytecode::ServerInfo& info() const { return info_; }
  [[nodiscard]] const Value& get(std::uint32_t field) const {
    return overlay_[field].is_undefined() ? committed_[field] : overlay_[field];
  }
  // As the last message left it.
  [[nodiscard]] const Value& committed(std::uint32_t field) const { return committed_[field]; }
  // The type has been checked by the caller.
  void set(std::uint32_t field, Value content) {
    if (overlay_[field].is_undefined()) changed_.push_back(field);
    overlay_[field] = std::move(content);
  }
  // The field's place in the overlay, for a change in place: when this message has changed it before, its value is
  // there alone; else a shared copy of the committed value is put there first.
  [[nodiscard]] Value& open(std::uint32_t field) {
    if (overlay_[field].is_undefined()) set(field, committed_[field]);
    return overlay_[field];
  }
  // The whole state as an object, fields in declared order.
  [[nodiscard]] Value snapshot() const;

  void commit();
  void rollback();
  void visit(const std::function<void(const Value&)>& visitor) const;
  // What commit() would drop.
  void visit_replaced(const std::function<void(const Value&)>& visitor) const;

 private:
  const bytecode::ServerInfo& info_;
  std::vector<Value> committed_;
  std::vector<Value> overlay_;  // undefined: not changed
  std::vector<std::uint32_t> changed_;
};

}  // namespace relay
