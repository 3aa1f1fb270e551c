#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "actor/message.h"
#include "base/guarded.h"

namespace relay {

// The only way into an actor: any core pushes, the core that found it idle puts it on its ready list.
//
// Two lanes: messages, bounded, which wait until the actor has nothing else to do; and controls (replies, start,
// stop), which a waiting actor takes at once. A control's place is reserved by what asked for it: an actor gets at most
// one answer for each call that it waits for, so this lane needs no bound of its own.
//
// Order:  messages come out in the order of their push, controls likewise.
// Bound:  `capacity`: messages and bytes, those taken but not finished included. A full mailbox refuses, and the
//         sender learns it at once.
// Thread: the first group of functions from any core; the second only from the core that runs the actor.
class Mailbox {
 public:
  struct Capacity {
    std::size_t messages = 0;
    std::size_t bytes = 0;
  };
  enum class State : std::uint8_t { kIdle, kReady, kRunning, kWaiting, kClosed };

  // kRunIt means that the actor had nothing to do and the caller must put it on a ready list. Exactly one push per
  // idle period says so, so an actor never runs twice at once. kSetAlarm: as kQueued, and the caller calls alarm() at
  // the message's deadline, since the actor waits and nothing else would wake it to refuse the message in time.
  enum class Push : std::uint8_t { kRunIt, kQueued, kSetAlarm, kFull, kClosed };

  explicit Mailbox(Capacity capacity) : capacity_(capacity) {}

  // Takes `message` unless it says kFull or kClosed.
  [[nodiscard]] Push push(Message& message);
  // An answer for an actor that waits for nothing is not taken (kClosed), nor anything for a closed one.
  [[nodiscard]] Push push(Control& control);
  // An alarm set for `when` has gone off. kSetAlarm: the caller sets the next one, for `next`.
  [[nodiscard]] Push alarm(Instant when, Instant& next);
  [[nodiscard]] State state() const;
  // Messages in it, those taken but not finished included.
  [[nodiscard]] std::size_t size() const;

  // What came in, for the actor's own turn.
  struct Inbox {
    std::vector<Message> messages;  // in reverse: the next one is the last
    std::vector<Control> controls;
  };
  enum class Taken : std::uint8_t { kSomething, kNothing };

  // kReady to kRunning: takes all controls, and messages if `inbox` has none. True when messages in the mailbox or in
  // `inbox` may have a deadline before `now`: take_expired() gives them.
  [[nodiscard]] bool begin_turn(Inbox& inbox, Instant now);
  // The messages taken before are finished; takes the next. kNothing: the actor is idle now and belongs to the next
  // push.
  [[nodiscard]] Taken take_or_rest(Inbox& inbox);
  // The actor waits for an answer, until `deadline`. kSomething: controls came in the meantime, it runs on. kNothing: it
  // belongs to the next push now, and if `alarm` is not kNoDeadline the caller sets an alarm for it.
  [[nodiscard]] Taken suspend(Inbox& inbox, Instant deadline, Instant& alarm);
  // The turn ends with work left: kRunning to kReady.
  void yield();
  // Takes the messages whose deadline is before `now` out of the mailbox and of `inbox`.
  void take_expired(Instant now, Inbox& inbox, std::vector<Message>& expired);
  // Takes the first message that `is_it` out of the mailbox or of `inbox`, if there is one.
  [[nodiscard]] std::optional<Message> take_first(Inbox& inbox, const std::function<bool(const Message&)>& is_it);
  // Nothing is accepted from now on; takes out all that is left.
  void close(std::vector<Message>& left);

 private:
  struct Lanes {
    State state = State::kIdle;
    std::vector<Message> messages;
    std::size_t first = 0;  // messages before it have been taken
    std::vector<Control> controls;
    std::size_t count = 0;  // messages, taken ones included until they are finished
    std::size_t bytes = 0;
    std::size_t taken_count = 0;
    std::size_t taken_bytes = 0;
    Instant earliest = kNoDeadline;  // no message, taken ones included, has a deadline before it
    Instant wake_at = kNoDeadline;   // kWaiting: when the actor must look at its deadlines
    std::vector<Instant> alarms;     // those set and not yet gone off, the next one last
  };
  static void take_messages(Lanes& lanes, std::vector<Message>& out);
  static void forget_taken(Lanes& lanes);
  // Whether an alarm must be set for `when`: none that is set goes off before.
  static bool needs_alarm(Lanes& lanes, Instant when);

  const Capacity capacity_;
  Guarded<Lanes> lanes_;
};

}  // namespace relay
