#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <variant>

#include "actor/actor_limits.h"
#include "actor/world.h"
#include "bytecode/program.h"
#include "call/call.h"
#include "call/probe.h"

namespace relay {

// A call that has found its server and method and waits for its turn there.
struct Message {
  const bytecode::Method* method = nullptr;
  Parcel args;
  ArgsForm form = ArgsForm::kByPosition;
  ArgsSource source = ArgsSource::kLanguage;
  bool is_chained = false;  // `sink` is a ChainedSink, and its chain is not null
  Instant deadline = kNoDeadline;
  std::unique_ptr<ReplySink> sink;  // null: a notification

  [[nodiscard]] std::size_t bytes() const { return args.bytes() + kMessageOverhead; }
};

// Which of an actor's waits something answers. Every wait has a number of its own, so what comes too late is known
// by its number and dropped.
struct WaitId {
  std::uint64_t number = 0;
  std::uint32_t part = 0;  // of a message_all

  friend bool operator==(const WaitId&, const WaitId&) = default;
};

// What comes to an actor beside messages, on a lane of its own.
struct Control {
  struct Start {};  // evaluate the defaults of the state, run the program
  struct Stop {};   // the node stops
  struct Room {};   // standard output takes text again
  struct Answer {
    WaitId wait;
    std::variant<Reply, Input::Line, Room> content;
  };
  // A message that has not begun is to fail as deadlock: the wait of `caller`, or a call of another node.
  struct TakeBack {
    ActorId caller = 0;  // 0: of another node
    WaitId wait;
    CallId call;
    std::string cycle;  // "a.x@n1 -> b.y@n2": who waits from here to the caller
  };
  // Whoever works for this wait of `waiter`, or has a message of it waiting, gives that up.
  struct Interrupt {
    ActorId waiter = 0;  // 0: top-level code itself is to end
    std::uint64_t wait = 0;
  };
  std::variant<Start, Stop, Answer, TakeBack, Interrupt> what;
};

}  // namespace relay
