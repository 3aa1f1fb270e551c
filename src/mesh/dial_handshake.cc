#include "mesh/dial_handshake.h"

#include <array>
#include <string_view>
#include <utility>

#include "mesh/http_text.h"

namespace relay::mesh {
namespace {

constexpr std::size_t kMaxAnswerBytes = 16u << 10;
constexpr std::string_view kHeadEnd = "\r\n\r\n";

Error broken() {
  return {Errc::kUnreachable, "the connection broke during the handshake"};
}

}  // namespace

DialHandshake::DialHandshake(std::unique_ptr<net::Stream> stream, const DialRequest& request, Done done)
    : stream_(std::move(stream)),
      key_(request.key),
      request_(dial_request(request)),
      done_(std::move(done)) {}

void DialHandshake::start() {
  stream_->set_listener(this);
  stream_->wait_writable();
}

void DialHandshake::on_writable() {
  const std::array<std::string_view, 1> pieces{request_};
  const net::IoResult result = stream_->write(pieces);
  switch (result.status) {
    case net::IoResult::Status::kDone:
      request_.erase(0, result.bytes);
      break;
    case net::IoResult::Status::kWouldBlock:
      break;
    case net::IoResult::Status::kEnd:
    case net::IoResult::Status::kFailed:
      return finish(broken());
  }
  request_.empty() ? stream_->wait_readable() : stream_->wait_writable();
}

void DialHandshake::on_readable() {
  read_answer();
}

void DialHandshake::read_answer() {
  std::array<char, 4096> buffer;  // NOLINT(cppcoreguidelines-pro-type-member-init)
  const net::IoResult result = stream_->read(buffer);
  switch (result.status) {
    case net::IoResult::Status::kDone:
      answer_.append(buffer.data(), result.bytes);
      break;
    case net::IoResult::Status::kWouldBlock:
      break;
    case net::IoResult::Status::kEnd:
      has_ended_ = true;
      break;
    case net::IoResult::Status::kFailed:
      return finish(broken());
  }
  take_answer();
}

void DialHandshake::take_answer() {
  if (head_bytes_ == 0) {
    const std::size_t end = answer_.find(kHeadEnd);
    if (end != std::string::npos) head_bytes_ = end + kHeadEnd.size();
  }
  if (!is_whole()) {
    if (has_ended_) return finish(Error{Errc::kUnreachable, "it ended the connection without an answer"});
    if (answer_.size() >= kMaxAnswerBytes) return finish(Error{Errc::kParse, "its answer is too long"});
    return stream_->wait_readable();
  }
  const std::string head = answer_.substr(0, head_bytes_);
  answer_.erase(0, head_bytes_);
  auto answer = read_dial_answer(head, answer_, key_);
  if (!answer) return finish(answer.error());
  stream_->set_listener(nullptr);
  finish(Dialled{std::move(*answer), std::move(stream_), std::move(answer_), key_});
}

// Whether the head is there and, of a refusal, the body that it promises.
bool DialHandshake::is_whole() const {
  if (head_bytes_ == 0) return false;
  const std::string_view head = std::string_view(answer_).substr(0, head_bytes_);
  const bool is_refusal = head.starts_with("HTTP/1.") && head.find(" 101") != 8;
  if (!is_refusal || has_ended_ || answer_.size() >= kMaxAnswerBytes) return true;
  const auto body_bytes = parse_decimal(field_of(head, "Content-Length"));
  return answer_.size() - head_bytes_ >= body_bytes.value_or(0);
}

void DialHandshake::finish(Result<Dialled> result) {
  const Done tell = std::exchange(done_, nullptr);
  if (stream_) stream_->close();
  tell(std::move(result));
}

}  // namespace relay::mesh
