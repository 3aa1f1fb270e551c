#include <algorithm>
#include <utility>

#include "relay/value.h"

namespace relay::api {
namespace {

const Value kNilValue;

[[noreturn]] void fail(std::string_view expected, const Value& given) {
  throw TypeError("expected " + std::string(expected) + ", got " + std::string(name(given.type())));
}

bool has_parts(const Value& value) { return value.size() > 0; }

}  // namespace

std::string_view name(Value::Type type) {
  constexpr std::string_view kNames[] = {"nil", "bool", "number", "string", "array", "object"};
  return kNames[static_cast<std::size_t>(type)];
}

Value::Value(const Value& other) {
  copy_from(other);
}

Value& Value::operator=(const Value& other) {
  // `other` may be a part of this.
  if (this != &other) *this = Value(other);
  return *this;
}

Value& Value::operator=(Value&& other) noexcept {
  if (this == &other) return *this;
  auto taken = std::exchange(other.content_, std::monostate());
  release();
  content_ = std::move(taken);
  return *this;
}

Value::~Value() {
  release();
}

// Takes the containers inside out before they are destroyed, so that no destructor runs within another.
void Value::release() {
  Array pending;
  const auto take_parts = [&](Value& value) {
    if (auto* array = std::get_if<Array>(&value.content_)) {
      for (Value& element : *array) {
        if (has_parts(element)) pending.push_back(std::move(element));
      }
    } else if (auto* object = std::get_if<Object>(&value.content_)) {
      for (Member& member : object->members_) {
        if (has_parts(member.value)) pending.push_back(std::move(member.value));
      }
    }
  };
  take_parts(*this);
  while (!pending.empty()) {
    Value next = std::move(pending.back());
    pending.pop_back();
    take_parts(next);
  }
}

void Value::copy_from(const Value& other) {
  // Places to be filled; the containers that they stand in have their size already, so they do not move.
  std::vector<std::pair<const Value*, Value*>> pending{{&other, this}};
  while (!pending.empty()) {
    const auto [from, to] = pending.back();
    pending.pop_back();
    if (const auto* array = from->if_array()) {
      Array& copy = to->content_.emplace<Array>(array->size());
      for (std::size_t i = 0; i < array->size(); ++i) pending.emplace_back(&(*array)[i], &copy[i]);
    } else if (const auto* object = from->if_object()) {
      Object& copy = to->content_.emplace<Object>();
      copy.reserve(object->size());
      for (const Member& member : *object) copy.append(member.key, nullptr);
      for (std::size_t i = 0; i < object->size(); ++i) {
        pending.emplace_back(&object->members_[i].value, &copy.members_[i].value);
      }
    } else {
      to->content_ = from->content_;
    }
  }
}

Value Value::array(std::initializer_list<Value> elements) {
  return Array(elements);
}

Value Value::object(std::initializer_list<Member> members) {
  return Object(members);
}

bool Value::as_bool() const {
  if (const auto* content = if_bool()) return *content;
  fail("bool", *this);
}

double Value::as_number() const {
  if (const auto* content = if_number()) return *content;
  fail("number", *this);
}

const std::string& Value::as_string() const {
  if (const auto* content = if_string()) return *content;
  fail("string", *this);
}

const Array& Value::as_array() const {
  if (const auto* content = if_array()) return *content;
  fail("array", *this);
}

Array& Value::as_array() {
  return const_cast<Array&>(std::as_const(*this).as_array());
}

const Object& Value::as_object() const {
  if (const auto* content = if_object()) return *content;
  fail("object", *this);
}

Object& Value::as_object() {
  return const_cast<Object&>(std::as_const(*this).as_object());
}

const Value& Value::operator[](std::size_t index) const {
  const Array* array = if_array();
  return array != nullptr && index < array->size() ? (*array)[index] : kNilValue;
}

const Value& Value::operator[](std::string_view key) const {
  const Object* object = if_object();
  const Value* member = object == nullptr ? nullptr : object->find(key);
  return member == nullptr ? kNilValue : *member;
}

void Value::set(std::string_view key, Value value) {
  if (is_nil()) content_.emplace<Object>();
  as_object().set(key, std::move(value));
}

void Value::push_back(Value element) {
  if (is_nil()) content_.emplace<Array>();
  as_array().push_back(std::move(element));
}

std::size_t Value::size() const {
  if (const Array* array = if_array()) return array->size();
  if (const Object* object = if_object()) return object->size();
  return 0;
}

bool operator==(const Value& a, const Value& b) {
  std::vector<std::pair<const Value*, const Value*>> pending{{&a, &b}};
  while (!pending.empty()) {
    const auto [left, right] = pending.back();
    pending.pop_back();
    if (left->type() != right->type() || left->size() != right->size()) return false;
    if (const Array* elements = left->if_array()) {
      for (std::size_t i = 0; i < elements->size(); ++i) pending.emplace_back(&(*elements)[i], &(*right)[i]);
    } else if (const Object* members = left->if_object()) {
      for (const Member& member : *members) {
        const Value* other = right->if_object()->find(member.key);
        if (other == nullptr) return false;
        pending.emplace_back(&member.value, other);
      }
    } else if (left->content_ != right->content_) {
      return false;
    }
  }
  return true;
}

}  // namespace relay::api
