#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

#include "base/clock.h"

namespace relay {

// Every bound of the actors of a node; past each there is a clear error and nothing else is harmed.
struct ActorLimits {
  // Messages waiting at one server. A second's work of a fast one; more would only make every answer late.
  std::size_t mailbox_messages = 10'000;
  // Bytes of their arguments. Two of the largest requests (8 MiB), or 1.6 KB for each of 10,000 messages.
  std::size_t mailbox_bytes = 16u << 20;
  // Bytes that one server's values may hold. Four of the longest strings; a node of many servers stays a node.
  std::size_t heap_bytes = 256u << 20;
  // Calls deep in one handler. Far above what people write by hand, far below what memory holds.
  std::uint32_t max_depth = 10'000;
  // Units of work (a call or the round of a loop each) in one turn of an actor: 20 to 200 microseconds.
  std::int64_t turn_budget = 2'000;
  // Turns with a whole budget used, after which an actor goes to an idle core if there is one: a hog for sure.
  std::uint32_t full_turns_before_move = 2;
  // How long an actor may stand ready before it goes to an idle core: what waking that core costs, several times.
  Duration ready_patience = std::chrono::microseconds(200);
  // How long a notification, or a server's start, may take. As long as a call over HTTP without a time of its own.
  Duration notify_deadline = std::chrono::seconds(30);
  // Calls between nodes that wait for each other, one nested in the other. No honest program comes near; each costs
  // every message that is nested in it some bytes.
  std::size_t chain_entries = 64;
  // Messages of notify_after that wait for their time, of the whole node. One a second for a day.
  std::size_t delayed_messages = 100'000;
  // Bytes of their arguments. Four full mailboxes.
  std::size_t delayed_bytes = 64u << 20;
};

// What a message costs a turn beside its own instructions: taking, binding, answering it.
inline constexpr std::int64_t kMessageCost = 8;
// Messages that an actor takes from its mailbox under one lock. The lock is then a few percent of their cost.
inline constexpr std::size_t kMessagesPerTake = 64;
// Bytes of a message beside its arguments, counted against the mailbox.
inline constexpr std::size_t kMessageOverhead = 128;
// Blocks of dead values that one turn frees before it ends: about 50 microseconds.
inline constexpr std::size_t kBlocksPerDrain = 2'048;

}  // namespace relay
