#include "analysis/type.h"

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

TypeId TypePool::intern(TypeNode node) {
  int depth = has_inner(node.kind) ? entries_[node.inner].depth + 1 : 0;
  if (depth > kMaxDepth) {
    node.inner = kAny;
    depth = 1;
  }
  const auto [found, is_new] =
      ids_.try_emplace({node.kind, node.inner, node.definition}, static_cast<TypeId>(entries_.size()));
  if (is_new) entries_.push_back({node, depth});
  return found->second;
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
      return object_of(join(left.inner, right.inner));
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
