#include "embed/convert.h"

#include <utility>
#include <vector>

#include "embed/utf8_text.h"
#include "value/array.h"
#include "value/boxed.h"
#include "value/display.h"
#include "value/function.h"
#include "value/heap.h"
#include "value/object.h"
#include "value/string.h"
#include "value/struct.h"

namespace relay::embed {
namespace {

std::string label(std::string_view kind, const relay::Value& name) {
  return std::string(kind).append(string::text(name)) + ">";
}

// From the language.
class Exporter {
 public:
  api::Value run(const relay::Value& value) && {
    begin(value);
    while (!open_.empty()) advance();
    return std::move(done_);
  }

 private:
  struct Open {
    const relay::Value* from;
    std::size_t next;  // of an object as object::next() counts
    api::Value built;
    std::string key;
  };

  void begin(const relay::Value& value) {
    switch (value.type()) {
      case Type::kArray:
        open_.push_back({&value, 0, api::Array(), {}});
        open_.back().built.as_array().reserve(array::size(value));
        return;
      case Type::kObject:
        open_.push_back({&value, object::first(value), api::Object(), {}});
        return;
      case Type::kStruct:
        open_.push_back({&value, 0, api::Object(), {}});
        open_.back().built.set("_type", string::text(structure::type(value)->name));
        return;
      default:
        return end(plain(value));
    }
  }

  static api::Value plain(const relay::Value& value) {
    if (value.is_number()) return value.as_number();
    if (value.is_bool()) return value.as_bool();
    if (value.is_string()) return string::text(value);
    if (value.is_function()) return label("<function: ", function::info(value)->name);
    if (value.is_server()) return label("<server: ", server::name(value));
    if (!value.is_datetime()) return nullptr;
    std::string text;
    append_datetime(text, datetime::nanoseconds(value));
    return text;
  }

  void end(api::Value value) {
    if (open_.empty()) {
      done_ = std::move(value);
      return;
    }
    Open& around = open_.back();
    if (around.built.is_array()) return around.built.push_back(std::move(value));
    around.built.set(around.key, std::move(value));
  }

  void advance() {
    Open& open = open_.back();
    const relay::Value* part = take_part(open);
    if (part != nullptr) return begin(*part);
    api::Value complete = std::move(open.built);
    open_.pop_back();
    end(std::move(complete));
  }

  // The next part, its key noted; nullptr: there is none.
  static const relay::Value* take_part(Open& open) {
    const relay::Value& from = *open.from;
    if (from.is_array()) return open.next < array::size(from) ? &array::at(from, open.next++) : nullptr;
    if (from.is_struct()) {
      const StructType& type = *structure::type(from);
      if (open.next == type.fields.size()) return nullptr;
      open.key = string::text(type.fields[open.next]);
      return &structure::at(from, static_cast<std::uint32_t>(open.next++));
    }
    if (open.next == object::kNone) return nullptr;
    const object::Entry entry = object::entry(from, open.next);
    open.next = object::next(from, open.next);
    open.key = string::text(*entry.key);
    return entry.content;
  }

  std::vector<Open> open_;
  api::Value done_;
};

// Into the language.
class Importer {
 public:
  relay::Result<relay::Value> run(const api::Value& value) && {
    begin(value);
    while (!open_.empty() && !is_too_large_) advance();
    if (is_too_large_) return relay::Error{Errc::kTooLarge, "a string has more than 64 MiB"};
    return std::move(done_);
  }

 private:
  struct Open {
    const api::Value* from;
    std::size_t next;
    relay::Value built;
    relay::Value key;
  };

  void begin(const api::Value& value) {
    if (value.is_array()) {
      open_.push_back({&value, 0, array::make(), {}});
    } else if (value.is_object()) {
      open_.push_back({&value, 0, object::make(), {}});
    } else {
      end(plain(value));
    }
  }

  relay::Value plain(const api::Value& value) {
    if (const double* number = value.if_number()) return relay::Value(*number);
    if (const bool* boolean = value.if_bool()) return relay::Value(*boolean);
    if (const std::string* text = value.if_string()) return make_string(*text);
    return relay::Value::nil();
  }

  relay::Value make_string(const std::string& given) {
    const std::string_view text = valid_utf8(given, scratch_);
    is_too_large_ = is_too_large_ || text.size() > string::kMaxBytes;
    return is_too_large_ ? relay::Value::nil() : string::make(text);
  }

  void end(relay::Value value) {
    if (open_.empty()) {
      done_ = std::move(value);
      return;
    }
    Open& around = open_.back();
    if (around.built.is_array()) return array::push(around.built, std::move(value));
    object::set(around.built, std::move(around.key), std::move(value));
  }

  void advance() {
    Open& open = open_.back();
    if (open.next == open.from->size()) {
      relay::Value complete = std::move(open.built);
      open_.pop_back();
      return end(std::move(complete));
    }
    const std::size_t at = open.next++;
    if (const api::Array* elements = open.from->if_array()) return begin((*elements)[at]);
    const api::Member& member = open.from->as_object().begin()[at];
    open.key = make_string(member.key);
    if (!is_too_large_) begin(member.value);
  }

  std::vector<Open> open_;
  relay::Value done_;
  std::string scratch_;
  bool is_too_large_ = false;
};

}  // namespace

api::Value to_api(const relay::Value& value) {
  return Exporter().run(value);
}

relay::Result<relay::Value> to_language(const api::Value& value) {
  return Importer().run(value);
}

relay::Result<Parcel> to_parcel(const api::Value& value) {
  Heap heap;
  HeapScope scope(heap);
  relay::Result<relay::Value> made = to_language(value);
  if (!made) return made.error();
  return seal(heap, std::move(*made));
}

api::Value to_api(Parcel parcel) {
  Heap heap;
  HeapScope scope(heap);
  const relay::Value value = std::move(parcel).open();
  return value.is_undefined() ? api::Value() : to_api(value);
}

}  // namespace relay::embed
