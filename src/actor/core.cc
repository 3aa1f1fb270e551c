#include "actor/core.h"

#include "actor/actor.h"
#include "actor/realm.h"

namespace relay {
namespace {

constinit thread_local Core* current_core = nullptr;

// Random words fetched at a time: one system call for many.
constexpr std::size_t kRandomWords = 64;

}  // namespace

Core::Core(std::size_t index, Executor& executor, Realm& realm)
    : index_(index), executor_(executor), realm_(realm), caches_(realm.program.cache_sites) {}

Core::~Core() = default;

Core* Core::current() { return current_core; }

Core::Scope::Scope(Core* core) : previous_(std::exchange(current_core, core)) {}

Core::Scope::~Scope() { current_core = previous_; }

void Core::attach_later() {
  executor_.post([this] { current_core = this; });
}

void Core::take_growth() { caches_.resize(realm_.program.cache_sites); }

void Core::enqueue(Actor& actor) {
  if (ready_.empty()) idle_.store(false, std::memory_order_relaxed);
  ready_.push_back({&actor, is_running_ ? now_ : kNoDeadline, 0});
}

ReadyList::Left Core::run_for(Duration slice) {
  if (ready_.empty()) return rest();
  Scope scope(this);
  is_running_ = true;
  now_ = now();
  for (auto ready = ready_.rbegin(); ready != ready_.rend() && ready->since == kNoDeadline; ++ready) ready->since = now_;
  const Instant end = now_ + slice;
  while (!ready_.empty()) {
    const Ready next = ready_.front();
    ready_.pop_front();
    if (move_away(next)) continue;
    run(next);
    now_ = now();
    if (now_ >= end) break;
  }
  is_running_ = false;
  return rest();
}

void Core::run(const Ready& next) {
  // Whoever rests or waits belongs to the next push, on any core: it is not touched after its turn.
  if (next.actor->turn(*this, now_) != Actor::TurnEnd::kMore) return;
  ready_.push_back({next.actor, now_, next.full_turns + 1});
}

bool Core::move_away(const Ready& next) {
  const bool is_hog = next.full_turns >= realm_.limits.full_turns_before_move && !ready_.empty();
  const bool is_late = now_ - next.since > realm_.limits.ready_patience;
  if (!is_hog && !is_late) return false;
  Core* target = realm_.claim_idle_core(*this);
  if (target == nullptr) return false;
  target->post([target, actor = next.actor] { target->enqueue(*actor); });
  return true;
}

ReadyList::Left Core::rest() {
  if (!ready_.empty()) return Left::kMore;
  idle_.store(true, std::memory_order_relaxed);
  return Left::kNothing;
}

bool Core::claim_if_idle() {
  if (!idle_.load(std::memory_order_relaxed)) return false;
  return idle_.exchange(false, std::memory_order_relaxed);
}

std::uint64_t Core::random_bits() {
  if (random_.empty()) {
    random_.resize(kRandomWords);
    realm_.world.random.fill(random_);
  }
  const std::uint64_t bits = random_.back();
  random_.pop_back();
  return bits;
}

}  // namespace relay
