#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "mesh/call_memory.h"
#include "mesh/call_message.h"
#include "mesh/courier.h"
#include "mesh/mesh_context.h"
#include "mesh/mesh_limits.h"
#include "mesh/remembered_ids.h"

namespace relay::mesh {

// Calls of other nodes for servers of this one: each runs at most once, and its answer goes back the way it
// came.
//
// Order:  calls of one sender reach their servers in the order in which they came.
// Errors: a repeat gets the same reply; what can no longer be told apart is unknown_outcome and does not run.
// Owner:  answers of actors that come after its end are dropped.
// Thread: the mesh's core; answers come from any core.
class ServedCalls {
 public:
  ServedCalls(MeshContext& context, Courier& courier);
  ~ServedCalls();
  ServedCalls(const ServedCalls&) = delete;
  ServedCalls& operator=(const ServedCalls&) = delete;

  // A `server_call` for this node that came over `in`.
  void serve(const Link& in, const Envelope& envelope);

  [[nodiscard]] std::size_t running() const { return running_.size(); }

 private:
  class Answer;
  // One call at work.
  struct Served {
    std::string origin;
    std::string response_id;  // of the newest attempt
    LinkId in = 0;
    int hops = 1;  // that the call has made
    CallSeries series;
    std::uint64_t n = 0;  // 0: of one that does not count, a foreign peer
    bool is_notification = false;
  };
  // What answers() needs while this object lives; shared with the sinks that actors hold.
  struct Port;

  [[nodiscard]] std::optional<std::string> doubt(const Link& in, const Served& served) const;
  [[nodiscard]] bool is_first_time(std::string_view by, const Served& served, const CallMessage& message);
  void run(Served served, CallMessage message);
  void finish(std::uint64_t number, Reply reply);
  [[nodiscard]] std::string response_of(const Served& served, Reply reply) const;
  void refuse(const Served& served, const Failure& failure);
  void reply(const Served& served, std::string data);

  MeshContext& context_;
  Courier& courier_;
  std::shared_ptr<Port> port_;
  CallMemory memory_;
  RememberedIds foreign_ids_{{kMaxForeignIdsOfPeer, kMaxForeignIds}};  // of peers that count nothing
  std::uint64_t last_number_ = 0;
  std::unordered_map<std::uint64_t, Served> running_;
  std::unordered_map<std::uint64_t, std::uint64_t> attempts_;  // key of what runs, to its number
};

}  // namespace relay::mesh
