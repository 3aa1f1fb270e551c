#include "mesh/call_message.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "call/error_code.h"
#include "mesh/field_reader.h"
#include "mesh/json_out.h"
#include "mesh/mesh_limits.h"
#include "value/json_writer.h"

namespace relay::mesh {
namespace {

using Milliseconds = std::chrono::milliseconds;
constexpr std::uint64_t kMaxTimeoutMs = std::chrono::duration_cast<Milliseconds>(kMaxCallTimeout).count();
// Arguments stand in two objects, a result in one.
constexpr std::size_t kCallDepth = kMaxJsonDepth + 2;
constexpr std::size_t kResponseDepth = kMaxJsonDepth + 1;

class CallReader {
 public:
  CallReader(std::string_view data, JsonText state) : in_(data, kCallDepth, state) {}

  Result<CallMessage> read() {
    in_.object("data", [&](std::string_view key) { return take(key); });
    if (!in_.has_failed()) check_whole();
    if (!in_.finish()) return in_.error();
    call_.left = left_ ? *left_ : timeout_.value_or(kDefaultCallTimeout);
    return std::move(call_);
  }

 private:
  bool take(std::string_view key) {
    if (key == "call")
      return in_.object("call", [&](std::string_view member) { return take_called(member); });
    if (in_.take_null()) return true;
    if (key == "response_id") return in_.text("response_id", kMaxMessageIdBytes, call_.response_id);
    if (key == "left_ms") return take_left();
    if (key == "inc") return in_.whole("inc", 0, kMaxIncarnation, call_.origin_inc);
    if (key == "series") return in_.whole("series", 0, kMaxIncarnation, call_.series);
    if (key == "n") return in_.whole("n", 0, UINT64_MAX, call_.n);
    if (key == "target_inc") return in_.whole("target_inc", 0, kMaxIncarnation, call_.target_inc);
    if (key == "attempt") return take_attempt();
    if (key == "notify") return in_.flag("notify", call_.is_notification);
    if (key == "trace") return in_.text("trace", kMaxNameBytes, call_.trace);
    if (key == "chain") return take_chain();
    return in_.ignore();
  }

  bool take_called(std::string_view key) {
    if (key == "server_name") return in_.text("call.server_name", kMaxNameBytes, call_.server);
    if (key == "method") return in_.text("call.method", kMaxNameBytes, call_.method);
    if (in_.take_null()) return true;
    if (key == "args") return in_.container_text("call.args", call_.args);
    if (key == "timeout") return take_timeout();
    return in_.ignore();
  }

  bool take_timeout() {
    using Seconds = std::chrono::duration<double>;
    double seconds = 0;
    if (!in_.number("call.timeout", seconds)) return false;
    if (seconds <= 0 || seconds > Seconds(kMaxCallTimeout).count()) {
      return in_.fail("call.timeout", "must be above 0 and at most 3600 seconds");
    }
    timeout_ = std::chrono::ceil<Duration>(Seconds(seconds));
    return true;
  }

  bool take_left() {
    std::uint64_t milliseconds = 0;
    if (!in_.whole("left_ms", 0, kMaxTimeoutMs, milliseconds)) return false;
    left_ = Milliseconds(milliseconds);
    return true;
  }

  bool take_attempt() {
    std::uint64_t attempt = 0;
    if (!in_.whole("attempt", 1, UINT32_MAX, attempt)) return false;
    call_.attempt = static_cast<std::uint32_t>(attempt);
    return true;
  }

  bool take_chain() {
    call_.chain.clear();
    return in_.array("chain", kMaxChain, [&] { return take_entry(call_.chain.emplace_back()); });
  }

  bool take_entry(ChainEntry& entry) {
    const bool is_read = in_.object("chain", [&](std::string_view key) {
      if (key == "node") return in_.node("chain.node", entry.node);
      if (key == "server") return in_.text("chain.server", kMaxNameBytes, entry.server);
      if (key == "method") return in_.text("chain.method", kMaxNameBytes, entry.method);
      if (key == "call") return in_.whole("chain.call", 0, UINT64_MAX, entry.call);
      return in_.ignore();
    });
    if (!is_read) return false;
    if (entry.node.empty()) return in_.missing("chain.node");
    if (entry.server.empty()) return in_.missing("chain.server");
    return !entry.method.empty() || in_.missing("chain.method");
  }

  bool check_whole() {
    if (call_.server.empty()) return in_.missing("call.server_name");
    if (call_.method.empty()) return in_.missing("call.method");
    return call_.is_notification || !call_.response_id.empty() || in_.missing("response_id");
  }

  FieldReader in_;
  CallMessage call_;
  std::optional<Duration> left_;
  std::optional<Duration> timeout_;
};

class ResponseReader {
 public:
  ResponseReader(std::string_view data, JsonText state) : in_(data, kResponseDepth, state) {}

  Result<ResponseMessage> read() {
    response_.result = "null";
    in_.object("data", [&](std::string_view key) { return take(key); });
    if (!in_.has_failed()) check_whole();
    if (!in_.finish()) return in_.error();
    if (!response_.success) take_failure();
    return std::move(response_);
  }

 private:
  bool take(std::string_view key) {
    if (key == "response_id") return in_.text("response_id", kMaxMessageIdBytes, response_.response_id);
    if (key == "success") return take_success();
    if (key == "result") return in_.value_text("result", response_.result);
    if (key == "data") return in_.value_text("data", data_);
    if (in_.take_null()) return true;
    if (key == "node_id") return in_.node("node_id", response_.node_id);
    if (key == "error") return in_.text_or_empty("error", kMaxMessageBytes, response_.failure.message);
    if (key == "kind") return in_.text("kind", kMaxNameBytes, kind_);
    if (key == "error_kind") return in_.text("error_kind", kMaxNameBytes, response_.failure.error_kind);
    if (key == "code") return in_.number("code", code_);
    if (key == "ran") return take_ran();
    if (key == "node") return in_.node("node", where_.node);
    if (key == "path") return in_.nodes("path", kMaxTtl + 1, where_.path);
    if (key == "retry_after_ms") return take_retry();
    return in_.ignore();
  }

  bool take_success() {
    has_success_ = true;
    return in_.flag("success", response_.success);
  }

  bool take_ran() {
    std::string text;
    if (!in_.text("ran", kMaxNameBytes, text)) return false;
    for (const Ran ran : {Ran::kNo, Ran::kYes, Ran::kUnknown}) {
      if (name(ran) == text) ran_ = ran;
      if (name(ran) == text) return true;
    }
    return in_.fail("ran", "must be \"yes\", \"no\" or \"unknown\"");
  }

  bool take_retry() {
    std::uint64_t milliseconds = 0;
    if (!in_.whole("retry_after_ms", 0, kMaxTimeoutMs, milliseconds)) return false;
    response_.failure.retry_after = Milliseconds(milliseconds);
    return true;
  }

  bool check_whole() {
    if (response_.response_id.empty()) return in_.missing("response_id");
    return has_success_ || in_.missing("success");
  }

  // A kind that no call can fail with, or none, is what a program of another make threw.
  [[nodiscard]] Errc code() const {
    const Errc code = errc_from_name(kind_);
    const bool is_known = name(code) == kind_ && code != Errc::kParse && code != Errc::kIo;
    return is_known ? code : Errc::kApplication;
  }

  void take_failure() {
    Failure& failure = response_.failure;
    failure.code = code();
    failure.ran = ran_.value_or(usual_ran(failure.code));
    if (failure.code == Errc::kApplication) {
      if (data_.empty()) append_json_string(failure.thrown_json, failure.message);
      failure.thrown_json += data_;
    }
    if (where_.node.empty()) where_.node = response_.node_id;
    if (where_.node.empty() && where_.path.empty()) return;
    failure.where = std::make_unique<FailurePath>(std::move(where_));
  }

  FieldReader in_;
  ResponseMessage response_;
  bool has_success_ = false;
  std::string kind_;
  double code_ = 0;
  std::string_view data_;
  std::optional<Ran> ran_;
  FailurePath where_;
};

std::uint64_t whole_ms(Duration left) {
  const Duration bounded = std::clamp<Duration>(left, Duration::zero(), kMaxCallTimeout);
  return static_cast<std::uint64_t>(std::chrono::ceil<Milliseconds>(bounded).count());
}

// 29.5, 30
void append_seconds(std::string& out, std::uint64_t milliseconds) {
  append_whole(out, milliseconds / 1000);
  const unsigned rest = milliseconds % 1000;
  if (rest == 0) return;
  const char fraction[] = {'.', static_cast<char>('0' + rest / 100), static_cast<char>('0' + rest / 10 % 10),
                           static_cast<char>('0' + rest % 10)};
  out.append(fraction, sizeof fraction);
}

void append_text(std::string& out, std::string_view before, std::string_view text) {
  out.append(before);
  append_json_string(out, text);
}

void append_number(std::string& out, std::string_view before, std::uint64_t number) {
  out.append(before);
  append_whole(out, number);
}

void append_chain(std::string& out, const std::vector<ChainEntry>& chain) {
  out += R"(,"chain":[)";
  for (const ChainEntry& entry : chain) {
    if (out.back() != '[') out += ',';
    out += R"({"node":)";
    append_quoted(out, entry.node);
    append_text(out, R"(,"server":)", entry.server);
    append_text(out, R"(,"method":)", entry.method);
    append_number(out, R"(,"call":)", entry.call);
    out += '}';
  }
  out += ']';
}

// What only Relay nodes send each other.
void append_relay_members(std::string& out, const CallMessage& call, std::uint64_t left_ms) {
  append_number(out, R"(,"left_ms":)", left_ms);
  append_number(out, R"(,"inc":)", call.origin_inc);
  if (call.series != 0) append_number(out, R"(,"series":)", call.series);
  append_number(out, R"(,"n":)", call.n);
  if (call.target_inc != 0) append_number(out, R"(,"target_inc":)", call.target_inc);
  if (call.attempt != 1) append_number(out, R"(,"attempt":)", call.attempt);
  if (!call.trace.empty()) append_text(out, R"(,"trace":)", call.trace);
  if (!call.chain.empty()) append_chain(out, call.chain);
}

void begin_response(std::string& out, std::string_view response_id, std::string_view node_id) {
  append_text(out, R"({"response_id":)", response_id);
  out += R"(,"node_id":)";
  append_quoted(out, node_id);
}

void append_where(std::string& out, const FailurePath& where) {
  if (!where.node.empty()) {
    out += R"(,"node":)";
    append_quoted(out, where.node);
  }
  if (where.path.empty()) return;
  out += R"(,"path":)";
  append_nodes_list(out, where.path);
}

}  // namespace

bool is_too_deep(std::string_view json) {
  // Each level takes two brackets.
  if (json.size() <= 2 * kMaxJsonDepth) return false;
  JsonCursor cursor(json, {.max_depth = kMaxJsonDepth});
  std::string_view raw;
  return !cursor.skip(raw);
}

Result<CallMessage> parse_call(std::string_view data, JsonText state) {
  return CallReader(data, state).read();
}

void append_call(std::string& out, const CallMessage& call) {
  const std::uint64_t left_ms = whole_ms(call.left);
  out += '{';
  if (!call.response_id.empty()) {
    append_text(out, R"("response_id":)", call.response_id);
    out += ',';
  }
  append_text(out, R"("call":{"server_name":)", call.server);
  append_text(out, R"(,"method":)", call.method);
  if (!call.args.empty()) out.append(R"(,"args":)").append(call.args);
  if (left_ms != 0) {
    out += R"(,"timeout":)";
    append_seconds(out, left_ms);
  }
  out += '}';
  if (call.is_notification) out += R"(,"notify":true)";
  if (call.origin_inc != 0) append_relay_members(out, call, left_ms);
  out += '}';
}

Result<ResponseMessage> parse_response(std::string_view data, JsonText state) {
  return ResponseReader(data, state).read();
}

void append_response(std::string& out, std::string_view response_id, std::string_view node_id,
                     std::string_view result_json) {
  begin_response(out, response_id, node_id);
  out.append(R"(,"success":true,"result":)").append(result_json);
  out += '}';
}

void append_response(std::string& out, std::string_view response_id, std::string_view node_id,
                     const Failure& failure) {
  begin_response(out, response_id, node_id);
  append_text(out, R"(,"success":false,"error":)", failure.message);
  out += R"(,"code":)";
  out += std::to_string(error_code(failure.code));
  append_text(out, R"(,"kind":)", name(failure.code));
  if (!failure.error_kind.empty()) append_text(out, R"(,"error_kind":)", failure.error_kind);
  if (failure.code == Errc::kApplication && !failure.thrown_json.empty()) {
    out.append(R"(,"data":)").append(failure.thrown_json);
  }
  append_text(out, R"(,"ran":)", name(failure.ran));
  if (failure.where) append_where(out, *failure.where);
  if (failure.retry_after.count() > 0) {
    append_number(out, R"(,"retry_after_ms":)", static_cast<std::uint64_t>(failure.retry_after.count()));
  }
  out += '}';
}

Result<std::string> response_id_of(std::string_view data, JsonText state) {
  FieldReader in(data, kMaxMessageDepth, state);
  std::string id;
  in.object("data", [&](std::string_view key) {
    return key == "response_id" ? in.text("response_id", kMaxMessageIdBytes, id) : in.ignore();
  });
  if (id.empty() && !in.has_failed()) in.missing("response_id");
  if (!in.finish()) return in.error();
  return id;
}

}  // namespace relay::mesh
