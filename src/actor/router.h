#pragma once

#include <optional>
#include <string_view>

#include "call/call_port.h"

namespace relay {

// Where actors send their messages: the node's router, which knows what is here and what elsewhere. What is
// meant for this node comes back to the ActorSystem.
//
// Order: a call for this node reaches the ActorSystem before call() or notify() returns, so messages from one
// sender
//        to one server stay in the order sent.
// Thread: any core.
class Router : public CallPort {
 public:
  // Sends without an answer: `call.sink` is null. The result says why the message was not accepted (unknown
  // server or method, full mailbox); what fails later is logged.
  [[nodiscard]] virtual std::optional<Failure> notify(Call call) = 0;
  // Whether a message to `server` could be sent now: asked when one is to be sent later.
  [[nodiscard]] virtual bool can_find(std::string_view server) const = 0;
};

// The servers of this node, as its router sees them.
class LocalRouter : public Router {
 public:
  // Told within the caller's turn, before `call` goes to another node: from now on its caller waits for that
  // node, and `call.chain` says so. A failure: it must not go.
  [[nodiscard]] virtual std::optional<Failure> leave(Call& call) = 0;
};

}  // namespace relay
