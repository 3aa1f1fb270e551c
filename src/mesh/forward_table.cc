#include "mesh/forward_table.h"

#include <boost/unordered/unordered_flat_map.hpp>
#include <boost/unordered/unordered_flat_set.hpp>
#include <deque>
#include <utility>

#include "base/deadline_heap.h"
#include "mesh/link_lists.h"
#include "mesh/mesh_limits.h"
#include "mesh/text_hash.h"

namespace relay::mesh {
namespace {

using Slot = std::uint32_t;

struct Place {
  ForwardTable::Entry entry;
  std::uint64_t hash = 0;  // of its key
};
using Places = std::deque<Place>;

struct Key {
  std::string_view origin;
  std::string_view id;
  std::uint64_t hash;
  Key(std::string_view the_origin, std::string_view the_id)
      : origin(the_origin), id(the_id), hash(hash_pair(the_origin, the_id)) {}
};

// A set of slots that is searched by key, so that no key stands in it a second time.
struct HashOfSlot {
  using is_transparent = void;
  const Places* places;
  std::size_t operator()(Slot slot) const { return (*places)[slot].hash; }
  std::size_t operator()(const Key& key) const { return key.hash; }
};
struct EqualSlots {
  using is_transparent = void;
  const Places* places;
  bool operator()(Slot a, Slot b) const { return a == b; }
  bool operator()(const Key& key, Slot slot) const {
    const Place& place = (*places)[slot];
    return place.hash == key.hash && place.entry.id == key.id && place.entry.origin == key.origin;
  }
  bool operator()(Slot slot, const Key& key) const { return (*this)(key, slot); }
};

}  // namespace

struct ForwardTable::Impl {
  Impl() : by_key(0, HashOfSlot{&places}, EqualSlots{&places}) {}
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  Entry take(Slot slot);

  Places places;
  std::vector<Slot> free;
  boost::unordered_flat_set<Slot, HashOfSlot, EqualSlots> by_key;
  boost::unordered_flat_map<std::uint64_t, Slot> by_tag;
  DeadlineHeap deadlines;
  LinkLists links;
};

ForwardTable::ForwardTable() : impl_(std::make_unique<Impl>()) {}
ForwardTable::~ForwardTable() = default;

ForwardTable::Entry ForwardTable::Impl::take(Slot slot) {
  by_key.erase(slot);
  Entry entry = std::exchange(places[slot].entry, Entry());
  if (entry.tag != 0) by_tag.erase(entry.tag);
  deadlines.remove(slot);
  links.remove(slot);
  free.push_back(slot);
  return entry;
}

ForwardTable::Entry* ForwardTable::add(Entry entry) {
  Impl& table = *impl_;
  const Key key(entry.origin, entry.id);
  if (const auto same = table.by_key.find(key); same != table.by_key.end()) table.take(*same);
  auto slot = static_cast<Slot>(table.places.size());
  if (!table.free.empty()) {
    slot = table.free.back();
    table.free.pop_back();
  } else {
    if (table.places.size() == kMaxForwarded) return nullptr;
    table.places.emplace_back();
  }
  Place& place = table.places[slot];
  place.hash = key.hash;
  place.entry = std::move(entry);
  table.by_key.insert(slot);
  if (place.entry.tag != 0) table.by_tag.insert_or_assign(place.entry.tag, slot);
  table.deadlines.add(slot, place.entry.deadline);
  table.links.add(slot, place.entry.out);
  return &place.entry;
}

ForwardTable::Entry* ForwardTable::find(std::string_view origin, std::string_view id) {
  const auto found = impl_->by_key.find(Key(origin, id));
  return found == impl_->by_key.end() ? nullptr : &impl_->places[*found].entry;
}

ForwardTable::Entry* ForwardTable::find_tag(std::uint64_t tag) {
  const auto found = impl_->by_tag.find(tag);
  return found == impl_->by_tag.end() ? nullptr : &impl_->places[found->second].entry;
}

std::optional<ForwardTable::Entry> ForwardTable::take(std::string_view origin, std::string_view id) {
  const auto found = impl_->by_key.find(Key(origin, id));
  if (found == impl_->by_key.end()) return std::nullopt;
  return impl_->take(*found);
}

std::vector<ForwardTable::Entry> ForwardTable::take_out_link(LinkId link) {
  std::vector<Entry> entries;
  entries.reserve(impl_->links.count(link));
  for (const Slot slot : impl_->links.of(link)) entries.push_back(impl_->take(slot));
  return entries;
}

std::size_t ForwardTable::expire(Instant now) {
  std::size_t count = 0;
  while (const std::optional<Slot> slot = impl_->deadlines.take_due(now)) {
    impl_->take(*slot);
    ++count;
  }
  return count;
}

Instant ForwardTable::next_deadline() const {
  return impl_->deadlines.next();
}

std::size_t ForwardTable::count_on(LinkId out) const {
  return impl_->links.count(out);
}

std::size_t ForwardTable::size() const {
  return impl_->by_key.size();
}

}  // namespace relay::mesh
