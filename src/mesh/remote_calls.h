#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "call/call.h"
#include "mesh/call_message.h"
#include "mesh/courier.h"
#include "mesh/mesh_context.h"
#include "mesh/pending_calls.h"

namespace relay::mesh {

// Calls of this node for servers of others (spec mesh.md, Calls and Routing).
//
// Order:  calls to one node leave in the order made, while the path holds.
// Errors: each call is answered once: with its reply, with the failure that the way or the target reports, or
// as timeout
//         at its deadline. What was certainly not run is sent over another path, if there is one.
// Thread: the mesh's core.
class RemoteCalls {
 public:
  RemoteCalls(MeshContext& context, Courier& courier);
  ~RemoteCalls();

  // `args`: JSON of an array or object; empty: none. An empty `call.node`: whoever has the server, in turn.
  void call(Call call, std::string args);
  // A `server_response` for this node that came over `in`.
  void answered(const Link& in, const Envelope& envelope);
  // The call sent under `tag` was not written. Before link_closed().
  void unwritten(std::uint64_t tag);
  void link_closed(const Link& link);
  // No more calls. Those that are open end with their replies or, when they have no more, with their links:
  // as shutting_down if they were not sent.
  void stop();
  // After stop(): calls are taken again.
  void start() { is_stopping_ = false; }

  [[nodiscard]] std::size_t open() const { return pending_.size(); }
  // Where this node's call `number` has gone (the last entry of its chain); nullptr: it is over. Valid until
  // the next call.
  [[nodiscard]] const std::string* target_of(std::uint64_t number) const;

 private:
  void dispatch(PendingCall call, const std::vector<std::string>& avoid);
  [[nodiscard]] std::string data_of(const PendingCall& call, const Hop& hop) const;
  // Asks those who may know an id that is not on the map; false: there are none.
  [[nodiscard]] bool flood(PendingCall& call);
  // A reply to such a call; whether it ends the call.
  [[nodiscard]] bool ends_flood(PendingCall& call, const Link& in, const ResponseMessage& response);
  void drop_flooded(const Link& link);
  // Another way for a call that has not run; false: there is none, and `call` is whole.
  [[nodiscard]] bool try_again(PendingCall& call, std::string_view failed_at);
  [[nodiscard]] std::optional<std::string> pick_node(std::string_view server);
  [[nodiscard]] std::uint64_t incarnation_of(const std::string& node) const;
  void fail(PendingCall call, Failure failure);
  // It is over: probes find it no more.
  void forget(const PendingCall& call);
  void finish(PendingCall call, const Envelope& envelope, ResponseMessage response);
  void count(PendingCall& call);
  [[nodiscard]] Failure shutting_down() const;
  void report_lost_notifications(const std::string& peer);
  void set_timer();
  void on_timer();

  MeshContext& context_;
  Courier& courier_;
  PendingCalls pending_;
  // Calls made to a node.
  struct Count {
    std::uint64_t series = 0;
    std::uint64_t calls = 0;
  };
  std::unordered_map<std::string, Count> counts_;  // by target
  RandomWords words_;
  std::unordered_map<std::uint64_t, PendingCalls::Id>
      waiting_;  // calls that an actor waits for, by their number
  bool is_stopping_ = false;
  std::uint64_t unwritten_notifications_ = 0;  // of the link that is just ending
  std::optional<Executor::TimerId> timer_;
  Instant timer_at_ = kNoDeadline;
};

}  // namespace relay::mesh
