// Any bytes as JSON. What is read must write to text that reads the same, and simdjson's own parser, another
// reader of the same grammar, must agree on what is JSON.

#include <simdjson.h>

#include <cstdint>
#include <string>

#include "base/check.h"
#include "value/equal.h"
#include "value/heap.h"
#include "value/json_reader.h"
#include "value/json_writer.h"

namespace {

using namespace relay;

constexpr std::size_t kDepth = 500;

std::string write(const Value& value) {
  std::string out;
  RELAY_CHECK(append_json(out, value, SIZE_MAX).has_value(), "a value cannot be written");
  return out;
}

// simdjson's tree refuses whole numbers past 64 bits and counts depth otherwise; in all else both must agree.
void compare(const std::string& text, const Result<Value>& read) {
  simdjson::dom::parser parser;
  const auto error = parser.parse(simdjson::padded_string(text)).error();
  if (error == simdjson::NUMBER_ERROR || error == simdjson::DEPTH_ERROR) return;
  const bool is_too_deep = !read && read.error().detail.starts_with("nested too deep");
  const bool is_too_large = !read && read.error().detail.starts_with("a number is too large");
  if (is_too_deep || is_too_large) return;
  RELAY_CHECK(read.has_value() == (error == simdjson::SUCCESS), "simdjson sees it otherwise");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  Heap heap;
  HeapScope scope(heap);
  const Result<Value> read = read_json(text, {.max_depth = kDepth});
  compare(text, read);
  if (!read) return 0;
  const std::string written = write(*read);
  const Result<Value> again = read_json(written, {.max_depth = kDepth});
  RELAY_CHECK(again.has_value(), "what was written cannot be read");
  RELAY_CHECK(equal(*read, *again), "what was written reads as something else");
  RELAY_CHECK(write(*again) == written, "the same value was written otherwise");
  return 0;
}
