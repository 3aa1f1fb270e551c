#include "vm/native_message_all.h"

#include <algorithm>

#include "base/diagnostic.h"
#include "value/array.h"
#include "value/boxed.h"
#include "value/display.h"
#include "value/object.h"
#include "value/string.h"
#include "vm/vm_limits.h"

namespace relay {
namespace {

// Reads one element; its errors say which one it is.
class CallReader {
 public:
  CallReader(const Value& element, std::size_t index, ScriptError& error)
      : element_(element), index_(index), error_(error) {}

  bool read(CallWait& out) {
    if (!element_.is_object()) return fail(" must be object, got " + std::string(type_name(element_)));
    return read_keys() && read_server(out) && read_method(out) && read_args(out) && read_timeout(out);
  }

 private:
  bool read_keys() {
    static const std::vector<std::string> kKeys = {"server", "method", "args", "timeout"};
    for (std::size_t at = object::first(element_); at != object::kNone; at = object::next(element_, at)) {
      const std::string key(string::text(*object::entry(element_, at).key));
      if (std::find(kKeys.begin(), kKeys.end(), key) != kKeys.end()) continue;
      fail(" has a key '" + key + "' that means nothing");
      const std::string nearest = nearest_name(key, kKeys);
      if (!nearest.empty()) error_.hint = "did you mean `" + nearest + "`?";
      return false;
    }
    return true;
  }

  bool read_server(CallWait& out) {
    const Value& server = field("server");
    if (!server.is_string() && !server.is_server()) return wrong("server", "server or string", server);
    out.server = string::text(server.is_server() ? server::name(server) : server);
    return true;
  }

  bool read_method(CallWait& out) {
    const Value& method = field("method");
    if (!method.is_string()) return wrong("method", "string", method);
    out.method = string::text(method);
    return true;
  }

  bool read_args(CallWait& out) {
    const Value& args = field("args");
    if (args.is_nil()) return true;
    if (!args.is_array() && !args.is_object()) return wrong("args", "array", args);
    out.args = args;
    return true;
  }

  bool read_timeout(CallWait& out) {
    const Value& timeout = field("timeout");
    if (timeout.is_nil()) return true;
    if (!timeout.is_number()) return wrong("timeout", "number", timeout);
    if (!(timeout.as_number() >= 0)) return fail(": 'timeout' must be a number of seconds from 0", "range");
    const std::chrono::duration<double> seconds(std::min(timeout.as_number(), kMaxSeconds));
    out.limit = std::chrono::duration_cast<Duration>(seconds);
    return true;
  }

  [[nodiscard]] const Value& field(std::string_view key) const {
    static const Value kNil = Value::nil();
    const Value* content = object::find(element_, key);
    return content == nullptr ? kNil : *content;
  }

  bool wrong(std::string_view key, std::string_view expected, const Value& got) {
    std::string text = ": '" + std::string(key) + "' must be " + std::string(expected) + ", got ";
    return fail(text + std::string(type_name(got)));
  }

  bool fail(const std::string& text, std::string_view kind = "argument") {
    error_ = runtime_error(kind, "function 'message_all': element " + std::to_string(index_) + text);
    return false;
  }

  const Value& element_;
  std::size_t index_;
  ScriptError& error_;
};

}  // namespace

bool read_calls(const Value& list, CallAllWait& out, ScriptError& error) {
  const std::size_t size = array::size(list);
  if (size > kMaxMessages) {
    error = runtime_error("limit", "function 'message_all': more than 10000 messages at once");
    return false;
  }
  out.calls.reserve(size);
  for (std::size_t i = 0; i < size; ++i) {
    CallWait call;
    if (!CallReader(array::at(list, i), i, error).read(call)) return false;
    out.calls.push_back(std::move(call));
  }
  return true;
}

}  // namespace relay
