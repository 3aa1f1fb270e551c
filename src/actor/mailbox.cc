#include "actor/mailbox.h"

#include <algorithm>
#include <iterator>

#include "base/check.h"

namespace relay {
namespace {

// A queue that has been longer than this gives its memory back when it is empty: most actors are small and idle.
constexpr std::size_t kKeptMessages = 64;

// Moves the messages from `first` on whose time is over to `expired`, in order, and lowers `earliest` to what the others
// have.
void sift(std::vector<Message>& messages, std::size_t first, Instant now, std::vector<Message>& expired,
          Instant& earliest) {
  std::size_t kept = first;
  for (std::size_t i = first; i < messages.size(); ++i) {
    if (messages[i].deadline <= now) {
      expired.push_back(std::move(messages[i]));
      continue;
    }
    earliest = std::min(earliest, messages[i].deadline);
    if (kept != i) messages[kept] = std::move(messages[i]);
    ++kept;
  }
  messages.resize(kept);
}

}  // namespace

Mailbox::Push Mailbox::push(Message& message) {
  return lanes_.with([&](Lanes& lanes) {
    if (lanes.state == State::kClosed) return Push::kClosed;
    const std::size_t bytes = message.bytes();
    if (lanes.count >= capacity_.messages || lanes.bytes + bytes > capacity_.bytes) return Push::kFull;
    const Instant deadline = message.deadline;
    lanes.messages.push_back(std::move(message));
    ++lanes.count;
    lanes.bytes += bytes;
    lanes.earliest = std::min(lanes.earliest, deadline);
    if (lanes.state == State::kIdle) {
      lanes.state = State::kReady;
      return Push::kRunIt;
    }
    if (lanes.state != State::kWaiting || deadline >= lanes.wake_at) return Push::kQueued;
    lanes.wake_at = deadline;
    return needs_alarm(lanes, deadline) ? Push::kSetAlarm : Push::kQueued;
  });
}

Mailbox::Push Mailbox::push(Control& control) {
  return lanes_.with([&](Lanes& lanes) {
    const bool is_answer = std::holds_alternative<Control::Answer>(control.what);
    if (lanes.state == State::kClosed || (is_answer && lanes.state == State::kIdle)) return Push::kClosed;
    lanes.controls.push_back(std::move(control));
    if (lanes.state == State::kReady || lanes.state == State::kRunning) return Push::kQueued;
    lanes.state = State::kReady;
    return Push::kRunIt;
  });
}

Mailbox::Push Mailbox::alarm(Instant when, Instant& next) {
  return lanes_.with([&](Lanes& lanes) {
    const auto set = std::find(lanes.alarms.begin(), lanes.alarms.end(), when);
    if (set != lanes.alarms.end()) lanes.alarms.erase(set);
    if (lanes.state == State::kClosed) return Push::kClosed;
    if (lanes.state != State::kWaiting) return Push::kQueued;
    if (lanes.wake_at <= when) {
      lanes.state = State::kReady;
      return Push::kRunIt;
    }
    next = lanes.wake_at;
    return needs_alarm(lanes, next) ? Push::kSetAlarm : Push::kQueued;
  });
}

Mailbox::State Mailbox::state() const {
  return lanes_.with([](const Lanes& lanes) { return lanes.state; });
}

std::size_t Mailbox::size() const {
  return lanes_.with([](const Lanes& lanes) { return lanes.count; });
}

bool Mailbox::begin_turn(Inbox& inbox, Instant now) {
  return lanes_.with([&](Lanes& lanes) {
    RELAY_CHECK(lanes.state == State::kReady, "an actor runs that is not ready");
    lanes.state = State::kRunning;
    inbox.controls.swap(lanes.controls);
    if (inbox.messages.empty()) {
      forget_taken(lanes);
      take_messages(lanes, inbox.messages);
    }
    return lanes.earliest <= now;
  });
}

Mailbox::Taken Mailbox::take_or_rest(Inbox& inbox) {
  return lanes_.with([&](Lanes& lanes) {
    forget_taken(lanes);
    inbox.controls.swap(lanes.controls);
    take_messages(lanes, inbox.messages);
    if (!inbox.messages.empty() || !inbox.controls.empty()) return Taken::kSomething;
    lanes.state = State::kIdle;
    lanes.earliest = kNoDeadline;
    return Taken::kNothing;
  });
}

Mailbox::Taken Mailbox::suspend(Inbox& inbox, Instant deadline, Instant& alarm) {
  return lanes_.with([&](Lanes& lanes) {
    inbox.controls.swap(lanes.controls);
    if (!inbox.controls.empty()) return Taken::kSomething;
    lanes.state = State::kWaiting;
    lanes.wake_at = std::min(deadline, lanes.earliest);
    alarm = needs_alarm(lanes, lanes.wake_at) ? lanes.wake_at : kNoDeadline;
    return Taken::kNothing;
  });
}

void Mailbox::yield() {
  lanes_.with([](Lanes& lanes) { lanes.state = State::kReady; });
}

void Mailbox::take_expired(Instant now, Inbox& inbox, std::vector<Message>& expired) {
  lanes_.with([&](Lanes& lanes) {
    lanes.earliest = kNoDeadline;
    // Taken messages stand in reverse, and count until the next take.
    std::reverse(inbox.messages.begin(), inbox.messages.end());
    sift(inbox.messages, 0, now, expired, lanes.earliest);
    std::reverse(inbox.messages.begin(), inbox.messages.end());
    const std::size_t before = expired.size();
    sift(lanes.messages, lanes.first, now, expired, lanes.earliest);
    lanes.count -= expired.size() - before;
    for (std::size_t i = before; i < expired.size(); ++i) lanes.bytes -= expired[i].bytes();
  });
}

std::optional<Message> Mailbox::take_first(Inbox& inbox, const std::function<bool(const Message&)>& is_it) {
  return lanes_.with([&](Lanes& lanes) -> std::optional<Message> {
    // Taken messages stand in reverse, and count until the next take.
    const auto taken = std::find_if(inbox.messages.rbegin(), inbox.messages.rend(), is_it);
    if (taken != inbox.messages.rend()) {
      Message message = std::move(*taken);
      inbox.messages.erase(std::next(taken).base());
      return message;
    }
    const auto begin = lanes.messages.begin() + static_cast<std::ptrdiff_t>(lanes.first);
    const auto found = std::find_if(begin, lanes.messages.end(), is_it);
    if (found == lanes.messages.end()) return std::nullopt;
    Message message = std::move(*found);
    lanes.messages.erase(found);
    --lanes.count;
    lanes.bytes -= message.bytes();
    return message;
  });
}

void Mailbox::close(std::vector<Message>& left) {
  lanes_.with([&](Lanes& lanes) {
    lanes.state = State::kClosed;
    for (std::size_t i = lanes.first; i < lanes.messages.size(); ++i) left.push_back(std::move(lanes.messages[i]));
    lanes.messages.clear();
    lanes.controls.clear();
    lanes.first = lanes.count = lanes.bytes = 0;
  });
}

void Mailbox::take_messages(Lanes& lanes, std::vector<Message>& out) {
  const std::size_t count = std::min(lanes.messages.size() - lanes.first, kMessagesPerTake);
  if (count == 0) return;
  for (std::size_t i = count; i-- > 0;) {
    Message& message = lanes.messages[lanes.first + i];
    lanes.taken_bytes += message.bytes();
    out.push_back(std::move(message));
  }
  lanes.taken_count = count;
  lanes.first += count;
  if (lanes.first * 2 < lanes.messages.size()) return;
  lanes.messages.erase(lanes.messages.begin(), lanes.messages.begin() + static_cast<std::ptrdiff_t>(lanes.first));
  lanes.first = 0;
  if (!lanes.messages.empty()) return;
  if (lanes.messages.capacity() > kKeptMessages) std::vector<Message>().swap(lanes.messages);
}

void Mailbox::forget_taken(Lanes& lanes) {
  lanes.count -= std::exchange(lanes.taken_count, 0);
  lanes.bytes -= std::exchange(lanes.taken_bytes, 0);
}

bool Mailbox::needs_alarm(Lanes& lanes, Instant when) {
  if (when == kNoDeadline || (!lanes.alarms.empty() && lanes.alarms.back() <= when)) return false;
  lanes.alarms.push_back(when);
  return true;
}

}  // namespace relay
