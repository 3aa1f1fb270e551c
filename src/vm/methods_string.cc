#include "value/string.h"

#include <array>

#include "vm/native_arguments.h"
#include "vm/native_string_work.h"
#include "vm/native_table.h"
#include "vm/native_text.h"
#include "vm/vm_limits.h"

// Methods of strings that ask something of the text or take a part of it.

namespace relay {
namespace {

using Args = std::span<Value>;

NativeStep length(NativeContext& context, Value& self, Args, Value& result) {
  context.charge(cost_of_bytes(string::uncounted_bytes(self)));
  result = Value(static_cast<double>(string::code_points(self)));
  return NativeStep::kDone;
}

template <FindTextWork::Gives kGives>
NativeStep find(NativeContext& context, Value& self, Args args, Value& result) {
  if (!take_string(context, args, 0)) return NativeStep::kError;
  return do_or_begin<FindTextWork>(context, result, self, args[0], kGives);
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

NativeStep slice(NativeContext& context, Value& self, Args args, Value& result) {
  std::size_t from = 0;
  std::size_t to = 0;
  context.charge(cost_of_bytes(string::uncounted_bytes(self)));
  if (!take_slice(context, args, string::code_points(self), from, to)) return NativeStep::kError;
  const std::size_t begin = string::offset_of(self, from);
  const std::size_t end = string::offset_of(self, to);
  if (end - begin == string::size(self)) {
    result = std::move(self);
    return NativeStep::kDone;
  }
  if (end - begin <= string::kPieceBytes) {
    context.charge(cost_of_bytes(end - begin));
    result = string::make(string::text(self).substr(begin, end - begin));
    return NativeStep::kDone;
  }
  auto part = std::make_unique<JoinWork>();
  part->add(self, begin, end);
  return context.begin(std::move(part));
}

NativeStep trim(NativeContext& context, Value& self, Args, Value& result) {
  const std::string_view text = string::text(self);
  if (space_at_begin(text) == 0 && space_at_end(text) == 0) {
    result = std::move(self);
    return NativeStep::kDone;
  }
  return do_or_begin<TrimWork>(context, result, self);
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
    NativeEntry{"length", length},
    NativeEntry{"includes", find<FindTextWork::Gives::kWhether>},
    NativeEntry{"contains", find<FindTextWork::Gives::kWhether>},
    NativeEntry{"index_of", find<FindTextWork::Gives::kIndex>},
    NativeEntry{"starts_with", starts_with},
    NativeEntry{"ends_with", ends_with},
    NativeEntry{"slice", slice},
    NativeEntry{"trim", trim},
    NativeEntry{"to_number", to_number},
    NativeEntry{"to_string", to_string},
};

}  // namespace

std::span<const NativeEntry> string_query_methods() {
  return kMethods;
}

}  // namespace relay
