#pragma once

#include <optional>
#include <string_view>

#include "call/call_port.h"

namespace relay {

// Where actors send their messages: the node's router, which knows what is here and what elsewhere. What is meant for
// this node comes back to the ActorSystem.
//
// Order: a call for this node reaches the ActorSystem before call() or notify() returns, so messages from one sender
//        to one server stay in the order sent.
// Thread: any core.
class Router : public CallPort {
 public:
  // Sends without an answer: `call.sink` is null. The result says why the message was not accepted (unknown server or
  // method, full mailbox); what fails later is logged.
  [[nodiscard]] virtual std::optional<Failure> notify(Call call) = 0;
  // Whether a message to `server` could be sent now: asked when one is to be sent later.
  [[nodiscard]] virtual bool can_find(std::string_view server) const = 0;
};

}  // namespace relay
