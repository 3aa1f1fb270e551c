#include "client/rpc_failure.h"

#include <string_view>

#include "base/plain_text.h"
#include "client/pretty.h"
#include "value/array.h"
#include "value/display.h"
#include "value/json_reader.h"
#include "value/json_writer.h"
#include "value/object.h"
#include "value/string.h"

namespace relay::client {
namespace {

constexpr long long kApplicationCode = -32000;
constexpr std::string_view kIndent = "  ";

// `data` as a value; nil where there is none.
Value data_of(const RpcError& error) {
  auto value = read_json(error.data);
  return value ? std::move(*value) : Value::nil();
}

// Whether `data` is Relay's own account of the failure, not something that a program has thrown.
bool is_account(const RpcError& error, const Value& data) {
  return error.code != kApplicationCode && data.is_object() && object::find(data, "message") != nullptr;
}

std::string bare(const Value& value) {
  constexpr std::size_t kMostBytes = 4096;
  return plain_text(brief(value, Quotes::kBare, kMostBytes));
}

// a -> b -> c
std::string path_text(const Value& path) {
  std::string text;
  for (std::size_t i = 0; i < array::size(path); ++i) {
    if (i > 0) text += " -> ";
    text += bare(array::at(path, i));
  }
  return text;
}

std::string stack_text(const Value& stack) {
  std::string text;
  for (std::size_t i = 0; i < array::size(stack); ++i) {
    text += std::string(kIndent) + bare(array::at(stack, i)) + "\n";
  }
  return text;
}

std::string fact_line(std::string_view name, const Value& content) {
  const bool is_empty = content.is_array() && array::size(content) == 0;
  if (name == "message" || is_empty) return {};
  if (name == "stack" && content.is_array()) return stack_text(content);
  std::string line(kIndent);
  line += plain_text(name) + ": ";
  line += name == "path" && content.is_array() ? path_text(content) : bare(content);
  return line + "\n";
}

std::string indented(std::string_view text) {
  std::string result(kIndent);
  for (const char c : text) {
    result += c;
    if (c == '\n') result += kIndent;
  }
  return result;
}

}  // namespace

std::string failure_sentence(const RpcError& error) {
  const Value data = data_of(error);
  if (is_account(error, data)) return bare(*object::find(data, "message"));
  if (data.is_string()) return plain_text(string::text(data));
  return plain_text(error.message);
}

std::string failure_text(const RpcError& error, std::size_t columns) {
  const Value data = data_of(error);
  std::string text = plain_text(error.message) + " (" + std::to_string(error.code) + ")";
  if (data.is_string()) return text + ": " + plain_text(string::text(data)) + "\n";
  if (!is_account(error, data)) {
    if (error.data.empty()) return text + "\n";
    return text + ":\n" + indented(pretty_json(error.data, columns - kIndent.size())) + "\n";
  }
  text += ": " + bare(*object::find(data, "message")) + "\n";
  for (std::size_t at = object::first(data); at != object::kNone; at = object::next(data, at)) {
    const object::Entry entry = object::entry(data, at);
    text += fact_line(string::text(*entry.key), *entry.content);
  }
  return text;
}

std::string failure_json(const RpcError& error) {
  std::string json = "{\"code\":" + std::to_string(error.code) + ",\"message\":";
  append_json_string(json, error.message);
  if (!error.data.empty()) json += ",\"data\":" + error.data;
  return json + "}";
}

}  // namespace relay::client
