#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "mesh/envelope.h"
#include "sim/frame_watch.h"
#include "sim/ledger.h"
#include "sim/network.h"

namespace relay::sim {

// What honest nodes must never put on the wire (spec mesh.md, Routing), looked at from outside: each byte
// that they write is read along.
//
// Invariant: no id leaves a node twice for one neighbour; a message that is passed on names in its route who
// has passed it on, the sender last, nobody twice and not the receiver; its ttl goes down each hop; a call is
// given no more time than its client gave; one whose connection breaks does not wait for its deadline; of one
// that has never left nobody says that it may have run.
class WireRules {
 public:
  WireRules(Schedule& schedule, Ledger& ledger) : schedule_(schedule), ledger_(ledger) {}

  // With more than these the run is stopped: something goes round without end.
  void set_most_messages(std::uint64_t most) { most_messages_ = most; }
  // Reads along on a connection between two nodes from now on.
  void watch(Connection& connection);
  // When nothing will happen any more.
  void settle();

 private:
  struct Passing {
    HostId from = 0;
    HostId to = 0;
    std::uint64_t connection = 0;
  };
  struct Departure {
    std::uint64_t connection = 0;
    bool has_reply = false;  // on its way: what comes next may be another attempt
  };
  void see_frame(const Passing& passing, std::string_view text);
  void see(const Passing& passing, const mesh::Envelope& envelope);
  void see_inside(const Passing& passing, const mesh::Envelope& inside);
  void see_call(const Passing& passing, const mesh::Envelope& envelope);
  void see_response(const mesh::Envelope& envelope);
  void on_broken(HostId host, std::uint64_t connection);
  void check_ended(const std::string& id, std::uint64_t connection);
  void note_id(const Passing& passing, const mesh::Envelope& envelope);
  void broken(const Passing& passing, std::string_view what, std::string_view text);

  Schedule& schedule_;
  Ledger& ledger_;
  std::uint64_t messages_ = 0;
  std::uint64_t most_messages_ = UINT64_MAX;
  std::set<std::string> seen_;      // sender, receiver, origin, id
  std::map<std::string, int> ttl_;  // of a message passed on, by origin, id and hops made
  // Of clients' calls that have left their nodes, the last time.
  std::map<std::string, Departure, std::less<>> departures_;
  std::map<std::string, std::string, std::less<>> call_of_;  // by response_id
};

}  // namespace relay::sim
