#include "cli/program_run.h"

#include <poll.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <utility>

#include "base/diagnostic.h"
#include "base/log.h"
#include "cli/exit_code.h"
#include "cli/load.h"
#include "value/display.h"

namespace relay::cli {
namespace {
constexpr int kPatienceMs = 1000;
}  // namespace

ProgramRun::ProgramRun(const Options& options, const StopSignals& signals) : options_(options), signals_(signals) {}

int ProgramRun::run(node::Node& node) {
  node_ = &node;
  node_->when_output_breaks([this](int error) { tell([error](News& news) { news.output_error = error; }); });
  node_->start();
  node_->run_program(*this);
  std::optional<int> code;
  while (!code) code = wait() == Happening::kSignal ? on_signal() : on_news();
  node_->halt();
  finish_printing();
  // The end of the program may have been known before its last line could not be written.
  const int error = news_.with([](News& news) { return news.output_error; });
  if (error != 0 && code == kExitFine) code = on_output_error(error).value_or(kExitFine);
  std::fputs(error_.c_str(), stderr);
  return *code;
}

void ProgramRun::on_program_end(const Value& value) {
  if (options_.expression) node_->print(display(value, Quotes::kQuoted) + "\n");
  tell([](News& news) { news.has_ended = true; });
}

void ProgramRun::on_program_error(const ScriptError& error) {
  std::string text = render(to_diagnostic(error), stderr_colours());
  tell([&](News& news) { news.error = std::move(text); });
}

template <typename F>
void ProgramRun::tell(F&& change) {
  news_.with(change);
  event_.wake();
}

ProgramRun::Happening ProgramRun::wait(int milliseconds) const {
  switch (event_.wait_or(signals_.descriptor(), POLLIN, milliseconds)) {
    case node::WakeEvent::Ready::kWoken: return Happening::kNews;
    case node::WakeEvent::Ready::kTimeout: return Happening::kNothing;
    default: break;
  }
  signals_.take();
  return Happening::kSignal;
}

std::optional<int> ProgramRun::on_news() {
  News news = news_.with([](News& all) { return std::exchange(all, News{}); });
  if (news.has_stopped) return kExitFine;
  if (news.error && !is_stopping_) {
    error_ = std::move(*news.error);
    return kExitProgramFailed;
  }
  if (news.output_error != 0) {
    if (const auto code = on_output_error(news.output_error)) return code;
  }
  if (news.has_ended && !options_.serve) return kExitFine;
  return std::nullopt;
}

std::optional<int> ProgramRun::on_output_error(int error) {
  if (options_.serve) {
    log(LogLevel::kWarn, "standard output is broken, what programs print is dropped", {{"error", std::strerror(error)}});
    return std::nullopt;
  }
  // A reader that has seen enough, such as `head`, is no fault worth a word.
  if (error != EPIPE) error_ = std::string("relay: cannot write to standard output: ") + std::strerror(error) + "\n";
  return kExitProgramFailed;
}

std::optional<int> ProgramRun::on_signal() {
  if (is_stopping_) std::_Exit(kExitInterrupted);
  was_interrupted_ = true;
  if (!options_.serve) return kExitInterrupted;
  is_stopping_ = true;
  log(LogLevel::kInfo, "stopping: calls in work may end, a second signal exits at once");
  node_->stop([this] { tell([](News& news) { news.has_stopped = true; }); });
  return std::nullopt;
}

void ProgramRun::finish_printing() {
  node_->when_printed([this] { tell([](News& news) { news.has_printed = true; }); });
  const int patience = was_interrupted_ ? kPatienceMs : node::WakeEvent::kForever;
  while (!news_.with([](News& news) { return std::exchange(news.has_printed, false); })) {
    const Happening happening = wait(patience);
    if (happening == Happening::kSignal) std::_Exit(kExitInterrupted);
    if (happening == Happening::kNothing) return;
  }
}

}  // namespace relay::cli
