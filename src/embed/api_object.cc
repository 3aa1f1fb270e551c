#include <algorithm>
#include <utility>

#include "relay/value.h"

namespace relay::api {
namespace {

// Up to here a look at each key is faster than a hash.
constexpr std::size_t kLinear = 16;

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
};

}  // namespace

struct Object::Index {
  std::unordered_map<std::string, std::size_t, TextHash, std::equal_to<>> positions;
};

Object::Object() = default;
Object::Object(Object&& other) noexcept = default;
Object& Object::operator=(Object&& other) noexcept = default;
Object::~Object() = default;

Object::Object(std::initializer_list<Member> members) {
  reserve(members.size());
  for (const Member& member : members) set(member.key, member.value);
}

Object::Object(const Object& other)
    : members_(other.members_), index_(other.index_ ? std::make_unique<Index>(*other.index_) : nullptr) {}

Object& Object::operator=(const Object& other) {
  if (this != &other) *this = Object(other);
  return *this;
}

std::size_t Object::size() const {
  return members_.size();
}

std::size_t Object::position(std::string_view key) const {
  if (index_ != nullptr) {
    const auto found = index_->positions.find(key);
    return found == index_->positions.end() ? members_.size() : found->second;
  }
  const auto found = std::ranges::find(members_, key, &Member::key);
  return static_cast<std::size_t>(found - members_.begin());
}

const Value* Object::find(std::string_view key) const {
  const std::size_t at = position(key);
  return at == members_.size() ? nullptr : &members_[at].value;
}

Value* Object::find(std::string_view key) {
  return const_cast<Value*>(std::as_const(*this).find(key));
}

void Object::set(std::string_view key, Value value) {
  if (Value* place = find(key)) {
    *place = std::move(value);
    return;
  }
  append(std::string(key), std::move(value));
}

void Object::append(std::string key, Value value) {
  members_.push_back({std::move(key), std::move(value)});
  if (members_.size() <= kLinear) return;
  if (index_ != nullptr) {
    index_->positions.emplace(members_.back().key, members_.size() - 1);
    return;
  }
  index_ = std::make_unique<Index>();
  for (std::size_t i = 0; i < members_.size(); ++i) index_->positions.emplace(members_[i].key, i);
}

bool Object::erase(std::string_view key) {
  const std::size_t at = position(key);
  if (at == members_.size()) return false;
  if (index_ != nullptr) {
    index_->positions.erase(members_[at].key);
    for (auto& [name, place] : index_->positions) place -= place > at ? 1 : 0;
  }
  members_.erase(members_.begin() + static_cast<std::ptrdiff_t>(at));
  return true;
}

void Object::clear() {
  members_.clear();
  index_.reset();
}

void Object::reserve(std::size_t size) {
  members_.reserve(size);
}

const Member* Object::begin() const {
  return members_.data();
}

const Member* Object::end() const {
  return members_.data() + members_.size();
}

bool operator==(const Object& a, const Object& b) {
  if (a.size() != b.size()) return false;
  return std::ranges::all_of(a, [&](const Member& member) {
    const Value* other = b.find(member.key);
    return other != nullptr && member.value == *other;
  });
}

}  // namespace relay::api
