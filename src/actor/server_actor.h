#pragma once

#include <string>
#include <vector>

#include "actor/actor.h"
#include "actor/globals.h"

namespace relay {

// A running server: takes one message after the other, each a transaction over its state.
//
// Start:  the defaults of the state are evaluated by the actor itself, when its definition is reached or before its first
//         message. If that fails, the message fails with the error, and the next message tries again: an error of the
//         program stays, one of the world (a server not yet reachable) heals.
// Order:  state and captured variables are committed first, then the reply leaves.
class ServerActor final : public Actor {
 public:
  ServerActor(Realm& realm, ActorId id, const bytecode::ServerInfo& info);
  ~ServerActor() override;

  [[nodiscard]] const StateStore* state() const override { return has_defaults_ ? &*state_ : nullptr; }
  [[nodiscard]] WaitGraph::Place place() const override;

 private:
  Began begin_next() override;
  void finish(Value result) override;
  void fail(ScriptError error) override;
  void give_up(Why why) override;
  void on_start() override;
  void refuse_all() override;
  void refuse_expired() override;
  void take_back(const Control::TakeBack& order) override;
  [[nodiscard]] bool works_for(const Control::Interrupt& order) const override;
  void drop_waiting(const Control::Interrupt& order) override;
  void before_send() override {}
  bool load(std::uint16_t slot, Value& out) override { return globals_copy_.load(slot, out); }

  // The message in hand, which is chained, has left the mailbox.
  void take_chain();
  void begin_defaults(Instant deadline);
  void finish_defaults();
  // False: it could not begin and has been answered.
  [[nodiscard]] bool begin_message();
  // What the caller gets for `result`; a failure means that the message has failed.
  [[nodiscard]] Reply make_reply(Value result);
  void answer_message(Reply reply);
  void refuse(Message& message, Errc code, Ran ran);
  // Whether what the message leaves fits into the server's memory. One that makes room for more may always commit.
  [[nodiscard]] bool fits_memory();
  void fail_over_limit();
  void commit();
  void rollback();
  [[nodiscard]] WaitGraph::Place place_of(const Message& message) const;

  const bytecode::ServerInfo& info_;
  GlobalsCopy globals_copy_;
  Message message_;  // in hand; without a method: none
  std::vector<Value> args_;
  bool has_defaults_ = false;  // the state has been given its defaults
  bool start_asked_ = false;
  bool in_defaults_ = false;   // the fiber evaluates them
};

}  // namespace relay
