#include <algorithm>
#include <utility>

#include "base/release_text.h"
#include "http/session.h"

namespace relay::http {
namespace {

// Full reads of one turn; then other connections have their turn.
constexpr int kReadsPerTurn = 4;
// What a request costs besides its bytes: its place, its call.
constexpr std::size_t kRequestOverhead = 512;
// A body's string begins with room for so much of what its length promises: promises cost nothing.
constexpr std::uint64_t kTrustedBytes = 64 * 1024;
// Buffers above this are not kept between requests.
constexpr std::size_t kKeptBytes = 4096;

ReplyForm form_of(const RequestHead& head, std::string_view text, const Cors& cors) {
  ReplyForm form;
  form.version = head.version;
  if (head.method.in(text) == "HEAD") form.body = ReplyForm::Body::kLeftOut;
  if (!head.keep_alive) form.after = ReplyForm::After::kClose;
  if (cors.mode != Cors::Mode::kList) return form;
  const HeadField* origin = find_field(head, text, "origin");
  if (origin != nullptr) form.cors = cors_headers_for(cors, origin->value.in(text));
  return form;
}

Response overloaded(CoreContext& context) {
  context.too_much.count(context.loop.round_time());
  Response response = error_response(503, context.too_much.reason());
  response.headers = "Retry-After: 1\r\n";
  return response;
}

void empty_buffer(std::string& buffer) {
  buffer.clear();
  if (buffer.capacity() > kKeptBytes) release_text(buffer);
}

}  // namespace

bool Session::may_begin_request() const {
  const HttpLimits& limits = context_.config.limits;
  return replies_.open_count() < limits.open_requests && held_bytes() < limits.connection_bytes;
}

bool Session::wants_input() const {
  if (input_ended_) return false;
  switch (phase_) {
    case Phase::kHead: return may_begin_request();
    case Phase::kBody:
    case Phase::kSkip:
    case Phase::kLinger: return true;
    case Phase::kFinal:
    case Phase::kClosed: break;
  }
  return false;
}

void Session::read_input() {
  for (int reads = 0; reads < kReadsPerTurn && wants_input() && read_once(); ++reads) {
  }
}

// Whether there may be more.
bool Session::read_once() {
  const std::span<char> into(context_.scratch.data(), CoreContext::kReadBytes);
  const net::IoResult result = stream_->read(into);
  switch (result.status) {
    case net::IoResult::Status::kDone: take_input({into.data(), result.bytes}); return result.bytes == into.size();
    case net::IoResult::Status::kEnd: take_end_of_input(); return false;
    case net::IoResult::Status::kWouldBlock: return false;
    case net::IoResult::Status::kFailed: close(); return false;
  }
  return false;
}

void Session::take_end_of_input() {
  input_ended_ = true;
  if (phase_ == Phase::kLinger) return close();
  if (phase_ == Phase::kBody || phase_ == Phase::kSkip) fail_request({400, "the request ends inside its body"});
}

void Session::take_input(std::string_view bytes) {
  if (input_.empty()) {
    const std::size_t used = consume(bytes);
    input_.append(bytes.substr(used));
  } else {
    input_.append(bytes);
    input_.drop(consume(input_.view()));
  }
}

// How many bytes at the front are used up.
std::size_t Session::consume(std::string_view text) {
  std::size_t used = 0;
  while (used < text.size()) {
    const std::string_view rest = text.substr(used);
    std::size_t step = 0;
    switch (phase_) {
      case Phase::kHead: step = consume_head(rest); break;
      case Phase::kBody:
      case Phase::kSkip: step = consume_body(rest); break;
      case Phase::kFinal:
      case Phase::kLinger:
      case Phase::kClosed: return text.size();
    }
    if (step == 0) break;
    used += step;
  }
  return used;
}

std::size_t Session::consume_head(std::string_view text) {
  held_back_ = !may_begin_request();
  if (held_back_) return 0;
  switch (parser_.advance(text)) {
    case HeadParser::Status::kIncomplete: return 0;
    case HeadParser::Status::kRefused: fail_head(parser_.refusal()); return text.size();
    case HeadParser::Status::kComplete: break;
  }
  return begin_request(text);
}

std::size_t Session::begin_request(std::string_view text) {
  const RequestHead& head = parser_.head();
  const std::string_view head_text = text.substr(0, parser_.head_size());
  const std::string_view rest = text.substr(head_text.size());
  const std::size_t length = static_cast<std::size_t>(head.content_length);
  clock_.wait_for(SessionClock::Wait::kBusy, context_.loop.round_time());

  Admission admission = admit(head, head_text, context_.routes, context_.config);
  route_ = admission.route;
  if (route_ != nullptr && context_.budget.is_exhausted()) admission = {nullptr, overloaded(context_)};
  current_ = replies_.open(form_of(head, head_text, context_.config.cors), head_text.size() + kRequestOverhead);

  if (length > context_.config.limits.body_bytes) {
    fail_request({413, "the request's body is too large; -max-body raises the limit"});
    return text.size();
  }
  const bool body_is_here = head.framing != Framing::kChunked && length <= rest.size();
  if (!body_is_here) {
    await_body(head_text, rest, std::move(admission.answer));
    return head_text.size();
  }
  if (admission.answer) {
    replies_.fill(current_, std::move(*admission.answer), ReplyForm::After::kKeepAlive);
  } else {
    replies_.grow(current_, length);
    dispatch(head_text, rest.substr(0, length), nullptr, rest.substr(length));
  }
  end_request();
  return head_text.size() + length;
}

void Session::await_body(std::string_view head_text, std::string_view rest, std::optional<Response> early_answer) {
  const RequestHead& head = parser_.head();
  if (head.expects_continue && early_answer) {
    // Whether the client sends the body after such an answer is its choice, so nothing behind it can be understood.
    replies_.fill(current_, std::move(*early_answer), ReplyForm::After::kClose);
    phase_ = Phase::kFinal;
    return;
  }
  if (head.expects_continue && rest.empty()) replies_.want_continue(current_);
  phase_ = early_answer ? Phase::kSkip : Phase::kBody;
  early_answer_ = std::move(early_answer);
  head_text_ = head_text;
  length_left_ = head.content_length;
  chunks_.reset();
  if (phase_ == Phase::kBody) body_.reserve(std::min(length_left_, kTrustedBytes) + kBodyPadding);
}

std::size_t Session::consume_body(std::string_view text) {
  std::string_view rest = text;
  if (context_.budget.is_exhausted() && phase_ == Phase::kBody) {
    context_.too_much.count(context_.loop.round_time());
    fail_request({503, context_.too_much.reason()});
    return text.size();
  }
  const bool is_whole = take_body_bytes(rest);
  clock_.body_bytes(text.size() - rest.size());
  if (phase_ == Phase::kFinal) return text.size();
  if (phase_ == Phase::kSkip) empty_buffer(body_);
  if (is_whole) finish_body(rest);
  return text.size() - rest.size();
}

// Whether the body is whole; a malformed one fails the request.
bool Session::take_body_bytes(std::string_view& text) {
  if (parser_.head().framing == Framing::kChunked) {
    const ChunkDecoder::Status status = chunks_.advance(text, body_);
    if (status == ChunkDecoder::Status::kRefused) fail_request(chunks_.refusal());
    return status == ChunkDecoder::Status::kComplete;
  }
  const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(length_left_, text.size()));
  body_.append(text.substr(0, count));
  text.remove_prefix(count);
  length_left_ -= count;
  return length_left_ == 0;
}

void Session::finish_body(std::string_view rest) {
  phase_ = Phase::kHead;
  if (early_answer_) {
    replies_.fill(current_, std::move(*std::exchange(early_answer_, std::nullopt)), ReplyForm::After::kKeepAlive);
  } else {
    replies_.grow(current_, body_.size());
    body_.reserve(body_.size() + kBodyPadding);
    dispatch(head_text_, body_, &body_, rest);
  }
  empty_buffer(body_);
  end_request();
}

void Session::dispatch(std::string_view head_text, std::string_view body, std::string* owned, std::string_view rest) {
  unread_ = rest;
  is_dispatching_ = true;
  Request request(parser_.head(), head_text, body, owned, *stream_, context_.loop);
  route_->handler(request, Responder(owner_, {id_.connection, id_.generation, current_}));
  is_dispatching_ = false;
}

// The request's bytes have passed; its answer may come later.
void Session::end_request() {
  if (phase_ == Phase::kClosed) return;
  if (!parser_.head().keep_alive) phase_ = Phase::kFinal;
  clock_.wait_for(SessionClock::Wait::kBusy, context_.loop.round_time());
  parser_.reset();
}

void Session::fail_head(Refusal refusal) {
  current_ = replies_.open(ReplyForm(), kRequestOverhead);
  fail_request(refusal);
}

void Session::fail_request(Refusal refusal) {
  replies_.fill(current_, error_response(refusal.status, refusal.reason), ReplyForm::After::kClose);
  phase_ = Phase::kFinal;
}

}  // namespace relay::http
