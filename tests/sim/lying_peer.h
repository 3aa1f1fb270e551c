#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "mesh/envelope.h"
#include "sim/network.h"

namespace relay::sim {

// A peer that speaks the protocol and lies: sends under foreign names, forges routes and replies, asks for a
// ttl of 10^9, announces others with huge versions and invents nodes and servers, takes the id and incarnation
// of others, repeats what it has heard, sends junk. It overhears the ids of calls and the incarnations of the
// whole network, so these it need not guess. It is linked to one node, and dials again when it is thrown out.
// Owner:  as a node.
// Thread: one.
class LyingPeer {
 public:
  LyingPeer(Schedule& schedule, Network& network, HostId host, std::vector<HostId> victims,
            SeededRandom random);
  ~LyingPeer();
  LyingPeer(const LyingPeer&) = delete;
  LyingPeer& operator=(const LyingPeer&) = delete;

  // Lies from now on, until then.
  void run_until(Instant end);

  // A message that two others have exchanged.
  void overhear(std::string_view text);

  // What it answers for others: no call may end with it.
  static constexpr std::string_view kForged = "forged";

 private:
  class Talk;
  void dial();
  void lie();
  [[nodiscard]] std::string make_lie();
  [[nodiscard]] std::string call_under(const std::string& from, const std::string& to);
  [[nodiscard]] std::string news();
  [[nodiscard]] std::string forged_reply();
  [[nodiscard]] std::string junk();
  [[nodiscard]] std::string wrapped(const std::string& original);
  [[nodiscard]] std::string envelope(const mesh::EnvelopeHead& head, std::string_view data);
  void note_call(const mesh::Envelope& envelope);
  [[nodiscard]] std::string draw_victim();
  [[nodiscard]] std::uint64_t draw_inc(const std::string& victim);

  Schedule& schedule_;
  SeededRandom random_;
  SimLoop loop_;
  const std::string id_;
  const HostId host_;
  const std::vector<HostId> victims_;
  const HostId neighbor_;
  std::unique_ptr<mesh::Connector> connector_;
  std::unique_ptr<mesh::Connector::Attempt> attempt_;
  std::unique_ptr<Talk> talk_;
  std::vector<std::string> heard_;  // to be repeated
  Instant end_{};
  std::uint64_t last_id_ = 0;
  std::vector<std::string> calls_;             // ids of calls that others have made lately
  std::map<std::string, std::uint64_t> incs_;  // in which others call
};

}  // namespace relay::sim
