#include "mesh/remembered_ids.h"

#include <algorithm>
#include <boost/unordered/unordered_flat_map.hpp>
#include <deque>
#include <functional>

#include "mesh/text_hash.h"

namespace relay::mesh {
namespace {

// A hash of 64 bits, of a secret too, stands for an id: that two of those remembered share it does not
// happen.
using Id = std::uint64_t;

Id id_of(std::string_view origin, std::string_view id) {
  return hash_numbers(hash_pair(origin, id), std::hash<std::string_view>()(id));
}

// Those that came by one peer, oldest first.
using Line = std::deque<Id>;

}  // namespace

struct RememberedIds::Impl {
  explicit Impl(Bound its_bound) : bound(its_bound) {}

  [[nodiscard]] bool is_over(Id id, Instant now) const { return deadlines.at(id) <= now; }
  void drop_oldest(Line& line);
  void drop_over(Line& line, Instant now);
  void make_room(const std::string& by, Instant now);

  const Bound bound;
  boost::unordered_flat_map<Id, Instant> deadlines;
  std::map<std::string, Line, std::less<>> lines;
};

RememberedIds::RememberedIds(Bound bound) : impl_(std::make_unique<Impl>(bound)) {}
RememberedIds::~RememberedIds() = default;

std::size_t RememberedIds::size() const {
  return impl_->deadlines.size();
}

void RememberedIds::Impl::drop_oldest(Line& line) {
  deadlines.erase(line.front());
  line.pop_front();
}

// An id with a late deadline keeps those behind it; they are bounded too.
void RememberedIds::Impl::drop_over(Line& line, Instant now) {
  while (!line.empty() && is_over(line.front(), now)) drop_oldest(line);
}

void RememberedIds::Impl::make_room(const std::string& by, Instant now) {
  Line& own = lines[by];
  drop_over(own, now);
  if (own.size() >= bound.of_a_peer) return drop_oldest(own);
  if (deadlines.size() < bound.in_all) return;
  for (auto& [peer, line] : lines) drop_over(line, now);
  std::erase_if(lines, [&by](const auto& entry) { return entry.second.empty() && entry.first != by; });
  if (deadlines.size() < bound.in_all) return;
  const auto has_fewer = [](const auto& a, const auto& b) { return a.second.size() < b.second.size(); };
  drop_oldest(std::ranges::max_element(lines, has_fewer)->second);
}

bool RememberedIds::first_time(std::string_view by, std::string_view origin, std::string_view id,
                            Instant deadline, Instant now) {
  const Id hash = id_of(origin, id);
  if (const auto known = impl_->deadlines.find(hash); known != impl_->deadlines.end()) {
    if (known->second > now) return false;
    // Over, but behind one that is not.
    known->second = deadline;
    return true;
  }
  const std::string peer(by);
  impl_->make_room(peer, now);
  impl_->deadlines.emplace(hash, deadline);
  impl_->lines[peer].push_back(hash);
  return true;
}

}  // namespace relay::mesh
