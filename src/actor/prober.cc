#include "actor/prober.h"

#include <algorithm>
#include <utility>

#include "actor/core.h"
#include "actor/realm.h"

namespace relay {
namespace {

// A cycle that the first search does not find is found by the next: a second late is still long before a deadline.
constexpr Duration kSearchAgain = std::chrono::seconds(1);
// The pauses double up to this: searches of calls that only wait for a slow server must not add to its load.
constexpr Duration kLongestPause = std::chrono::seconds(32);

}  // namespace

void Prober::begin(std::vector<Probe> probes) {
  if (port_ == nullptr) return;
  const CallId call = id_of(probes.front().steps.front().wait);
  const Instant next = Core::current()->now() + kSearchAgain;
  const bool needs_timer = searches_.with([&](Searches& searches) {
    searches.open.push_back({call, kSearchAgain, next, 0});
    return !std::exchange(searches.has_timer, true);
  });
  if (needs_timer) set_timer();
  send(std::move(probes));
}

void Prober::take(Probe probe, std::string_view from) {
  // A node speaks only of its own calls.
  if (port_ == nullptr || !is_sound(probe) || probe.along().node != from) return;
  WaitGraph::Judged judged = realm_.wait_graph.take(std::move(probe));
  send(std::move(judged.probes));
  if (!judged.verdict) return;
  WaitGraph::Verdict& verdict = *judged.verdict;
  Control::TakeBack order{verdict.caller, verdict.wait, std::move(verdict.call), std::move(verdict.cycle)};
  realm_.deliver(verdict.target, {std::move(order)});
}

void Prober::send(std::vector<Probe> probes) {
  for (Probe& probe : probes) port_->send(std::move(probe));
}

void Prober::set_timer() {
  Core& core = *Core::current();
  core.run_at(core.now() + kSearchAgain, [this] { search_again(); });
}

void Prober::search_again() {
  const Instant now = Core::current()->now();
  std::vector<Search> due;
  searches_.with([&](Searches& searches) {
    std::erase_if(searches.open, [&](const Search& search) {
      if (search.next > now) return false;
      due.push_back(search);
      return true;
    });
  });
  std::erase_if(due, [&](Search& search) {
    std::optional<std::vector<Probe>> probes = realm_.wait_graph.search_again(search.call, ++search.round);
    if (!probes) return true;
    send(std::move(*probes));
    search.pause = std::min(2 * search.pause, kLongestPause);
    search.next = now + search.pause;
    return false;
  });
  const bool goes_on = searches_.with([&](Searches& searches) {
    searches.open.insert(searches.open.end(), due.begin(), due.end());
    searches.has_timer = !searches.open.empty();
    return searches.has_timer;
  });
  if (goes_on) set_timer();
}

}  // namespace relay
