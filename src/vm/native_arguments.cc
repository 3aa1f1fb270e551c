#include "vm/native_arguments.h"

#include <algorithm>
#include <cmath>

#include "value/boxed.h"
#include "value/display.h"
#include "value/string.h"
#include "vm/vm_limits.h"

namespace relay {
namespace {

std::string argument_text(NativeContext& context, std::size_t index, std::string_view expected) {
  std::string text = context.native().subject;
  text += ": argument " + std::to_string(index + 1) + " must be ";
  text += expected;
  return text;
}

// As much of a text as a message shows.
std::string beginning(std::string_view text) {
  constexpr std::size_t kShown = 60;
  if (text.size() <= kShown) return std::string(text);
  std::size_t end = kShown;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return std::string(text.substr(0, end)) + "...";
}

}  // namespace

NativeStep wrong_type(NativeContext& context, std::span<const Value> args, std::size_t index,
                      std::string_view expected) {
  std::string text = argument_text(context, index, expected);
  text += ", got ";
  text += type_name(args[index]);
  return context.fail("type", std::move(text));
}

NativeStep wrong_value(NativeContext& context, std::span<const Value> args, std::size_t index,
                       std::string_view kind, std::string_view expected) {
  std::string text = argument_text(context, index, expected) + ", got ";
  if (args[index].is_string()) {
    append_quoted(text, beginning(string::text(args[index])));
  } else {
    text += brief(args[index]);
  }
  return context.fail(kind, std::move(text));
}

NativeStep native_error(NativeContext& context, std::string_view kind, std::string_view message) {
  std::string text = context.native().subject;
  text += ": ";
  text += message;
  return context.fail(kind, std::move(text));
}

bool take_number(NativeContext& context, std::span<const Value> args, std::size_t index, double& out) {
  if (!args[index].is_number()) {
    wrong_type(context, args, index, "number");
    return false;
  }
  out = args[index].as_number();
  return true;
}

bool take_string(NativeContext& context, std::span<const Value> args, std::size_t index) {
  if (args[index].is_string()) return true;
  wrong_type(context, args, index, "string");
  return false;
}

bool take_array(NativeContext& context, std::span<const Value> args, std::size_t index) {
  if (args[index].is_array()) return true;
  wrong_type(context, args, index, "array");
  return false;
}

bool take_object(NativeContext& context, std::span<const Value> args, std::size_t index) {
  if (args[index].is_object()) return true;
  wrong_type(context, args, index, "object");
  return false;
}

bool take_function(NativeContext& context, std::span<const Value> args, std::size_t index) {
  if (args[index].is_function()) return true;
  wrong_type(context, args, index, "function");
  return false;
}

bool take_integer(NativeContext& context, std::span<const Value> args, std::size_t index, double& out) {
  if (!take_number(context, args, index, out)) return false;
  if (is_integer(out)) return true;
  wrong_value(context, args, index, "argument", "an integer");
  return false;
}

bool take_count(NativeContext& context, std::span<const Value> args, std::size_t index, std::size_t& out) {
  double number = 0;
  if (!take_number(context, args, index, number)) return false;
  if (number < 0) {
    wrong_value(context, args, index, "range", "an integer from 0");
    return false;
  }
  if (number >= static_cast<double>(kMaxCount)) {
    out = kMaxCount;
    return true;
  }
  if (!take_integer(context, args, index, number)) return false;
  out = static_cast<std::size_t>(number);
  return true;
}

bool take_slice(NativeContext& context, std::span<const Value> args, std::size_t length, std::size_t& from,
                std::size_t& to) {
  to = length;
  if (!take_count(context, args, 0, from)) return false;
  const bool is_open = args.size() < 2 || args[1].is_nil();
  if (!is_open && !take_count(context, args, 1, to)) return false;
  to = std::min(to, length);
  from = std::min(from, to);
  return true;
}

bool take_seconds(NativeContext& context, std::span<const Value> args, std::size_t index, Duration& out) {
  double seconds = 0;
  if (!take_number(context, args, index, seconds)) return false;
  if (!(seconds >= 0)) {
    wrong_value(context, args, index, "range", "a number of seconds from 0");
    return false;
  }
  const std::chrono::duration<double> wanted(std::min(seconds, kMaxSeconds));
  out = std::chrono::duration_cast<Duration>(wanted);
  return true;
}

bool take_server(NativeContext& context, std::span<const Value> args, std::size_t index, std::string& out) {
  const Value& server = args[index];
  if (server.is_server()) {
    out = string::text(server::name(server));
  } else if (server.is_string()) {
    out = string::text(server);
  } else {
    wrong_type(context, args, index, "server or string");
    return false;
  }
  return true;
}

bool is_integer(double number) {
  return std::isfinite(number) && number == std::trunc(number);
}

}  // namespace relay
