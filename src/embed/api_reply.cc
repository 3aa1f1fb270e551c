#include <utility>

#include "actor/json_arguments.h"
#include "actor/outcome.h"
#include "embed/convert.h"
#include "embed/errors.h"
#include "embed/reply.h"
#include "native/server.h"
#include "value/display.h"
#include "value/heap.h"
#include "value/json_writer.h"
#include "value/string.h"

namespace relay::embed {
namespace {

constexpr std::string_view kException = "exception";
constexpr std::string_view kNoReply = "no_reply";

std::string quoted(const native::OpenCall& call) {
  return call.server().declaration().quoted(call.method());
}

Failure too_large(const native::OpenCall& call) {
  return make_failure(Errc::kTooLarge,
                      "the result of " + quoted(call) + " is larger than " + std::to_string(call.max_json_bytes()) + " bytes",
                      relay::Ran::kYes);
}

// A value under the current heap as the caller wants it.
relay::Reply packed(const native::OpenCall& call, relay::Value value) {
  if (call.form() == ReplySink::Form::kValue) return std::move(*pack(std::move(value)));
  std::string json;
  if (!append_json(json, value, call.max_json_bytes())) return too_large(call);
  return json;
}

// What does not look like the declared type stays as it is, and the check speaks then, as for what a program returns.
relay::Reply checked(const native::OpenCall& call, relay::Value value) {
  const bytecode::Program& program = call.server().declaration().program();
  const bytecode::Function& function = *call.method().function;
  if (function.return_type == bytecode::kAny || value.is_nil()) return packed(call, std::move(value));
  std::string why;
  const bool is_converted = convert_json(program, value, function.return_type, why);
  if (is_converted && program.types.fits(value, function.return_type)) return packed(call, std::move(value));
  return to_failure(runtime_error("type", "function '" + std::string(string::text(function.name)) + "' must return " +
                                              program.types.text(function.return_type) + ", got " +
                                              std::string(type_name(value))),
                    call.form(), call.max_json_bytes());
}

relay::Reply make_reply(const native::OpenCall& call, const api::Value& result) {
  const bool is_text = call.form() == ReplySink::Form::kJson && call.method().function->return_type == bytecode::kAny;
  if (is_text) {
    std::string json = result.to_json();
    if (json.size() > call.max_json_bytes()) return too_large(call);
    return json;
  }
  relay::Result<relay::Value> value = to_language(result);
  if (!value) return make_failure(value.error().code, std::move(value.error().detail), relay::Ran::kYes);
  return checked(call, std::move(*value));
}

}  // namespace

bool answer(native::OpenCall& call, const api::Value& result) {
  if (!call.is_open()) return false;
  Heap heap;
  HeapScope scope(heap);
  return call.answer(make_reply(call, result));
}

bool answer_thrown(native::OpenCall& call, const api::Value& thrown) {
  if (!call.is_open()) return false;
  Heap heap;
  HeapScope scope(heap);
  relay::Result<relay::Value> value = to_language(thrown);
  if (!value) return call.answer(make_failure(value.error().code, std::move(value.error().detail), relay::Ran::kYes));
  ScriptError error;
  error.thrown = std::move(*value);
  return call.answer(to_failure(std::move(error), call.form(), call.max_json_bytes()));
}

bool answer_error(native::OpenCall& call, const api::Error& error) {
  if (error.kind == api::ErrorKind::kApplication) return answer_thrown(call, error.data);
  const bool has_own_kind = error.kind == api::ErrorKind::kRuntime;
  std::string kind(has_own_kind ? std::string_view(error.error_kind) : name(error.kind));
  if (kind.empty()) kind = kException;
  return answer_runtime(call, std::move(kind), error.message);
}

bool answer_runtime(native::OpenCall& call, std::string error_kind, std::string message) {
  return call.answer(to_failure(runtime_error(error_kind, std::move(message)), call.form(), call.max_json_bytes()));
}

}  // namespace relay::embed

namespace relay::api {

void Reply::Impl::dropped() {
  Phase expected = Phase::kHandling;
  if (phase.compare_exchange_strong(expected, Phase::kDroppedWhileHandling)) return;
  embed::answer_runtime(*call, std::string(embed::kNoReply),
                        "method " + embed::quoted(*call) + " dropped its reply without an answer");
}

void Reply::Impl::handled() {
  if (phase.exchange(Phase::kHandled) == Phase::kDroppedWhileHandling) dropped();
}

Reply& Reply::operator=(Reply&& other) noexcept {
  if (this == &other) return *this;
  drop();
  impl_ = std::move(other.impl_);
  return *this;
}

Reply::~Reply() {
  drop();
}

void Reply::drop() {
  if (impl_ != nullptr && impl_->call->is_open()) impl_->dropped();
  impl_ = nullptr;
}

bool Reply::answer(Value result) {
  return impl_ != nullptr && embed::answer(*impl_->call, result);
}

bool Reply::throw_value(Value value) {
  return impl_ != nullptr && embed::answer_thrown(*impl_->call, value);
}

bool Reply::fail(Error error) {
  return impl_ != nullptr && embed::answer_error(*impl_->call, error);
}

bool Reply::fail(std::string message) {
  return impl_ != nullptr &&
         embed::answer_runtime(*impl_->call, std::string(embed::kException), std::move(message));
}

bool Reply::is_open() const {
  return impl_ != nullptr && impl_->call->is_open();
}

}  // namespace relay::api
