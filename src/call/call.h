#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "call/reply.h"
#include "value/transfer.h"

namespace relay {

// Who calls, for the graph of who waits for whom; 0 is nobody that can be waited for (HTTP, C++, a peer).
using ActorId = std::uint64_t;

// How the arguments name their parameters.
enum class ArgsForm : std::uint8_t {
  kByPosition,
  kByName,
  // By name, except that a method with exactly one parameter that accepts an object, whose name is not among
  // the keys, receives the whole object (spec http.md: /rpc and remote_call).
  kByNameOrWhole,
};

// Where the arguments come from: the language's values are checked as they are, JSON is converted by the
// declared types first (spec http.md, JSON-RPC).
enum class ArgsSource : std::uint8_t { kLanguage, kJson };

// A call of some node that waits for the one that carries it (spec mesh.md, Calls: deadlock).
struct ChainEntry {
  std::string node;
  std::string server;  // who waits, and in which method
  std::string method;
  std::uint64_t call = 0;  // which call of that node, by its own numbering; 0: code in C++, whose call has not left the node
};
// Outermost first. Null: nobody of another node waits.
using CallChain = std::shared_ptr<const std::vector<ChainEntry>>;

// One question: call server.method with these arguments, answer once. All ways in (HTTP, another actor, a
// peer, C++) make the same Call.
struct Call {
  std::string node;  // the node that is meant (spec mesh.md, Calls); empty: wherever the server lives
  std::string server;
  std::string method;
  Parcel args;  // undefined: none; an array: by position; an object: by name
  ArgsForm form = ArgsForm::kByPosition;
  ArgsSource source = ArgsSource::kLanguage;
  Instant deadline = kNoDeadline;
  ActorId caller = 0;
  CallChain chain;  // calls of other nodes that wait for this one
  // Null: nobody waits for the answer (a notification); a failure is then logged.
  std::unique_ptr<ReplySink> sink;
};

}  // namespace relay
