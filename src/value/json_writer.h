#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "value/value.h"

namespace relay {

// Writes one value as JSON by the table of spec http.md ("Conversion") in steps, with an explicit stack, for values so
// large that one step would hold a core. Holds the value meanwhile.
class JsonWriter {
 public:
  enum class Progress : std::uint8_t { kDone, kUnfinished, kTooLong };

  // The text may grow to `max_bytes`.
  JsonWriter(Value value, std::size_t max_bytes) : value_(std::move(value)), room_(max_bytes) {}
  JsonWriter(const JsonWriter&) = delete;
  JsonWriter& operator=(const JsonWriter&) = delete;

  // Appends to `out` until about `bytes` are appended.
  // Bound: a piece of a string (32 KiB, six times that if all is escaped) past it.
  [[nodiscard]] Progress advance(std::string& out, std::size_t bytes);

 private:
  enum class Part : std::uint8_t { kArray, kObject, kStruct, kString, kBehindKey };
  struct Open {
    const Value* value;
    Part part;
    bool is_first;
    std::size_t position;  // of the next part; of an object as object::next() counts; of a string in bytes
  };
  void append(const Value& value);
  void append_string(const Value& text);
  void append_text(std::string_view text);
  void append_label(std::string_view kind, const Value& name);
  void advance_innermost();
  void advance_array(Open& open);
  void advance_object(Open& open);
  void advance_struct(Open& open);
  void advance_string(Open& open);
  void separate(Open& open);
  void close(char bracket);

  Value value_;
  std::size_t room_;  // bytes that may still be appended
  bool has_begun_ = false;
  bool is_too_long_ = false;
  std::vector<Open> open_;
  std::string* out_ = nullptr;  // during a step
  std::size_t stop_at_ = 0;     // size of `out` past which the step ends
};

// Appends `value` as JSON by the table of spec http.md ("Conversion"), without native recursion.
// Errors: kTooLarge when `out` would grow past `max_bytes`; `out` is then cut back to what it was.
[[nodiscard]] Result<void> append_json(std::string& out, const Value& value, std::size_t max_bytes);

// Appends `text` with quotes and JSON escapes.
void append_json_string(std::string& out, std::string_view text);

}  // namespace relay
