#include "mesh/call_memory.h"

#include <algorithm>
#include <boost/unordered/unordered_flat_map.hpp>
#include <deque>
#include <list>
#include <map>
#include <utility>

#include "mesh/call_window.h"
#include "mesh/mesh_limits.h"
#include "mesh/text_hash.h"

namespace relay::mesh {
namespace {

using State = CallWindow::State;

struct Origin;
// Of one peer, the one used last in front.
using Origins = std::list<Origin>;

struct Origin {
  std::string name;
  CallSeries series;
  std::uint64_t number = 0;  // of this series of this origin; never used again
  Origins* home = nullptr;
  CallWindow window;
};

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
  Origin& open(std::string_view by, std::string_view name, CallSeries series);
  Origin* find(std::string_view name, CallSeries series);
  void make_room(Origins& home);
  void drop_last(Origins& home);
  void keep(const Origin& origin, std::uint64_t n, std::string reply);
  void drop_oldest_reply();

  std::map<std::string, Origins, std::less<>> by_peer;
  TextMap<std::map<CallSeries, Origins::iterator>> by_name;
  std::size_t origins = 0;
  std::uint64_t last_number = 0;
  std::deque<Kept> kept;         // oldest first
  std::uint64_t first_kept = 0;  // the number of its front
  std::size_t kept_bytes = 0;
  boost::unordered_flat_map<CallKey, std::uint64_t, HashOfCall> by_call;  // to the number in `kept`
};

CallMemory::CallMemory() : impl_(std::make_unique<Impl>()) {}
CallMemory::~CallMemory() = default;

Origin& CallMemory::Impl::open(std::string_view by, std::string_view name, CallSeries series) {
  if (Origin* known = find(name, series)) {
    known->home->splice(known->home->begin(), *known->home, by_name.find(name)->second.at(series));
    return *known;
  }
  Origins& home = by_peer[std::string(by)];
  make_room(home);
  home.push_front(Origin{std::string(name), series, ++last_number, &home, {}});
  by_name[std::string(name)].emplace(series, home.begin());
  ++origins;
  return home.front();
}

void CallMemory::Impl::make_room(Origins& home) {
  if (home.size() >= kMaxOriginsOfLink) return drop_last(home);
  if (origins < kMaxOrigins) return;
  std::erase_if(by_peer,
                [&home](const auto& entry) { return entry.second.empty() && &entry.second != &home; });
  const auto has_fewer = [](const auto& a, const auto& b) { return a.second.size() < b.second.size(); };
  drop_last(std::ranges::max_element(by_peer, has_fewer)->second);
}

void CallMemory::Impl::drop_last(Origins& home) {
  const Origin& last = home.back();
  const auto series_of = by_name.find(last.name);
  series_of->second.erase(last.series);
  if (series_of->second.empty()) by_name.erase(series_of);
  home.pop_back();
  --origins;
}

Origin* CallMemory::Impl::find(std::string_view name, CallSeries series) {
  const auto series_of = by_name.find(name);
  if (series_of == by_name.end()) return nullptr;
  const auto found = series_of->second.find(series);
  return found == series_of->second.end() ? nullptr : &*found->second;
}

CallMemory::Seen CallMemory::begin(std::string_view by, std::string_view name, CallSeries series,
                                   std::uint64_t n) {
  Origin& origin = impl_->open(by, name, series);
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

void CallMemory::end(std::string_view name, CallSeries series, std::uint64_t n, std::string reply) {
  Origin* origin = impl_->find(name, series);
  if (origin == nullptr || origin->window.at(n) != State::kRunning) return;
  origin->window.set(n, State::kEnded);
  impl_->keep(*origin, n, std::move(reply));
}

void CallMemory::undo(std::string_view name, CallSeries series, std::uint64_t n) {
  Origin* origin = impl_->find(name, series);
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
