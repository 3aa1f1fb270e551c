#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>
#include <vector>

#include "actor/actor_limits.h"
#include "base/guarded.h"
#include "call/call.h"
#include "native/declaration.h"
#include "native/handler.h"
#include "net/loop.h"

namespace relay::native {

// What the servers of a node share.
struct Host {
  std::vector<net::Loop*> cores;
  ActorLimits limits;
  // Told, on a core, of a failure that nobody waits for.
  std::function<void(const std::string& server, std::string_view method, const Failure& failure)> unheard;

  // The core of this thread if it is one of the node's.
  [[nodiscard]] net::Loop* current() const;
  // That one, else the one that serves this thread.
  [[nodiscard]] net::Loop& pick() const;
};

// A server written in C++: a mailbox in front of a handler, and the calls that it has not answered yet.
//
// Order:  handled one after the other, in the order accepted; the next as soon as the handler has returned, whether it has
//         answered or not. Never inside the sender's own code.
// Bound:  ActorLimits::mailbox_messages and mailbox_bytes over all calls not answered; more are refused as kOverloaded.
// Errors: arguments that do not fit, as a server of the language says it; kTimeout at the deadline, whatever the handler does;
//         kShuttingDown after stop(), kUnknownOutcome for those that a handler had then begun.
// Owner:  shared with its open calls. `host` outlives all of accept(), and every open call is answered before it ends.
// Thread: any, where nothing else is said.
class Server : public std::enable_shared_from_this<Server> {
 public:
  Server(std::shared_ptr<const Declaration> declaration, std::unique_ptr<Handler> handler, Host& host);

  [[nodiscard]] const Declaration& declaration() const { return *declaration_; }
  [[nodiscard]] const std::string& name() const { return declaration_->server().name; }

  // Takes a call, or says why not; `call` has then kept its sink.
  [[nodiscard]] std::optional<Failure> accept(Call& call);
  // Calls accepted and not answered yet.
  [[nodiscard]] std::size_t unanswered() const;
  // Takes no more; answers all that is open or waits. Thread: a core.
  void stop();
  // The same without an answer, when no core runs any more.
  void abandon();

 private:
  friend class OpenCall;
  struct Message {
    const bytecode::Method* method = nullptr;
    Parcel args;
    ArgsForm form = ArgsForm::kByPosition;
    ArgsSource source = ArgsSource::kLanguage;
    Instant deadline = kNoDeadline;
    CallChain chain;
    std::unique_ptr<ReplySink> sink;
  };
  struct State {
    std::deque<Message> waiting;
    std::size_t waiting_bytes = 0;
    bool is_running = false;  // a turn is posted or runs
    bool has_stopped = false;
    std::uint64_t last_number = 0;
    std::unordered_map<std::uint64_t, std::shared_ptr<OpenCall>> open;
    std::set<std::pair<Instant, std::uint64_t>> deadlines;  // of open calls whose handler has returned
    Instant alarm = kNoDeadline;                            // the next one set
  };
  // What a server that stops has not answered.
  struct Left {
    std::deque<Message> waiting;
    std::vector<std::shared_ptr<OpenCall>> open;
  };
  enum class Pushed : std::uint8_t { kRunIt, kQueued, kFull, kStopped };

  [[nodiscard]] Pushed push(Message& message);
  void post_turn(net::Loop& core);
  void turn(net::Loop& core);
  [[nodiscard]] std::optional<Message> take();
  void handle(net::Loop& core, Message message);
  [[nodiscard]] std::shared_ptr<OpenCall> open(net::Loop& core, Message& message);
  void watch(net::Loop& core, const OpenCall& call);
  void set_alarm(net::Loop& core, Instant when);
  void on_alarm(net::Loop& core, Instant when);
  [[nodiscard]] Left take_all();
  void refuse(Message& message, Errc code);
  // An open call has been answered.
  void close(const OpenCall& call);
  void note_unheard(const bytecode::Method& method, const Reply& reply);

  const std::shared_ptr<const Declaration> declaration_;
  const std::unique_ptr<Handler> handler_;
  Host& host_;
  Guarded<State> state_;
};

}  // namespace relay::native
