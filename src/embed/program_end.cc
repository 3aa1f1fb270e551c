#include "embed/program_end.h"

#include <utility>

#include "base/log.h"
#include "embed/convert.h"
#include "embed/errors.h"

namespace relay::embed {

void ProgramEnd::on_program_end(const relay::Value&) {
  set({});
}

void ProgramEnd::on_program_error(const ScriptError& error) {
  log(LogLevel::kError, "the program failed", {{"error", error.text()}});
  api::Error failure = make_error(api::ErrorKind::kRuntime, render(to_diagnostic(error), Colours::kOff));
  failure.error_kind = error.kind;
  failure.ran = api::Ran::kYes;
  if (error.is_thrown()) {
    failure.kind = api::ErrorKind::kApplication;
    failure.data = to_api(error.thrown);
  }
  set(std::move(failure));
}

void ProgramEnd::on_stop() {
  set(make_error(api::ErrorKind::kShuttingDown, "the node stopped before its program had ended"));
}

void ProgramEnd::set(api::Result<void> end) {
  const bool is_first = has_ended_.with([](bool& has_ended) { return !std::exchange(has_ended, true); });
  if (is_first) promise_.set_value(std::move(end));
}

api::Result<void> ProgramEnd::wait(std::chrono::milliseconds timeout) const {
  if (end_.wait_for(timeout) == std::future_status::ready) return end_.get();
  return make_error(api::ErrorKind::kTimeout, "the program has not ended yet");
}

}  // namespace relay::embed
