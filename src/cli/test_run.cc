#include "cli/test_run.h"

#include <unistd.h>

#include <chrono>

#include "node/node.h"
#include "vm/script_error.h"

namespace relay::cli {
namespace {

// Enough for what a handler does; a server that sends itself messages without end is stopped after it.
constexpr Duration kLastMessages = std::chrono::seconds(2);

Diagnostic diagnostic_of(WaitGraph::Place place, const Failure& failure) {
  const std::string server(place.server);
  const bool has_method = !place.method.empty();
  const std::string what = has_method ? "notification of " + server + "." + std::string(place.method) : "start of server " + server;
  ScriptError error = runtime_error(failure.error_kind, what + " failed: " + failure.message, failure.hint);
  if (failure.origin != nullptr) {
    error.place = failure.origin->place;
    error.trace = failure.origin->trace;
    error.note = failure.origin->note;
  }
  return to_diagnostic(error);
}

}  // namespace

std::string TestRun::run() {
  node::Node node(test_.file->options.node, *test_.file->program, {STDOUT_FILENO, STDIN_FILENO});
  node.when_unheard_fails([this](WaitGraph::Place place, const Failure& failure) { on_unheard(place, failure); });
  node.start();
  node.run_program(*this, *test_.test->function);
  wait_for([](const News& news) { return news.has_ended || news.error; });
  if (!news_.with([](const News& news) { return news.error.has_value(); })) {
    node.stop([this] { tell([](News& news) { news.has_stopped = true; }); }, kLastMessages);
    wait_for([](const News& news) { return news.has_stopped; });
  }
  node.halt();
  node.when_printed([this] { tell([](News& news) { news.has_printed = true; }); });
  wait_for([](const News& news) { return news.has_printed; });
  return verdict();
}

void TestRun::on_program_end(const Value&) {
  tell([](News& news) { news.has_ended = true; });
}

void TestRun::on_program_error(const ScriptError& error) {
  std::string text = render(to_diagnostic(error), colours_);
  tell([&](News& news) { news.error = std::move(text); });
}

void TestRun::on_unheard(WaitGraph::Place place, const Failure& failure) {
  if (failure.code == Errc::kShuttingDown) return;
  std::string text = render(diagnostic_of(place, failure), colours_);
  news_.with([&](News& news) {
    if (news.unheard.size() == kMostUnheard) {
      ++news.more_unheard;
    } else {
      news.unheard.push_back(std::move(text));
    }
  });
}

template <typename F>
void TestRun::tell(F&& change) {
  news_.with(change);
  event_.wake();
}

template <typename F>
void TestRun::wait_for(F&& has_happened) {
  while (!news_.with(has_happened)) event_.wait();
}

std::string TestRun::verdict() const {
  return news_.with([](const News& news) {
    std::string text = news.error.value_or("");
    for (const std::string& one : news.unheard) text += one;
    if (news.more_unheard > 0) text += "... and " + std::to_string(news.more_unheard) + " more failures that nobody waits for\n";
    return text;
  });
}

}  // namespace relay::cli
