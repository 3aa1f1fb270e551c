#include "actor/failure_log.h"

#include <chrono>
#include <utility>

#include "actor/core.h"
#include "base/log.h"

namespace relay {
namespace {

constexpr Duration kWindow = std::chrono::seconds(1);

std::string_view kind_of(const Failure& failure) {
  return failure.code == Errc::kRuntime ? std::string_view(failure.error_kind) : name(failure.code);
}

// A name that no server has is whatever a client wrote: such failures are counted together.
std::string_view server_of(WaitGraph::Place place, const Failure& failure) {
  return failure.code == Errc::kServerNotFound ? "*" : place.server;
}

void log_one(WaitGraph::Place place, const Failure& failure) {
  const FailureOrigin* origin = failure.origin.get();
  if (origin == nullptr) {
    return log(LogLevel::kError, "handler failed",
               {{"server", place.server}, {"method", place.method}, {"kind", kind_of(failure)}, {"error", failure.message}});
  }
  log(LogLevel::kError, "handler failed",
      {{"server", place.server},
       {"method", place.method},
       {"kind", kind_of(failure)},
       {"error", failure.message},
       {"file", origin->place.file->name()},
       {"line", static_cast<long long>(origin->place.file->position(origin->place.span.begin).line)}});
}

void log_count(std::string_view server, std::string_view kind, std::uint64_t times) {
  log(LogLevel::kError, "handlers failed again",
      {{"server", server}, {"kind", kind}, {"times", static_cast<long long>(times)}});
}

}  // namespace

FailureLog::~FailureLog() {
  counts_.with([](const Counts& counts) {
    for (const auto& [source, times] : counts) {
      if (times > 0) log_count(source.server, source.kind, times);
    }
  });
}

void FailureLog::note(WaitGraph::Place place, const Failure& failure) {
  if (told_) told_(place, failure);
  Source source{std::string(server_of(place, failure)), std::string(kind_of(failure))};
  if (!count(source)) return;
  log_one(place, failure);
  look_again_at(std::move(source));
}

bool FailureLog::count(Source& source) {
  return counts_.with([&](Counts& counts) {
    auto at = counts.find(source);
    if (at == counts.end() && counts.size() >= kMostSources) {
      source = {"*", "*"};
      at = counts.find(source);
    }
    if (at == counts.end()) {
      counts.emplace(source, 0);
      return true;
    }
    ++at->second;
    return false;
  });
}

void FailureLog::look_again_at(Source source) {
  Core& core = *Core::current();
  core.run_at(core.now() + kWindow, [this, source = std::move(source)] { report(source); });
}

void FailureLog::report(const Source& source) {
  const std::uint64_t times = counts_.with([&](Counts& counts) {
    const auto at = counts.find(source);
    const std::uint64_t counted = std::exchange(at->second, 0);
    if (counted == 0) counts.erase(at);
    return counted;
  });
  if (times == 0) return;
  log_count(source.server, source.kind, times);
  look_again_at(source);
}

}  // namespace relay
