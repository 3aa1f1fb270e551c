#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/guarded.h"
#include "call/probe.h"

namespace relay {

struct Realm;

// Finds cycles of several chains that lead over other nodes (docs/adr/0007): sends probes for calls that came to an actor
// that waits, and sends them again, ever more rarely, while such a call is not begun: what was lost on the way, or found
// another cycle first, is found then.
//
// Bound:  one entry a call of another node in a mailbox, or between servers that both have to do with other nodes.
// Thread: any core of the realm.
class Prober {
 public:
  explicit Prober(Realm& realm) : realm_(realm) {}
  Prober(const Prober&) = delete;
  Prober& operator=(const Prober&) = delete;

  // Without one nothing is searched. Before the first message.
  void set_port(ProbePort& port) { port_ = &port; }
  // A call has been added to the graph of waiting, and these search for it.
  void begin(std::vector<Probe> probes);
  // A probe has come from the node `from`.
  void take(Probe probe, std::string_view from);

 private:
  struct Search {
    CallId call;
    Duration pause{};
    Instant next;
    std::uint32_t round = 0;
  };
  struct Searches {
    std::vector<Search> open;
    bool has_timer = false;
  };
  void send(std::vector<Probe> probes);
  void set_timer();
  void search_again();

  Realm& realm_;
  ProbePort* port_ = nullptr;
  Guarded<Searches> searches_;
};

}  // namespace relay
