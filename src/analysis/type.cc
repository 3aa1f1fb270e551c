#include "analysis/type.h"

#include <algorithm>

namespace relay::analysis {
namespace {

bool has_inner(Kind kind) {
  return kind == Kind::kArray || kind == Kind::kObject || kind == Kind::kOptional;
}

}  // namespace

TypePool::TypePool() {
  for (const Kind kind :
       {Kind::kNever, Kind::kAny, Kind::kNil, Kind::kBool, Kind::kNumber, Kind::kString, Kind::kDatetime}) {
    intern({kind, kNever, kUnknown});
  }
}

TypeId TypePool::intern(TypeNode node, int least_depth) {
  int depth = has_inner(node.kind) ? std::max(entries_[node.inner].depth + 1, least_depth) : 0;
  if (depth > kMaxDepth) {
    node.inner = kAny;
    depth = 1;
  }
  const auto [found, is_new] =
      ids_.try_emplace({node.kind, node.inner, node.definition}, static_cast<TypeId>(entries_.size()));
  if (is_new) entries_.push_back({node, depth});
  return found->second;
}

TypeId TypePool::object_with(const Fields& fields) {
  TypeId content = kNever;
  int depth = 1;
  for (const auto& [name, type] : fields) {
    content = join(content, type);
    depth = std::max(depth, entries_[type].depth + 1);
  }
  if (fields.empty() || fields.size() > kMostFields || depth > kMaxDepth) return object_of(content);
  const auto [shape, is_new] = shape_ids_.try_emplace(fields, static_cast<std::uint32_t>(shapes_.size()));
  if (is_new) shapes_.push_back(fields);
  return intern({Kind::kObject, content, shape->second}, depth);
}

const TypePool::Fields* TypePool::fields_of(TypeId object) const {
  const TypeNode& of = node(object);
  return of.kind == Kind::kObject && of.definition != kUnknown ? &shapes_[of.definition] : nullptr;
}

// Two objects with the same fields are one with these; else only the contents are known.
TypeId TypePool::join_objects(TypeId a, TypeId b) {
  const TypeId contents = join(node(a).inner, node(b).inner);
  if (fields_of(a) == nullptr || fields_of(b) == nullptr) return object_of(contents);
  Fields joined = *fields_of(a);
  const Fields others = *fields_of(b);
  if (joined.size() != others.size()) return object_of(contents);
  for (std::size_t i = 0; i < joined.size(); ++i) {
    if (joined[i].first != others[i].first) return object_of(contents);
    joined[i].second = join(joined[i].second, others[i].second);
  }
  return object_with(joined);
}

TypeId TypePool::optional_of(TypeId inner) {
  const Kind inner_kind = kind(inner);
  if (inner_kind == Kind::kAny || inner_kind == Kind::kNil || inner_kind == Kind::kOptional) return inner;
  if (inner_kind == Kind::kNever) return kNil;
  return intern({Kind::kOptional, inner, kUnknown});
}

TypeId TypePool::join(TypeId a, TypeId b) {
  if (a == b || b == kNever) return a;
  if (a == kNever) return b;
  if (a == kAny || b == kAny) return kAny;
  const TypeNode left = node(a);
  const TypeNode right = node(b);
  if (left.kind == Kind::kNil || left.kind == Kind::kOptional || right.kind == Kind::kNil ||
      right.kind == Kind::kOptional) {
    return optional_of(join(without_nil(a), without_nil(b)));
  }
  if (left.kind != right.kind) return kAny;
  switch (left.kind) {
    case Kind::kArray:
      return array_of(join(left.inner, right.inner));
    case Kind::kObject:
      return join_objects(a, b);
    case Kind::kFunction:
      return function(kUnknown);
    case Kind::kServer:
      return server(kUnknown);
    default:
      return kAny;
  }
}

TypeId TypePool::without_nil(TypeId id) const {
  if (id == kNil) return kNever;
  return kind(id) == Kind::kOptional ? node(id).inner : id;
}

bool TypePool::cannot_fit(TypeId value, TypeId wanted) const {
  if (says_nothing(value) || says_nothing(wanted) || value == wanted) return false;
  const TypeNode& has = node(value);
  const TypeNode& asks = node(wanted);
  if (has.kind == Kind::kOptional) return cannot_fit(kNil, wanted) && cannot_fit(has.inner, wanted);
  if (asks.kind == Kind::kOptional) return has.kind != Kind::kNil && cannot_fit(value, asks.inner);
  if (has.kind != asks.kind) return true;
  // What collections hold is not compared: one without elements fits every type.
  const bool both_known = has.definition != kUnknown && asks.definition != kUnknown;
  return has.kind == Kind::kStruct && both_known && has.definition != asks.definition;
}

TypePool::Alternatives TypePool::alternatives(TypeId id) const {
  const TypeNode& of = node(id);
  if (of.kind == Kind::kOptional) return {Kind::kNil, kind(of.inner)};
  return {of.kind, of.kind};
}

}  // namespace relay::analysis
