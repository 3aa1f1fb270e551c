#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "actor/router.h"
#include "actor/server_summary.h"
#include "base/guarded.h"
#include "base/result.h"
#include "native/server.h"

namespace relay::native {

// All servers of a node: those of its program, and those written in C++, which may come and go while it runs. Calls for the
// program's pass on to it.
//
// Invariant: a name means one server: one of the program cannot be taken.
// Owner:     the node; `program` and what `host` holds outlive it. Before it is destroyed, abandon() when no core runs.
// Thread:    as said at each member.
class Servers final : public LocalRouter {
 public:
  Servers(LocalRouter& program, Host host);
  ~Servers() override;

  // Thread: any. Errors: kDenied, the name is in use; kShuttingDown after stop().
  [[nodiscard]] Result<void> add(std::shared_ptr<const Declaration> declaration, std::unique_ptr<Handler> handler);
  // Takes it out of service: what waits fails as kShuttingDown, what is open as kUnknownOutcome. Thread: any. Errors: kServerNotFound.
  [[nodiscard]] Result<void> remove(std::string_view name);
  // In the order of their names. Thread: any.
  [[nodiscard]] std::vector<ServerSummary> summaries() const;

  // Thread: any.
  void call(Call call) override;
  [[nodiscard]] bool can_find(std::string_view server) const override;
  // Thread: a core.
  [[nodiscard]] std::optional<Failure> notify(Call call) override;
  [[nodiscard]] std::optional<Failure> leave(Call& call) override { return program_.leave(call); }

  // From now on calls from outside fail as kShuttingDown; those of the node's own servers do not. Thread: any.
  void close();
  // No call waits or is open. Thread: any.
  [[nodiscard]] bool is_drained() const;
  // All servers stop for good; no more are added. Thread: a core.
  void stop();
  // The same without answers, when no core runs any more.
  void abandon();

 private:
  using Table = std::map<std::string, std::shared_ptr<Server>, std::less<>>;
  struct State {
    Table servers;
    std::vector<std::shared_ptr<Server>> leaving;  // removed, not stopped yet
    bool has_stopped = false;
  };

  [[nodiscard]] std::shared_ptr<Server> find(std::string_view name) const;
  [[nodiscard]] std::vector<std::shared_ptr<Server>> all() const;
  [[nodiscard]] std::vector<std::shared_ptr<Server>> stop_adding();
  [[nodiscard]] std::optional<Failure> accept(Server& server, Call& call);
  void answer(Call call, Failure failure);

  LocalRouter& program_;
  Host host_;
  std::atomic<bool> has_servers_{false};  // a node without any pays nothing for them
  std::atomic<bool> is_closing_{false};
  Guarded<State> state_;
};

}  // namespace relay::native
