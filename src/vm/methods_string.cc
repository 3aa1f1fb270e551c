#include "value/string.h"

#include <array>
#include <cstring>

#include "vm/native_arguments.h"
#include "vm/native_table.h"
#include "vm/native_text.h"
#include "vm/vm_limits.h"

// Methods of strings that ask something of the text or take a part of it. Each is at most one search or copy.

namespace relay {
namespace {

using Args = std::span<Value>;

NativeStep length(NativeContext&, Value& self, Args, Value& result) {
  result = Value(static_cast<double>(string::code_points(self)));
  return NativeStep::kDone;
}

// The byte at which args[0] stands in `self`, or npos.
std::size_t find(NativeContext& context, const Value& self, const Value& wanted) {
  const std::string_view text = string::text(self);
  const std::string_view part = string::text(wanted);
  context.charge(cost_of_bytes(text.size()));
  const void* found = memmem(text.data(), text.size(), part.data(), part.size());
  if (found == nullptr) return std::string_view::npos;
  return static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
}

NativeStep includes(NativeContext& context, Value& self, Args args, Value& result) {
  if (!take_string(context, args, 0)) return NativeStep::kError;
  result = Value(find(context, self, args[0]) != std::string_view::npos);
  return NativeStep::kDone;
}

NativeStep index_of(NativeContext& context, Value& self, Args args, Value& result) {
  if (!take_string(context, args, 0)) return NativeStep::kError;
  const std::size_t found = find(context, self, args[0]);
  const bool is_missing = found == std::string_view::npos;
  const std::size_t before = is_missing ? 0 : string::count_code_points(string::text(self).substr(0, found));
  result = Value(is_missing ? -1.0 : static_cast<double>(before));
  return NativeStep::kDone;
}

NativeStep starts_with(NativeContext& context, Value& self, Args args, Value& result) {
  if (!take_string(context, args, 0)) return NativeStep::kError;
  context.charge(cost_of_bytes(string::size(args[0])));
  result = Value(string::text(self).starts_with(string::text(args[0])));
  return NativeStep::kDone;
}

NativeStep ends_with(NativeContext& context, Value& self, Args args, Value& result) {
  if (!take_string(context, args, 0)) return NativeStep::kError;
  context.charge(cost_of_bytes(string::size(args[0])));
  result = Value(string::text(self).ends_with(string::text(args[0])));
  return NativeStep::kDone;
}

// The part of `self` that `part` views, without a copy when that is all of it.
NativeStep give_part(NativeContext& context, Value& self, std::string_view part, Value& result) {
  if (part.size() == string::size(self)) {
    result = std::move(self);
    return NativeStep::kDone;
  }
  context.charge(cost_of_bytes(part.size()));
  result = string::make(part);
  return NativeStep::kDone;
}

NativeStep slice(NativeContext& context, Value& self, Args args, Value& result) {
  std::size_t from = 0;
  std::size_t to = 0;
  if (!take_slice(context, args, string::code_points(self), from, to)) return NativeStep::kError;
  const std::size_t begin = string::offset_of(self, from);
  const std::size_t end = string::offset_of(self, to);
  return give_part(context, self, string::text(self).substr(begin, end - begin), result);
}

NativeStep trim(NativeContext& context, Value& self, Args, Value& result) {
  return give_part(context, self, trimmed(string::text(self)), result);
}

NativeStep to_number(NativeContext& context, Value& self, Args, Value& result) {
  context.charge(cost_of_bytes(string::size(self)));
  double number = 0;
  result = parse_number(string::text(self), number) ? Value(number) : Value::nil();
  return NativeStep::kDone;
}

NativeStep to_string(NativeContext&, Value& self, Args, Value& result) {
  result = std::move(self);
  return NativeStep::kDone;
}

constexpr std::array kMethods = {
    NativeEntry{"length", 0, 0, length},
    NativeEntry{"includes", 1, 1, includes},
    NativeEntry{"contains", 1, 1, includes},
    NativeEntry{"index_of", 1, 1, index_of},
    NativeEntry{"starts_with", 1, 1, starts_with},
    NativeEntry{"ends_with", 1, 1, ends_with},
    NativeEntry{"slice", 1, 2, slice},
    NativeEntry{"trim", 0, 0, trim},
    NativeEntry{"to_number", 0, 0, to_number},
    NativeEntry{"to_string", 0, 0, to_string},
};

}  // namespace

std::span<const NativeEntry> string_query_methods() {
  return kMethods;
}

}  // namespace relay
