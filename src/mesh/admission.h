#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "mesh/dialler.h"
#include "mesh/link.h"
#include "mesh/mesh_context.h"
#include "mesh/websocket_handshake.h"
#include "net/stream.h"

namespace relay::mesh {

// A client that has asked for `/ws/p2p` and is not answered yet.
struct Upgrade {
  std::unique_ptr<net::Stream> stream;
  std::string unread;
  std::string key;
  UpgradeOffer offer;
};

// Decides which connections become links (spec mesh.md, Links): who is not wanted, and which of two links to
// the same peer stays.
//
// Thread: the mesh's core.
class Admission {
 public:
  // What becomes of a connection. kRetired: it is served for a moment and closed, another one goes on.
  enum class Place : std::uint8_t { kActive, kRetired };
  using Admit = std::function<void(LinkPeer peer, std::unique_ptr<net::Stream> stream, std::string unread,
                                   Place place)>;

  Admission(MeshContext& context, Admit admit) : context_(context), admit_(std::move(admit)) {}
  ~Admission();

  // Answers the upgrade: 101, or a refusal with its reason.
  void accept(Upgrade upgrade);
  // A connection that we dialled under `dial_name`. Errors: kDenied, why it is not wanted; the stream is then
  // closed.
  [[nodiscard]] Result<void> dialled(Dialled connection, const std::string& address,
                                     std::string_view dial_name);
  void stop();

 private:
  // A connection whose peer has a link already, which is asked for a sign of life first.
  struct Rival {
    LinkPeer peer;
    std::unique_ptr<net::Stream> stream;
    std::string unread;
    std::string key;  // of an upgrade that is not answered yet; empty: we dialled
    LinkId first = 0;
    Instant asked{};
  };
  void compete(Rival rival);
  void look(std::uint64_t number);
  void decide(Rival rival, Link& first);
  void enter(Rival rival, Place place);
  // Answers over HTTP and ends the connection.
  void refuse(net::Stream& stream, int status, std::string_view reason) const;
  [[nodiscard]] bool is_elsewhere(const LinkPeer& peer) const;
  [[nodiscard]] bool stays(const Link& first, const LinkPeer& second) const;

  MeshContext& context_;
  Admit admit_;
  std::uint64_t last_number_ = 0;
  std::map<std::uint64_t, Rival> rivals_;
};

}  // namespace relay::mesh
