#include "mesh/call_memory.h"

#include <boost/unordered/unordered_flat_map.hpp>
#include <deque>
#include <list>
#include <utility>

#include "mesh/call_window.h"
#include "mesh/mesh_limits.h"
#include "mesh/text_hash.h"

namespace relay::mesh {
namespace {

using State = CallWindow::State;

struct Origin {
  std::string name;
  std::uint64_t inc = 0;
  std::uint64_t number = 0;  // of this incarnation of this origin; never used again
  CallWindow window;
};
using Origins = std::list<Origin>;

struct Kept {
  std::uint64_t origin = 0;  // Origin::number
  std::uint64_t n = 0;
  std::string reply;
};

struct CallKey {
  std::uint64_t origin = 0;
  std::uint64_t n = 0;
  friend bool operator==(const CallKey&, const CallKey&) = default;
};
struct HashOfCall {
  std::size_t operator()(const CallKey& key) const { return hash_numbers(key.origin, key.n); }
};

// What a kept reply takes besides its text: in the line, and twice in the index, which is half empty after
// growth.
constexpr std::size_t kKeptBytes = sizeof(Kept) + 2 * (sizeof(CallKey) + sizeof(std::uint64_t));

std::size_t cost_of(const std::string& reply) {
  return reply.size() + kKeptBytes;
}

}  // namespace

struct CallMemory::Impl {
  Origin& open(std::string_view name, std::uint64_t inc);
  Origin* find(std::string_view name, std::uint64_t inc);
  void keep(const Origin& origin, std::uint64_t n, std::string reply);
  void drop_oldest_reply();

  Origins origins;  // the one used last in front
  TextMap<Origins::iterator> by_name;
  std::uint64_t last_number = 0;
  std::deque<Kept> kept;         // oldest first
  std::uint64_t first_kept = 0;  // the number of its front
  std::size_t kept_bytes = 0;
  boost::unordered_flat_map<CallKey, std::uint64_t, HashOfCall> by_call;  // to the number in `kept`
};

CallMemory::CallMemory() : impl_(std::make_unique<Impl>()) {}
CallMemory::~CallMemory() = default;

// The origin as of at least this incarnation; a new incarnation begins with an empty window.
Origin& CallMemory::Impl::open(std::string_view name, std::uint64_t inc) {
  const auto found = by_name.find(name);
  if (found != by_name.end()) {
    origins.splice(origins.begin(), origins, found->second);
    Origin& origin = origins.front();
    if (inc > origin.inc) origin = Origin{std::move(origin.name), inc, ++last_number, {}};
    return origin;
  }
  if (origins.size() >= kMaxOrigins) {
    by_name.erase(origins.back().name);
    origins.pop_back();
  }
  origins.push_front(Origin{std::string(name), inc, ++last_number, {}});
  by_name.emplace(origins.front().name, origins.begin());
  return origins.front();
}

Origin* CallMemory::Impl::find(std::string_view name, std::uint64_t inc) {
  const auto found = by_name.find(name);
  return found == by_name.end() || found->second->inc != inc ? nullptr : &*found->second;
}

CallMemory::Seen CallMemory::begin(std::string_view name, std::uint64_t inc, std::uint64_t n) {
  Origin& origin = impl_->open(name, inc);
  if (origin.inc != inc) return {Verdict::kForgotten, {}};
  switch (origin.window.at(n)) {
    case State::kNew:
      origin.window.set(n, State::kRunning);
      return {Verdict::kRun, {}};
    case State::kRunning:
      return {Verdict::kRunning, {}};
    case State::kBelow:
      return {Verdict::kForgotten, {}};
    case State::kEnded:
      break;
  }
  const auto kept = impl_->by_call.find(CallKey{origin.number, n});
  if (kept == impl_->by_call.end()) return {Verdict::kForgotten, {}};
  return {Verdict::kRepeat, impl_->kept[kept->second - impl_->first_kept].reply};
}

void CallMemory::end(std::string_view name, std::uint64_t inc, std::uint64_t n, std::string reply) {
  Origin* origin = impl_->find(name, inc);
  if (origin == nullptr || origin->window.at(n) != State::kRunning) return;
  origin->window.set(n, State::kEnded);
  impl_->keep(*origin, n, std::move(reply));
}

void CallMemory::undo(std::string_view name, std::uint64_t inc, std::uint64_t n) {
  Origin* origin = impl_->find(name, inc);
  if (origin == nullptr || origin->window.at(n) != State::kRunning) return;
  origin->window.set(n, State::kNew);
}

void CallMemory::Impl::keep(const Origin& origin, std::uint64_t n, std::string reply) {
  const std::size_t cost = cost_of(reply);
  if (cost > kMaxKeptReplyBytes) return;
  while (kept_bytes + cost > kMaxKeptReplyBytes) drop_oldest_reply();
  by_call.emplace(CallKey{origin.number, n}, first_kept + kept.size());
  kept.push_back({origin.number, n, std::move(reply)});
  kept_bytes += cost;
}

void CallMemory::Impl::drop_oldest_reply() {
  const Kept& oldest = kept.front();
  by_call.erase(CallKey{oldest.origin, oldest.n});
  kept_bytes -= cost_of(oldest.reply);
  kept.pop_front();
  ++first_kept;
}

std::size_t CallMemory::kept_bytes() const {
  return impl_->kept_bytes;
}

}  // namespace relay::mesh
