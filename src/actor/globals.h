#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "actor/globals_image.h"
#include "base/guarded.h"
#include "bytecode/program.h"
#include "value/transfer.h"

namespace relay {

// One content of a program variable, frozen: many servers copy it, nobody changes it.
struct FrozenVariable {
  Image image;
  Parcel with_functions;  // instead, for a value that holds a function

  // Thread: any, under the reader's heap.
  [[nodiscard]] Value copy() const;
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
// seen by its address. A publication costs what has changed since the last; but a variable that holds closures, whose
// captured variables may have changed unseen, is copied whole when it has been set. Captured variables that change do
// not publish it again (spec language.md, Servers).
class GlobalsPublisher {
 public:
  // Looks at what the program has got since the last time.
  void take_growth(const bytecode::Program& program);
  // Publishes if anything has changed. Under the heap of top-level code.
  void publish(const std::vector<Value>& globals, PublishedGlobals& published);

  // Lets go of what it keeps, which lives in the heap of top-level code.
  void forget();
  template <typename Visitor>
  void visit(Visitor&& visitor) const {
    for (const Value& content : contents_) visitor(content);
  }

 private:
  [[nodiscard]] FrozenPtr freeze(const Value& content);

  std::size_t functions_seen_ = 0;
  std::vector<bool> is_watched_;        // by slot
  std::vector<std::uint16_t> watched_;  // slots
  std::vector<Value> contents_;         // what was published of them
  ImageMaker images_;
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
