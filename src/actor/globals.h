#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "base/guarded.h"
#include "bytecode/program.h"
#include "value/transfer.h"

namespace relay {

// One content of a program variable, frozen: many servers copy it, nobody changes it.
struct FrozenVariable {
  Parcel content;
};
using FrozenPtr = std::shared_ptr<const FrozenVariable>;

// All program variables as they stood at one moment, by slot; null: not set.
struct GlobalsSnapshot {
  std::uint64_t version = 0;
  std::vector<FrozenPtr> variables;
};

// The newest snapshot of the program's variables.
// Thread: publish() by top-level code only; the rest from any core.
class PublishedGlobals {
 public:
  void publish(std::shared_ptr<const GlobalsSnapshot> snapshot);
  [[nodiscard]] std::uint64_t version() const { return version_.load(std::memory_order_acquire); }
  [[nodiscard]] std::shared_ptr<const GlobalsSnapshot> newest() const;

 private:
  std::atomic<std::uint64_t> version_{0};
  Guarded<std::shared_ptr<const GlobalsSnapshot>> newest_;
};

// The side of top-level code: sees which variables have changed since the last snapshot. Only variables that some
// function reads are looked at: no server can see the others.
//
// What was published is kept here with a count of its own, so that a later change in place makes a new block and is
// seen by its address. Captured variables of a closure that change do not publish it again (spec language.md, Servers).
class GlobalsPublisher {
 public:
  explicit GlobalsPublisher(const bytecode::Program& program);
  // Publishes if anything has changed. Under the heap of top-level code.
  void publish(const std::vector<Value>& globals, PublishedGlobals& published);

  // Lets go of what it keeps, which lives in the heap of top-level code.
  void forget() { watched_.clear(); }
  template <typename Visitor>
  void visit(Visitor&& visitor) const {
    for (const Watched& watched : watched_) visitor(watched.content);
  }

 private:
  struct Watched {
    std::uint16_t slot = 0;
    Value content;
  };
  std::vector<Watched> watched_;
  GlobalsSnapshot last_;
};

// The side of one server: copies a variable at its first read of a version and keeps the copy, with the captured
// variables of closures as the server has changed them, until the variable is set anew.
class GlobalsCopy {
 public:
  // Before each message: forgets the copies in `globals` of variables that have been set anew.
  void refresh(const PublishedGlobals& published, std::vector<Value>& globals);
  // Copies the variable into the heap that is current; false when it is not set.
  [[nodiscard]] bool load(std::uint16_t slot, Value& out);

 private:
  std::shared_ptr<const GlobalsSnapshot> snapshot_;
  std::vector<std::pair<std::uint16_t, FrozenPtr>> copied_;
};

}  // namespace relay
