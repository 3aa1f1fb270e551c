#include <array>

#include "value/array.h"
#include "value/string.h"
#include "vm/native_arguments.h"
#include "vm/native_message_all.h"
#include "vm/native_table.h"
#include "vm/vm_limits.h"

// Builtins that send messages.

namespace relay {
namespace {

using Args = std::span<Value>;

// Reads `server, method, a, b, ...` from argument `at` on.
bool take_call(NativeContext& context, Args args, std::size_t at, CallWait& out) {
  if (!take_server(context, args, at, out.server) || !take_string(context, args, at + 1)) return false;
  out.method = string::text(args[at + 1]);
  out.args = array::make(args.subspan(at + 2));
  return true;
}

NativeStep notify_later(NativeContext& context, CallWait call, Duration delay, Value& result) {
  Host::Notified sent = context.host().notify(call.server, call.method, std::move(call.args), delay);
  context.charge(cost_of_bytes(sent.bytes));
  if (sent.error) return context.fail(std::move(*sent.error));
  result = Value::nil();
  return NativeStep::kDone;
}

NativeStep message(NativeContext& context, Value&, Args args, Value&) {
  CallWait call;
  if (!take_call(context, args, 0, call)) return NativeStep::kError;
  return context.wait(std::move(call));
}

NativeStep notify(NativeContext& context, Value&, Args args, Value& result) {
  CallWait call;
  if (!take_call(context, args, 0, call)) return NativeStep::kError;
  return notify_later(context, std::move(call), Duration::zero(), result);
}

NativeStep notify_after(NativeContext& context, Value&, Args args, Value& result) {
  Duration delay{};
  CallWait call;
  if (!take_seconds(context, args, 0, delay) || !take_call(context, args, 1, call)) return NativeStep::kError;
  return notify_later(context, std::move(call), delay, result);
}

NativeStep message_all(NativeContext& context, Value&, Args args, Value& result) {
  if (!take_array(context, args, 0)) return NativeStep::kError;
  CallAllWait all;
  if (!read_calls(args[0], all, context.error())) return NativeStep::kError;
  if (all.calls.empty()) {
    result = array::make();
    return NativeStep::kDone;
  }
  context.charge(all.calls.size());
  return context.wait(std::move(all));
}

constexpr std::array kBuiltins = {
    NativeEntry{.name = "message", .function = message},
    NativeEntry{.name = "notify", .function = notify},
    NativeEntry{.name = "notify_after", .function = notify_after},
    NativeEntry{.name = "message_all", .function = message_all},
};

}  // namespace

std::span<const NativeEntry> message_builtins() {
  return kBuiltins;
}

}  // namespace relay
