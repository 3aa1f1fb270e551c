#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>

#include "mesh/courier.h"
#include "mesh/dialler.h"
#include "mesh/link.h"
#include "mesh/mesh_context.h"
#include "mesh/ping_message.h"
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

// A connection that is to become a link.
struct Entrant {
  LinkPeer peer;
  std::unique_ptr<net::Stream> stream;
  std::string unread;
  std::string dial_name;  // under which we dialled it; empty: it dialled in
};

// What becomes of it. kRetired: it is served for a moment and closed, another one goes on.
enum class Place : std::uint8_t { kActive, kRetired };

// Told what was decided; about a connection that need not wait, from inside of accept() or dialled().
class AdmissionListener {
 public:
  virtual void on_admitted(Entrant entrant, Place place) = 0;
  // A connection that we dialled, and that had to wait, is not wanted; its stream is closed.
  virtual void on_refused(const std::string& dial_name, const std::string& reason) = 0;

 protected:
  ~AdmissionListener() = default;
};

// Decides which connections become links (spec mesh.md, Links): who is not wanted, and which of two links to
// the same peer stays.
//
// Nobody takes the id of a node that answers: when a connection comes under an id that is linked, or that is
// reached over other nodes, that node itself is asked whether the connection, named by the key of its
// handshake, is its own. So a node that starts again or is reached another way is linked at once, and one
// that only uses its name is not, whatever it says of its incarnation. Without an answer within kProbeAnswer
// the id is free. A foreign peer cannot be asked: the link that stands stays while it shows a sign of life.
//
// Who has taken an id while its owner did not answer keeps it no longer than until the owner is heard of again
// elsewhere, unless he answers for it too: what a link under an id is asked then is the same.
//
// Bound:  kMaxLinks with those that wait; kMaxRivals that wait under one id; one question under way a link.
// Thread: the mesh's core.
class Admission {
 public:
  Admission(MeshContext& context, Courier& courier, AdmissionListener& listener)
      : context_(context), courier_(courier), listener_(listener) {}
  ~Admission();

  // Answers the upgrade: 101, or a refusal with its reason.
  void accept(Upgrade upgrade);
  // A connection that we dialled under `dial_name`. Errors: kDenied, why it is not wanted; the stream is then
  // closed.
  [[nodiscard]] Result<void> dialled(Dialled connection, const std::string& address,
                                     const std::string& dial_name);
  // Others tell newer things of the Relay node that `link` is of than it has told here. It is asked over that link whether
  // this is its own, and the link ends when it has not said so for as long as silence may last.
  void challenge(Link& link);
  // A `pong` of `from` that came over `in`: the word of a node about the connection that it names.
  void hear(const Link& in, std::string_view from, const PingMessage& word);
  // Whether a connection under this key waits here that we dialled and that `node` has answered.
  [[nodiscard]] bool has(std::string_view node, std::string_view key) const;
  void stop();

 private:
  // A connection that waits for a word of the node whose id it claims.
  struct Rival {
    Entrant entrant;
    LinkId first = 0;       // the link that stands under the id; 0: none, the node is reached over others
    LinkId asked_over = 0;  // 0: it was pinged only
    Instant asked{};
  };
  enum class Word : std::uint8_t { kOwn, kNotOwn, kAlive, kSilent };
  using Rivals = std::map<std::uint64_t, Rival>;

  void compete(Entrant entrant);
  [[nodiscard]] bool is_crowded(std::string_view node) const;
  [[nodiscard]] LinkId ask(const std::string& node, std::string_view key);
  void judge(LinkId id);
  void look(std::uint64_t number);
  void settle(Rivals::iterator place, Word word);
  void decide(Entrant entrant, Link* first, Word word);
  void enter(Entrant entrant, Place place);
  void turn_away(Entrant entrant, const std::string& reason);
  // Answers over HTTP and ends the connection.
  void refuse(net::Stream& stream, int status, std::string_view reason) const;
  [[nodiscard]] bool stays(const Link& first, const LinkPeer& second) const;

  MeshContext& context_;
  Courier& courier_;
  AdmissionListener& listener_;
  std::uint64_t last_number_ = 0;
  Rivals rivals_;
  std::set<LinkId> challenged_;  // asked whether they are their peer's own, and not answered yet
};

}  // namespace relay::mesh
