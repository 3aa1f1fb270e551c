#include "native/open_call.h"

#include <utility>

#include "native/server.h"

namespace relay::native {

OpenCall::OpenCall(std::shared_ptr<Server> server, const bytecode::Method& method, std::uint64_t number, Instant deadline,
                   net::Loop& home, std::unique_ptr<ReplySink> sink)
    : server_(std::move(server)),
      method_(method),
      number_(number),
      deadline_(deadline),
      form_(sink == nullptr ? ReplySink::Form::kJson : sink->form()),
      max_json_bytes_(sink == nullptr ? SIZE_MAX : sink->max_json_bytes()),
      has_caller_(sink != nullptr),
      home_(home) {
  slot_.with([&](Slot& slot) { slot.sink = std::move(sink); });
}

bool OpenCall::is_open() const {
  return slot_.with([](const Slot& slot) { return slot.is_open; });
}

bool OpenCall::answer(Reply reply) {
  std::unique_ptr<ReplySink> sink;
  bool is_here = false;
  const bool was_open = slot_.with([&](Slot& slot) {
    if (!std::exchange(slot.is_open, false)) return false;
    is_here = server_->host_.current() != nullptr;
    sink = std::move(slot.sink);
    if (is_here) return true;
    // Under the lock: the end of the node takes it too, so the core is still there.
    home_.post([self = shared_from_this(), to = std::move(sink), moved = std::move(reply)]() mutable {
      self->deliver(std::move(to), std::move(moved));
    });
    return true;
  });
  if (was_open && is_here) deliver(std::move(sink), std::move(reply));
  return was_open;
}

void OpenCall::deliver(std::unique_ptr<ReplySink> sink, Reply reply) {
  if (sink != nullptr) {
    sink->answer(std::move(reply));
  } else {
    server_->note_unheard(method_, reply);
  }
  server_->close(*this);
}

void OpenCall::abandon() {
  const std::unique_ptr<ReplySink> dropped = slot_.with([](Slot& slot) {
    slot.is_open = false;
    return std::move(slot.sink);
  });
}

}  // namespace relay::native
