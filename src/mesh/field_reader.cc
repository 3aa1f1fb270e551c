#include "mesh/field_reader.h"

#include <charconv>

#include "mesh/mesh_limits.h"
#include "mesh/node_name.h"
#include "value/json_token.h"

namespace relay::mesh {
namespace {

std::string_view kind_name(JsonKind kind) {
  switch (kind) {
    case JsonKind::kNull:
      return "null";
    case JsonKind::kBool:
      return "a boolean";
    case JsonKind::kNumber:
      return "a number";
    case JsonKind::kString:
      return "a string";
    case JsonKind::kArray:
      return "an array";
    default:
      return "an object";
  }
}

// The token of a number as a whole one; false when it is none, or none that is exact.
bool to_whole(std::string_view token, std::uint64_t& whole) {
  const auto [end, code] = std::from_chars(token.data(), token.data() + token.size(), whole);
  if (code == std::errc() && end == token.data() + token.size()) return true;
  constexpr double kExact = 9'007'199'254'740'992;  // 2^53
  double number = 0;
  if (parse_json_number(token, number) || number < 0 || number > kExact) return false;
  whole = static_cast<std::uint64_t>(number);
  return static_cast<double>(whole) == number;
}

}  // namespace

Error FieldReader::error() const {
  if (fault_) return *fault_;
  Error error = cursor_.error();
  error.detail.insert(0, "not a JSON message: ");
  return error;
}

bool FieldReader::fail(std::string_view field, std::string_view must, Errc code) {
  if (has_failed()) return false;
  fault_ = Error{code, "field '" + std::string(field) + "' " + std::string(must)};
  return false;
}

bool FieldReader::missing(std::string_view field) {
  return fail(field, "is missing");
}

bool FieldReader::too_long(std::string_view field, std::size_t max) {
  return fail(field, "must have at most " + std::to_string(max) + " bytes", Errc::kTooLarge);
}

bool FieldReader::is_next(JsonKind kind, std::string_view field, std::string_view must) {
  const JsonKind next = cursor_.peek();
  if (next == kind) return true;
  std::string_view raw;
  if (next == JsonKind::kNone) return cursor_.read_raw(raw);  // fails, and says at which byte
  return fail(field, "must be " + std::string(must) + ", got " + std::string(kind_name(next)));
}

bool FieldReader::keep_text(std::string_view field, std::size_t max, std::string_view text,
                            std::string& out) {
  if (text.size() > max) return too_long(field, max);
  out = text;
  return true;
}

bool FieldReader::keep_node(std::string_view field, std::string_view text, std::string& out) {
  if (!is_node_name(text)) {
    return fail(field, "must be the name of a node: 1 to 64 of A-Z, a-z, 0-9, '_', '.', '-', and not rpc");
  }
  out = text;
  return true;
}

bool FieldReader::text_or_empty(std::string_view field, std::size_t max, std::string& out) {
  std::string_view text;
  if (!is_next(JsonKind::kString, field, "a string") || !cursor_.read_text(text)) return false;
  return keep_text(field, max, text, out);
}

bool FieldReader::text(std::string_view field, std::size_t max, std::string& out) {
  return text_or_empty(field, max, out) && (!out.empty() || fail(field, "must not be empty"));
}

bool FieldReader::key_text(std::string_view field, std::size_t max, std::string_view key, std::string& out) {
  return keep_text(field, max, key, out) && (!out.empty() || fail(field, "must not have an empty name"));
}

bool FieldReader::key_node(std::string_view field, std::string_view key, std::string& out) {
  return keep_node(field, key, out);
}

bool FieldReader::node(std::string_view field, std::string& out) {
  std::string_view text;
  if (!is_next(JsonKind::kString, field, "the name of a node") || !cursor_.read_text(text)) return false;
  return keep_node(field, text, out);
}

bool FieldReader::nodes(std::string_view field, std::size_t max, std::vector<std::string>& out) {
  out.clear();
  return array(field, max, [&] { return node(field, out.emplace_back()); });
}

bool FieldReader::whole(std::string_view field, std::uint64_t min, std::uint64_t max, std::uint64_t& out) {
  std::string_view token;
  if (!is_next(JsonKind::kNumber, field, "a whole number") || !cursor_.read_raw(token)) return false;
  if (to_whole(token, out) && out >= min && out <= max) return true;
  return fail(field, "must be a whole number from " + std::to_string(min) + " to " + std::to_string(max));
}

bool FieldReader::number(std::string_view field, double& out) {
  std::string_view token;
  if (!is_next(JsonKind::kNumber, field, "a number") || !cursor_.read_raw(token)) return false;
  return !parse_json_number(token, out);
}

bool FieldReader::flag(std::string_view field, bool& out) {
  std::string_view token;
  if (!is_next(JsonKind::kBool, field, "true or false") || !cursor_.read_raw(token)) return false;
  out = token == "true";
  return true;
}

bool FieldReader::object_text(std::string_view field, std::string_view& out) {
  return is_next(JsonKind::kObject, field, "an object") && value_text(field, out);
}

bool FieldReader::container_text(std::string_view field, std::string_view& out) {
  if (cursor_.peek() == JsonKind::kArray) return value_text(field, out);
  return is_next(JsonKind::kObject, field, "an array or an object") && value_text(field, out);
}

bool FieldReader::value_text(std::string_view field, std::string_view& out) {
  if (cursor_.skip(out)) return true;
  if (!fault_) fault_ = Error{Errc::kParse, "field '" + std::string(field) + "': " + cursor_.error().detail};
  return false;
}

bool FieldReader::ignore() {
  std::string_view raw;
  return cursor_.skip(raw);
}

bool FieldReader::take_null() {
  std::string_view raw;
  return cursor_.peek() == JsonKind::kNull && cursor_.read_raw(raw);
}

}  // namespace relay::mesh
