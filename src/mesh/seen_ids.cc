#include <boost/unordered/unordered_flat_set.hpp>
#include <deque>
#include <string>

#include "mesh/forward_table.h"
#include "mesh/mesh_limits.h"
#include "mesh/text_hash.h"

namespace relay::mesh {
namespace {

struct Seen {
  std::string origin;
  std::string id;
  std::uint64_t hash;
  Instant until;
};

// Those seen, oldest first; the one with number `first` stands in front.
struct Line {
  std::deque<Seen> seen;
  std::uint64_t first = 0;
  [[nodiscard]] const Seen& at(std::uint64_t number) const { return seen[number - first]; }
};

struct Key {
  std::string_view origin;
  std::string_view id;
  std::uint64_t hash;
};

// A set of numbers that is searched by key, so that no key stands in it a second time.
struct HashOfNumber {
  using is_transparent = void;
  const Line* line;
  std::size_t operator()(std::uint64_t number) const { return line->at(number).hash; }
  std::size_t operator()(const Key& key) const { return key.hash; }
};
struct EqualNumbers {
  using is_transparent = void;
  const Line* line;
  bool operator()(std::uint64_t a, std::uint64_t b) const { return a == b; }
  bool operator()(const Key& key, std::uint64_t number) const {
    const Seen& seen = line->at(number);
    return seen.hash == key.hash && seen.id == key.id && seen.origin == key.origin;
  }
  bool operator()(std::uint64_t number, const Key& key) const { return (*this)(key, number); }
};

}  // namespace

struct SeenIds::Impl {
  Impl() : numbers(0, HashOfNumber{&line}, EqualNumbers{&line}) {}
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  void drop_oldest() {
    numbers.erase(line.first);
    line.seen.pop_front();
    ++line.first;
  }

  Line line;
  boost::unordered_flat_set<std::uint64_t, HashOfNumber, EqualNumbers> numbers;
};

SeenIds::SeenIds() : impl_(std::make_unique<Impl>()) {}
SeenIds::~SeenIds() = default;

bool SeenIds::first_time(std::string_view origin, std::string_view id, Instant now) {
  Line& line = impl_->line;
  while (!line.seen.empty() && line.seen.front().until <= now) impl_->drop_oldest();
  const Key key{origin, id, hash_pair(origin, id)};
  if (impl_->numbers.contains(key)) return false;
  if (line.seen.size() >= kMaxSeenIds) impl_->drop_oldest();
  line.seen.push_back({std::string(origin), std::string(id), key.hash, now + kSeenFor});
  impl_->numbers.insert(line.first + line.seen.size() - 1);
  return true;
}

}  // namespace relay::mesh
