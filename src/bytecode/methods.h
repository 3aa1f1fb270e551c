#pragma once

#include <span>
#include <string_view>

#include "bytecode/signature.h"

namespace relay::bytecode {

// The methods of the types (spec language.md, "Methods"): `vm` implements them and refuses wrong numbers of arguments by
// this table, `analysis` reads the types.
//
// X(type, name, signature), the methods of a type together.
#define RELAY_METHODS(X)                                                             \
  X(array, length, "() -> number")                                                   \
  X(array, get, "(index: number) -> T")                                              \
  X(array, set, "(index: number, value: any) -> More")                               \
  X(array, push, "(value: any) -> More")                                             \
  X(array, add, "(value: any) -> More")                                              \
  X(array, append, "(other: array) -> Joined")                                       \
  X(array, prepend, "(value: any) -> More")                                          \
  X(array, insert, "(index: number, value: any) -> More")                            \
  X(array, pop, "() -> Self")                                                        \
  X(array, remove, "(value: any) -> Self")                                           \
  X(array, remove_at, "(index: number) -> Self")                                     \
  X(array, replace, "(old: any, new: any) -> More")                                  \
  X(array, first, "() -> optional(T)")                                               \
  X(array, last, "() -> optional(T)")                                                \
  X(array, slice, "(from: number, to: optional(number)) -> Self")                    \
  X(array, concat, "(other: array) -> Joined")                                       \
  X(array, reverse, "() -> Self")                                                    \
  X(array, includes, "(value: any) -> bool")                                         \
  X(array, contains, "(value: any) -> bool")                                         \
  X(array, index_of, "(value: any) -> number")                                       \
  X(array, map, "(f: fn(value: T, index: number) -> any) -> array")                  \
  X(array, filter, "(f: fn(value: T, index: number) -> any) -> Self")                \
  X(array, reduce, "(f: fn(result: any, value: T, index: number) -> any, init: optional(any)) -> any") \
  X(array, find, "(f: fn(value: T, index: number) -> any) -> optional(T)")           \
  X(array, find_index, "(f: fn(value: T, index: number) -> any) -> number")          \
  X(array, any, "(f: fn(value: T, index: number) -> any) -> bool")                   \
  X(array, all, "(f: fn(value: T, index: number) -> any) -> bool")                   \
  X(array, each, "(f: fn(value: T, index: number) -> any) -> nil")                   \
  X(array, sort, "() -> Self")                                                       \
  X(array, sort_by, "(f: fn(value: T, index: number) -> any) -> Self")               \
  X(array, unique, "() -> Self")                                                     \
  X(array, flatten, "() -> array")                                                   \
  X(array, group_by, "(f: fn(value: T, index: number) -> any) -> {string: Self}")    \
  X(array, zip, "(other: array) -> [array]")                                         \
  X(array, join, "(separator: string) -> string")                                    \
  X(array, sum, "() -> number")                                                      \
  X(array, min, "() -> optional(T)")                                                 \
  X(array, max, "() -> optional(T)")                                                 \
  X(object, length, "() -> number")                                                  \
  X(object, get, "(key: string) -> optional(T)")                                     \
  X(object, set, "(key: string, value: any) -> More")                                \
  X(object, has, "(key: string) -> bool")                                            \
  X(object, remove, "(key: string) -> Self")                                         \
  X(object, merge, "(other: object) -> Joined")                                      \
  X(object, keys, "() -> [string]")                                                  \
  X(object, values, "() -> [T]")                                                     \
  X(object, entries, "() -> [array]")                                                \
  X(object, map, "(f: fn(value: T, key: string) -> any) -> object")                  \
  X(object, filter, "(f: fn(value: T, key: string) -> any) -> Self")                 \
  X(string, length, "() -> number")                                                  \
  X(string, upper, "() -> string")                                                   \
  X(string, lower, "() -> string")                                                   \
  X(string, trim, "() -> string")                                                    \
  X(string, split, "(separator: string) -> [string]")                                \
  X(string, replace, "(old: string, new: string) -> string")                         \
  X(string, includes, "(text: string) -> bool")                                      \
  X(string, contains, "(text: string) -> bool")                                      \
  X(string, starts_with, "(text: string) -> bool")                                   \
  X(string, ends_with, "(text: string) -> bool")                                     \
  X(string, index_of, "(text: string) -> number")                                    \
  X(string, slice, "(from: number, to: optional(number)) -> string")                 \
  X(string, repeat, "(count: number) -> string")                                     \
  X(string, reverse, "() -> string")                                                 \
  X(string, chars, "() -> [string]")                                                 \
  X(string, pad_start, "(length: number, filler: optional(string)) -> string")       \
  X(string, pad_end, "(length: number, filler: optional(string)) -> string")         \
  X(string, to_number, "() -> optional(number)")                                     \
  X(string, to_string, "() -> string")                                               \
  X(number, to_string, "() -> string")                                               \
  X(number, round, "(digits: optional(number)) -> number")                           \
  X(number, floor, "() -> number")                                                   \
  X(number, ceil, "() -> number")                                                    \
  X(number, abs, "() -> number")                                                     \
  X(number, sqrt, "() -> number")                                                    \
  X(number, pow, "(power: number) -> number")                                        \
  X(number, min, "(other: number) -> number")                                        \
  X(number, max, "(other: number) -> number")                                        \
  X(number, is_integer, "() -> bool")                                                \
  X(datetime, format, "(pattern: string) -> string")                                 \
  X(datetime, to_string, "() -> string")                                             \
  X(datetime, to_iso, "() -> string")                                                \
  X(datetime, add, "(seconds: number) -> datetime")                                  \
  X(datetime, unix, "() -> number")                                                  \
  X(datetime, year, "() -> number")                                                  \
  X(datetime, month, "() -> number")                                                 \
  X(datetime, day, "() -> number")                                                   \
  X(datetime, hour, "() -> number")                                                  \
  X(datetime, minute, "() -> number")                                                \
  X(datetime, second, "() -> number")                                                \
  X(struct, get, "(field: string) -> any")                                           \
  X(struct, set, "(field: string, value: any) -> Self")                              \
  X(struct, merge, "(changes: object) -> Self")                                      \
  X(struct, to_object, "() -> object")

struct TypeMethod {
  std::string_view type;
  Signature signature;
};

// In the order of RELAY_METHODS.
[[nodiscard]] std::span<const TypeMethod> type_methods();

// Another spelling that is accepted for the name of a method.
struct MethodAlias {
  std::string_view alias;
  std::string_view name;
};
inline constexpr MethodAlias kMethodAliases[] = {{"toString", "to_string"}, {"toISOString", "to_iso"}};

}  // namespace relay::bytecode
