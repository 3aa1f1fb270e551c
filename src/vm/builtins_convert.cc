#include <openssl/evp.h>

#include <array>

#include "value/boxed.h"
#include "value/display.h"
#include "value/json_reader.h"
#include "value/json_writer.h"
#include "value/string.h"
#include "vm/native_arguments.h"
#include "vm/native_table.h"
#include "vm/native_text.h"
#include "vm/vm_limits.h"

// Builtins that turn one value into another. Texts are bounded by string::kMaxBytes, and so is the work of
// json_encode, json_decode and hash: they do it in one call, charged by its size.

namespace relay {
namespace {

using Args = std::span<Value>;

NativeStep type(NativeContext&, Value&, Args args, Value& result) {
  result = string::make(type_name(args[0]));
  return NativeStep::kDone;
}

NativeStep string_of(NativeContext& context, Value&, Args args, Value& result) {
  if (args[0].is_string()) {
    result = std::move(args[0]);
    return NativeStep::kDone;
  }
  std::string text;
  if (!append_shown(text, args[0], context.error())) return NativeStep::kError;
  context.charge(cost_of_elements(text.size()));
  result = string::make(text);
  return NativeStep::kDone;
}

NativeStep number(NativeContext& context, Value&, Args args, Value& result) {
  const Value& value = args[0];
  double parsed = 0;
  if (value.is_bool()) {
    parsed = value.as_bool() ? 1 : 0;
  } else if (value.is_number()) {
    parsed = value.as_number();
  } else if (!value.is_string()) {
    return wrong_type(context, args, 0, "number, string or bool");
  } else if (!parse_number(string::text(value), parsed)) {
    return wrong_value(context, args, 0, "value", "a text that writes a number");
  }
  result = Value(parsed);
  return NativeStep::kDone;
}

NativeStep datetime_of(NativeContext& context, Value&, Args args, Value& result) {
  if (!take_string(context, args, 0)) return NativeStep::kError;
  std::int64_t nanoseconds = 0;
  if (!parse_datetime(string::text(args[0]), nanoseconds)) {
    return wrong_value(context, args, 0, "value",
                       "a datetime like 2024-01-31T12:00:00Z in the years 1677 to 2262");
  }
  result = datetime::make(nanoseconds);
  return NativeStep::kDone;
}

NativeStep json_encode(NativeContext& context, Value&, Args args, Value& result) {
  std::string text;
  const Result<void> written = append_json(text, args[0], string::kMaxBytes);
  context.charge(cost_of_elements(text.size()));
  if (!written) return context.fail("limit", std::string(kStringTooLong));
  result = string::make(text);
  return NativeStep::kDone;
}

NativeStep json_decode(NativeContext& context, Value&, Args args, Value& result) {
  if (!take_string(context, args, 0)) return NativeStep::kError;
  const std::string_view text = string::text(args[0]);
  context.charge(cost_of_elements(text.size()));
  JsonOptions options;
  options.symbols = &context.program().symbols;
  Result<Value> read = read_json(text, options);
  if (!read) return native_error(context, "value", read.error().detail);
  result = std::move(*read);
  return NativeStep::kDone;
}

NativeStep hash(NativeContext& context, Value&, Args args, Value& result) {
  if (!take_string(context, args, 0)) return NativeStep::kError;
  const std::string_view text = string::text(args[0]);
  context.charge(cost_of_elements(text.size()));
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest;
  unsigned int size = 0;
  if (EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1) {
    return native_error(context, "limit", "SHA-256 is not available");
  }
  static constexpr std::string_view kHex = "0123456789abcdef";
  std::string out;
  for (unsigned int i = 0; i < size; ++i) {
    out.push_back(kHex[digest[i] >> 4]);
    out.push_back(kHex[digest[i] & 15]);
  }
  result = string::make(out);
  return NativeStep::kDone;
}

constexpr std::array kBuiltins = {
    NativeEntry{.name = "type", .function = type},
    NativeEntry{.name = "string", .function = string_of},
    NativeEntry{.name = "number", .function = number},
    NativeEntry{.name = "datetime", .function = datetime_of},
    NativeEntry{.name = "json_encode", .function = json_encode},
    NativeEntry{.name = "json_decode", .function = json_decode},
    NativeEntry{.name = "hash", .function = hash},
};

}  // namespace

std::span<const NativeEntry> convert_builtins() {
  return kBuiltins;
}

}  // namespace relay
