#include "cli/program_run.h"

#include <poll.h>

#include <cstdio>
#include <cstdlib>
#include <utility>

#include "base/diagnostic.h"
#include "base/log.h"
#include "cli/exit_code.h"
#include "cli/load.h"
#include "value/display.h"

namespace relay::cli {

ProgramRun::ProgramRun(const Options& options, node::Node& node, const StopSignals& signals)
    : options_(options), node_(node), signals_(signals) {}

int ProgramRun::run() {
  node_.when_output_breaks([this] { tell([](News& news) { news.output_broke = true; }); });
  node_.start();
  node_.run_program(*this);
  std::optional<int> code;
  while (!code) code = wait() == Happening::kSignal ? on_signal() : on_news();
  node_.halt();
  finish_printing();
  std::fputs(error_.c_str(), stderr);
  return *code;
}

void ProgramRun::on_program_end(const Value& value) {
  if (options_.expression) node_.print(display(value, Quotes::kQuoted) + "\n");
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

ProgramRun::Happening ProgramRun::wait() const {
  if (event_.wait_or(signals_.descriptor(), POLLIN) == node::WakeEvent::Ready::kWoken) return Happening::kNews;
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
  if (options_.serve) {
    if (news.output_broke) log(LogLevel::kWarn, "nobody reads standard output any more; what programs print is dropped");
    return std::nullopt;
  }
  if (news.output_broke) return kExitProgramFailed;
  if (news.has_ended) return kExitFine;
  return std::nullopt;
}

std::optional<int> ProgramRun::on_signal() {
  if (is_stopping_) std::_Exit(kExitInterrupted);
  if (!options_.serve) return kExitInterrupted;
  is_stopping_ = true;
  log(LogLevel::kInfo, "stopping: calls in work may end, a second signal exits at once");
  node_.stop([this] { tell([](News& news) { news.has_stopped = true; }); });
  return std::nullopt;
}

void ProgramRun::finish_printing() {
  node_.when_printed([this] { tell([](News& news) { news.has_printed = true; }); });
  while (!news_.with([](News& news) { return std::exchange(news.has_printed, false); })) {
    if (wait() == Happening::kSignal) std::_Exit(kExitInterrupted);
  }
}

}  // namespace relay::cli
