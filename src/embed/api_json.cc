#include <cmath>
#include <utility>
#include <vector>

#include "embed/utf8_text.h"
#include "relay/result.h"
#include "relay/value.h"
#include "value/display.h"
#include "value/json_cursor.h"
#include "value/json_writer.h"

namespace relay::api {
namespace {

class Writer {
 public:
  std::string write(const Value& value) && {
    append(value);
    while (!open_.empty()) advance();
    return std::move(out_);
  }

 private:
  struct Open {
    const Array* array = nullptr;
    const Object* object = nullptr;
    std::size_t next = 0;
  };

  void append(const Value& value) {
    switch (value.type()) {
      case Value::Type::kNil:
        out_ += "null";
        return;
      case Value::Type::kBool:
        out_ += value.as_bool() ? "true" : "false";
        return;
      case Value::Type::kNumber:
        return append_finite(value.as_number());
      case Value::Type::kString:
        return append_text(value.as_string());
      case Value::Type::kArray:
        out_ += '[';
        open_.push_back({.array = &value.as_array()});
        return;
      case Value::Type::kObject:
        out_ += '{';
        open_.push_back({.object = &value.as_object()});
        return;
    }
  }

  void append_finite(double number) {
    if (!std::isfinite(number)) {
      out_ += "null";
      return;
    }
    append_number(out_, number);
  }

  void append_text(const std::string& text) { append_json_string(out_, embed::valid_utf8(text, scratch_)); }

  void advance() {
    Open& open = open_.back();
    const bool is_array = open.array != nullptr;
    const std::size_t at = open.next++;
    if (at == (is_array ? open.array->size() : open.object->size())) {
      out_ += is_array ? ']' : '}';
      open_.pop_back();
      return;
    }
    if (at > 0) out_ += ',';
    if (is_array) return append((*open.array)[at]);
    const Member& member = open.object->begin()[at];
    append_text(member.key);
    out_ += ':';
    append(member.value);
  }

  std::string out_;
  std::string scratch_;
  std::vector<Open> open_;
};

class Reader {
 public:
  explicit Reader(std::string_view text) : cursor_(text, {}) {}

  Result<Value> read() {
    begin();
    while (!open_.empty() && !cursor_.has_failed()) advance();
    if (cursor_.has_failed() || !cursor_.finish()) {
      return Error{.kind = ErrorKind::kParse, .message = cursor_.error().detail};
    }
    return std::move(done_);
  }

 private:
  // A container that is being read, and the key under which its next member belongs.
  struct Open {
    Value container;
    std::string key;
  };

  void begin() {
    switch (cursor_.peek()) {
      case JsonKind::kArray:
        if (cursor_.enter_array()) open_.push_back({Array(), {}});
        return;
      case JsonKind::kObject:
        if (cursor_.enter_object()) open_.push_back({Object(), {}});
        return;
      case JsonKind::kString: {
        std::string_view text;
        if (cursor_.read_text(text)) end(Value(text));
        return;
      }
      default:
        return read_plain();
    }
  }

  void read_plain() {
    relay::Value plain;
    if (!cursor_.read(plain)) return;
    if (plain.is_number()) return end(Value(plain.as_number()));
    end(plain.is_bool() ? Value(plain.as_bool()) : Value());
  }

  // A value is complete.
  void end(Value value) {
    if (open_.empty()) {
      done_ = std::move(value);
      return;
    }
    Open& around = open_.back();
    if (around.container.is_array()) {
      around.container.push_back(std::move(value));
    } else {
      around.container.set(around.key, std::move(value));
    }
  }

  void advance() {
    Open& open = open_.back();
    if (open.container.is_array()) {
      if (cursor_.next_element()) return begin();
    } else {
      std::string_view key;
      if (cursor_.next_member(key)) {
        open.key = key;
        return begin();
      }
    }
    Value complete = std::move(open.container);
    open_.pop_back();
    end(std::move(complete));
  }

  JsonCursor cursor_;
  std::vector<Open> open_;
  Value done_;
};

}  // namespace

std::string Value::to_json() const {
  return Writer().write(*this);
}

Result<Value> Value::from_json(std::string_view text) {
  return Reader(text).read();
}

}  // namespace relay::api
