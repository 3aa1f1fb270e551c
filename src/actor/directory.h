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

// Name to server to actor. The names are those that the program defines; they change only while no core runs, so any
// core reads them without a lock. The place of a server's actor is filled later, once, when it starts.
//
// Invariant: 0 is nobody, program_id() is top-level code, a server's ActorId is its number in the program + 2.
// Thread:    any core.
class Directory {
 public:
  struct Entry {
    ActorId id = 0;
    const bytecode::ServerInfo* info = nullptr;  // null for top-level code
    std::atomic<Actor*> actor{nullptr};          // null: not started, or stopped
  };

  explicit Directory(const bytecode::Program& program) { take_growth(program); }
  // Knows all servers of the program from now on; a name means the newest. While no core runs.
  void take_growth(const bytecode::Program& program);

  // nullptr when the program has no such server.
  [[nodiscard]] Entry* find(std::string_view server) const;
  // nullptr for an id that was never given.
  [[nodiscard]] Entry* find(ActorId id) const;
  [[nodiscard]] ActorId program_id() const { return 1; }
  // Ids run from 1 to this one.
  [[nodiscard]] ActorId last_id() const { return size_; }

 private:
  std::unique_ptr<Entry[]> entries_;
  std::size_t size_ = 0;
  std::unordered_map<std::string_view, Entry*> by_name_;
};

}  // namespace relay
