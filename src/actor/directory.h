#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "bytecode/program.h"
#include "call/call.h"

namespace relay {

class Actor;

// Name to server to actor. The names are those that the program defines, known whole at load and never changed, so any
// core reads them without a lock; only the place of a server's actor is filled later, once, when it starts.
//
// Invariant: a server's ActorId is its number in the program + 1; 0 is nobody, program_id() is top-level code.
// Thread:    any core.
class Directory {
 public:
  struct Entry {
    ActorId id = 0;
    const bytecode::ServerInfo* info = nullptr;  // null for top-level code
    std::atomic<Actor*> actor{nullptr};          // null: not started, or stopped
  };

  explicit Directory(const bytecode::Program& program);

  // nullptr when the program has no such server.
  [[nodiscard]] Entry* find(std::string_view server) const;
  // nullptr for an id that was never given.
  [[nodiscard]] Entry* find(ActorId id) const;
  [[nodiscard]] ActorId program_id() const { return size_; }
  // Ids run from 1 to this one.
  [[nodiscard]] ActorId last_id() const { return size_; }

 private:
  std::unique_ptr<Entry[]> entries_;
  std::size_t size_;
  std::unordered_map<std::string_view, Entry*> by_name_;
};

}  // namespace relay
