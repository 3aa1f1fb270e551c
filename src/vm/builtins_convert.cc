#include <openssl/evp.h>

#include <array>

#include "value/boxed.h"
#include "value/display.h"
#include "value/json_cursor.h"
#include "value/string.h"
#include "vm/native_arguments.h"
#include "vm/native_table.h"
#include "vm/native_text.h"
#include "vm/text_work.h"
#include "vm/vm_limits.h"

// Builtins that turn one value into another.

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
  if (args[0].is_array() || args[0].is_object() || args[0].is_struct()) {
    return context.begin(std::make_unique<ShowWork>(std::vector<Value>{args[0]}, Value()));
  }
  std::string text;
  append_display(text, args[0], Quotes::kBare);
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

NativeStep json_encode(NativeContext& context, Value&, Args args, Value&) {
  return context.begin(std::make_unique<JsonWork>(args[0]));
}

// Reads a JSON text, a stretch at a time.
class DecodeWork final : public NativeWork {
 public:
  DecodeWork(const Value& text, const JsonOptions& options) : text_(text), cursor_(string::text(text_), options) {}

  Progress advance(NativeContext& context, Value& result) override {
    constexpr std::size_t kTokensPerStep = kStepUnits / 4;
    std::size_t budget = kTokensPerStep;
    Value value;
    const JsonCursor::Progress progress = cursor_.read_on(value, budget);
    context.charge((kTokensPerStep - budget) * 2);
    if (progress == JsonCursor::Progress::kUnfinished) return Progress::kUnfinished;
    if (progress == JsonCursor::Progress::kFailed || !cursor_.finish()) {
      native_error(context, "value", cursor_.error().detail);
      return Progress::kError;
    }
    result = std::move(value);
    return Progress::kDone;
  }
  // What is being read holds no function.
  void visit(const std::function<void(const Value&)>& visitor) const override { visitor(text_); }

 private:
  Value text_;
  JsonCursor cursor_;
};

NativeStep json_decode(NativeContext& context, Value&, Args args, Value& result) {
  if (!take_string(context, args, 0)) return NativeStep::kError;
  JsonOptions options;
  options.symbols = &context.program().symbols;
  const std::string_view text = string::text(args[0]);
  if (text.size() > kSlowStepBytes) return context.begin(std::make_unique<DecodeWork>(args[0], options));
  context.charge(cost_of_elements(text.size()));
  Result<Value> read = read_json(text, options);
  if (!read) return native_error(context, "value", read.error().detail);
  result = std::move(*read);
  return NativeStep::kDone;
}

// SHA-256 of a string, a piece at a time.
class HashWork final : public NativeWork {
 public:
  explicit HashWork(const Value& text) : text_(text), digest_(EVP_MD_CTX_new()) {}

  Progress advance(NativeContext& context, Value& result) override {
    const bool has_begun = at_ != 0 || EVP_DigestInit_ex(digest_.get(), EVP_sha256(), nullptr) == 1;
    const std::string_view piece = string::text(text_).substr(at_, string::kPieceBytes);
    context.charge(1 + cost_of_elements(piece.size()));
    if (!has_begun || EVP_DigestUpdate(digest_.get(), piece.data(), piece.size()) != 1) return fail(context);
    at_ += piece.size();
    if (at_ < string::size(text_)) return Progress::kUnfinished;
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest;
    unsigned int size = 0;
    if (EVP_DigestFinal_ex(digest_.get(), digest.data(), &size) != 1) return fail(context);
    result = string::make(hex_of({digest.data(), size}));
    return Progress::kDone;
  }
  void visit(const std::function<void(const Value&)>& visitor) const override { visitor(text_); }

 private:
  static Progress fail(NativeContext& context) {
    native_error(context, "limit", "SHA-256 is not available");
    return Progress::kError;
  }
  static std::string hex_of(std::span<const unsigned char> bytes) {
    static constexpr std::string_view kHex = "0123456789abcdef";
    std::string out;
    for (const unsigned char byte : bytes) {
      out.push_back(kHex[byte >> 4]);
      out.push_back(kHex[byte & 15]);
    }
    return out;
  }
  struct FreeDigest {
    void operator()(EVP_MD_CTX* digest) const { EVP_MD_CTX_free(digest); }
  };

  Value text_;
  std::unique_ptr<EVP_MD_CTX, FreeDigest> digest_;
  std::size_t at_ = 0;
};

NativeStep hash(NativeContext& context, Value&, Args args, Value&) {
  if (!take_string(context, args, 0)) return NativeStep::kError;
  return context.begin(std::make_unique<HashWork>(args[0]));
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
