#include "net/resolver.h"

#include <deque>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>

#include "base/guarded.h"
#include "net/net_limits.h"

namespace relay::net {

// Outlives the resolver while a look-up runs, which knows nothing of who asked but a number.
struct Resolver::Work : std::enable_shared_from_this<Work> {
  struct Query {
    Id id = 0;
    std::string host;
    std::string port;
  };
  struct Shared {
    Resolver* resolver = nullptr;  // nullptr once it has gone
    std::deque<Query> waiting;
    std::size_t threads = 0;
  };

  explicit Work(LookUp how) : look_up(std::move(how)) {}

  void run();
  [[nodiscard]] std::optional<Query> take();
  void answer(Id id, Found found);

  const LookUp look_up;
  Guarded<Shared> shared;
};

// Until nothing waits; what comes then begins another thread.
void Resolver::Work::run() {
  while (const auto query = take()) answer(query->id, look_up(query->host, query->port));
}

std::optional<Resolver::Work::Query> Resolver::Work::take() {
  return shared.with([](Shared& all) -> std::optional<Query> {
    if (all.waiting.empty()) {
      --all.threads;
      return std::nullopt;
    }
    Query query = std::move(all.waiting.front());
    all.waiting.pop_front();
    return query;
  });
}

void Resolver::Work::answer(Id id, Found found) {
  shared.with([&](Shared& all) {
    if (all.resolver == nullptr) return;
    all.resolver->core_.post([resolver = all.resolver, id, found = std::move(found)]() mutable {
      resolver->answer(id, std::move(found));
    });
  });
}

Resolver::Resolver(Executor& core, LookUp look_up) : core_(core), work_(std::make_shared<Work>(std::move(look_up))) {
  work_->shared.with([this](Work::Shared& all) { all.resolver = this; });
}

Resolver::~Resolver() {
  work_->shared.with([](Work::Shared& all) {
    all.resolver = nullptr;
    all.waiting.clear();
  });
}

Resolver::Id Resolver::look_up(std::string host, std::string port, Done done) {
  const Id id = ++last_id_;
  asked_.emplace(id, std::move(done));
  const bool needs_thread = work_->shared.with([&](Work::Shared& all) {
    all.waiting.push_back({id, std::move(host), std::move(port)});
    if (all.threads == kLookUpThreads) return false;
    ++all.threads;
    return true;
  });
  if (needs_thread) begin_thread();
  return id;
}

void Resolver::begin_thread() {
  try {
    std::thread([work = work_] { work->run(); }).detach();
  } catch (const std::system_error&) {
    // The others may be done by then, or hang: those that wait have to know now.
    auto unasked = work_->shared.with([](Work::Shared& all) {
      --all.threads;
      return std::exchange(all.waiting, {});
    });
    for (const Work::Query& query : unasked) {
      work_->answer(query.id, Error{Errc::kUnreachable, "host '" + query.host + "' cannot be looked up: no more threads"});
    }
  }
}

void Resolver::give_up(Id id) {
  // Destroyed when all is whole again.
  const auto dropped = asked_.extract(id);
  if (dropped.empty()) return;
  work_->shared.with([id](Work::Shared& all) { std::erase_if(all.waiting, [id](const auto& query) { return query.id == id; }); });
}

void Resolver::answer(Id id, Found found) {
  const auto asked = asked_.extract(id);
  if (!asked.empty()) asked.mapped()(std::move(found));
}

}  // namespace relay::net
