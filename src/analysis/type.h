#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace relay::analysis {

// What is known of a value without running the program.
enum class Kind : std::uint8_t {
  kNever,  // no value comes: `return`, `throw`, or nothing is known yet
  kAny,    // nothing is known
  kNil,
  kBool,
  kNumber,
  kString,
  kDatetime,
  kArray,   // inner: the elements
  kObject,  // inner: the contents of the fields; definition: which fields, where that is known (fields_of())
  kStruct,  // definition: of Definitions::structs
  kFunction,  // definition: of Definitions::functions, or kUnknown
  kServer,    // definition: of Definitions::servers, or kUnknown
  kOptional,  // nil, or inner
  kState,     // `state` itself, where its fields are asked for; definition: of Definitions::servers
};

// Index into a TypePool; equal types have equal ids. The ids below belong to the types without parts.
using TypeId = std::uint32_t;
inline constexpr TypeId kNever = 0, kAny = 1, kNil = 2, kBool = 3, kNumber = 4, kString = 5, kDatetime = 6;
inline constexpr std::uint32_t kUnknown = 0xFFFFFFFFu;

struct TypeNode {
  Kind kind = Kind::kAny;
  TypeId inner = kAny;
  std::uint32_t definition = kUnknown;
};

// The types that an analysis meets, interned: a lattice with kNever below and kAny above. A type says that a
// value, if one comes at all, is of it; so nothing that is built on it raises a false alarm.
//
// Bound: types nest kMaxDepth deep; deeper ones are `any` inside, so that every join ends. Of an object with
// more than
//        kMostFields it is not known which.
// Owner: the names of fields stand in the tree.
class TypePool {
 public:
  static constexpr int kMaxDepth = 6;
  static constexpr std::size_t kMostFields = 64;

  // In the order of a literal, each once.
  using Fields = std::vector<std::pair<std::string_view, TypeId>>;

  TypePool();

  [[nodiscard]] const TypeNode& node(TypeId id) const { return entries_[id].node; }
  [[nodiscard]] Kind kind(TypeId id) const { return node(id).kind; }

  TypeId array_of(TypeId element) { return intern({Kind::kArray, element, kUnknown}); }
  TypeId object_of(TypeId content) { return intern({Kind::kObject, content, kUnknown}); }
  // An object that has exactly these fields.
  TypeId object_with(const Fields& fields);
  // Those fields; null where they are not known.
  [[nodiscard]] const Fields* fields_of(TypeId object) const;
  TypeId optional_of(TypeId inner);
  TypeId structure(std::uint32_t definition) { return intern({Kind::kStruct, kNever, definition}); }
  TypeId function(std::uint32_t definition) { return intern({Kind::kFunction, kNever, definition}); }
  TypeId server(std::uint32_t definition) { return intern({Kind::kServer, kNever, definition}); }
  TypeId state(std::uint32_t server) { return intern({Kind::kState, kNever, server}); }

  // The least type that has all values of both.
  TypeId join(TypeId a, TypeId b);
  // What is left of a type when nil is not among its values: for `a ?? b`.
  [[nodiscard]] TypeId without_nil(TypeId id) const;

  // Nothing is known that could be held against a value.
  [[nodiscard]] bool says_nothing(TypeId id) const { return id <= kAny; }
  // Certainly no value of type `value` fits where `wanted` is asked for (language.md, "Values and types").
  [[nodiscard]] bool cannot_fit(TypeId value, TypeId wanted) const;
  // The two kinds that a value of the type may have: nil and another for an optional, else twice the same.
  struct Alternatives {
    Kind first;
    Kind second;
  };
  [[nodiscard]] Alternatives alternatives(TypeId id) const;

 private:
  struct Entry {
    TypeNode node;
    int depth = 0;
  };
  TypeId intern(TypeNode node, int least_depth = 0);
  TypeId join_objects(TypeId a, TypeId b);

  std::vector<Entry> entries_;
  std::map<std::tuple<Kind, TypeId, std::uint32_t>, TypeId> ids_;
  std::vector<Fields> shapes_;
  std::map<Fields, std::uint32_t> shape_ids_;
};

}  // namespace relay::analysis
