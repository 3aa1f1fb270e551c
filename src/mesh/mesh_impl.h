#pragma once

#include "mesh/admission.h"
#include "mesh/allowance.h"
#include "mesh/announcer.h"
#include "mesh/courier.h"
#include "mesh/fault_meter.h"
#include "mesh/forwarder.h"
#include "mesh/mesh.h"
#include "mesh/mesh_context.h"
#include "mesh/mesh_limits.h"
#include "mesh/probe_carrier.h"
#include "mesh/remote_calls.h"
#include "mesh/served_calls.h"

namespace relay::mesh {

// A call on its way to the mesh's core.
struct Outgoing {
  Call call;
  std::string args;
};

// The parts of a mesh and the ways between them: links tell it what comes, it hands each message to the part
// that it is for. mesh.cc: life and peers; mesh_links.cc: links come and go; mesh_messages.cc: messages by
// type.
struct Mesh::Impl final : LinkListener, DialListener, AdmissionListener, Announcer::Listener {
  Impl(MeshConfig mesh_config, net::Loop& loop, Connector& connector, CallPort& local, RandomSource& random);

  // mesh_links.cc
  void on_link_text(Link& link, std::string_view text) override;
  void on_link_closing(Link& link) override;
  void on_unwritten(Link& link, std::uint64_t tag) override;
  void on_link_closed(Link& link, std::string_view reason) override;
  [[nodiscard]] bool on_dialled(const std::string& dial_name, Dialled dialled) override;
  void on_dial_failed(const std::string& dial_name, const Error& error, Duration pause) override;
  void on_admitted(Entrant entrant, Place place) override;
  void on_refused(const std::string& dial_name, const std::string& reason) override;
  void note_fault(Link& link, std::string_view what, std::string_view id);
  void dial(const std::string& dial_name);
  void redial(const std::string& node, std::string_view reason);

  // mesh_messages.cc
  void take(Link& link, std::string_view text);
  void take_own(Link& link, const Envelope& envelope);
  void take_wrapper(Link& link, const Envelope& wrapper);
  [[nodiscard]] Result<void> send_to_self(std::string type, std::string data);
  void take_sync(Link& link, const Envelope& envelope);
  void take_ping(Link& link, const Envelope& envelope);
  void take_pong(const Link& link, const Envelope& envelope);
  [[nodiscard]] bool is_own_connection(std::string_view node, std::string_view key) const;
  void take_other(Link& link, const Envelope& envelope);
  // False: nobody has registered for the type.
  bool hand_over(std::string_view type, std::string_view from, std::string_view data);
  // Tells `to`, whose message `about` came over `in`, what is wrong with it; so often as `in` may cause that.
  struct Fault {
    std::string_view to;
    std::string_view about;
    Errc kind = Errc::kParse;
    std::string_view what;
  };
  void send_error(Link& in, const Fault& fault);

  // mesh.cc
  void take_inbox();
  void on_news() override;
  void on_doubt(Link& link) override { admission.challenge(link); }
  void on_used_twice() override;
  [[nodiscard]] std::vector<std::string> configured() const;
  // Made anew at once, or `gap`, at least what it costs tenfold, after the last time.
  void outdate_view(Duration gap = Duration::zero());
  // Whether one was set.
  bool drop_view_timer();
  void refresh_view();
  void refresh_viewed_servers();
  void show_news();
  void end_if_idle();
  void tell_stopped();

  MeshContext context;
  Courier courier;
  RemoteCalls calls;
  ProbeCarrier probes;
  ServedCalls served;
  Forwarder forwarder;
  Announcer announcer;
  Dialler dialler;
  Admission admission;
  FaultMeter faults;
  LinkAllowances errors{kErrorsPerSecond, kErrorsPerSecond};
  std::map<std::string, Handler, std::less<>> handlers;
  PeerWatcher watcher = [](std::string_view, const Error*) {};
  std::map<std::string, std::string> unreached;  // peers that are dialled in vain, and why, as it was logged
  bool has_started = false;
  bool is_stopped = false;
  std::vector<std::function<void()>> when_stopped;
  Guarded<std::shared_ptr<const MeshView>> view;
  Instant viewed_at{};
  std::uint64_t viewed_revision = UINT64_MAX;
  std::uint64_t viewed_servers_revision = UINT64_MAX;
  std::shared_ptr<const MeshView::Names> viewed_servers = std::make_shared<const MeshView::Names>();
  std::size_t viewed_nodes = 0;
  std::optional<Executor::TimerId> view_timer;
  Guarded<std::vector<Outgoing>> inbox;  // calls of other cores, in the order made
  // Tasks of other cores that come after the end find nobody.
  std::shared_ptr<Impl*> self;
};

}  // namespace relay::mesh
