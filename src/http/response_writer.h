#pragma once

#include <string>
#include <string_view>

#include "http/date_line.h"
#include "http/output_queue.h"
#include "http/request_head.h"
#include "http/response.h"
#include "net/loop.h"

namespace relay::http {

// What the form of an answer depends on besides the answer.
struct ReplyForm {
  enum class Body : std::uint8_t { kSent, kLeftOut };  // kLeftOut: the answer to a HEAD
  enum class After : std::uint8_t { kKeepAlive, kClose };

  Version version = Version::kHttp11;
  Body body = Body::kSent;
  After after = After::kKeepAlive;
  // Header lines that depend on the request's Origin.
  std::string cors;
};

// Turns answers into bytes. The lines that every answer has alike are made once.
// Thread: its core.
class ResponseWriter {
 public:
  // `fixed_headers`: lines that go into every answer.
  ResponseWriter(const net::Loop& loop, std::string fixed_headers)
      : loop_(loop), fixed_headers_(std::move(fixed_headers)) {}

  void write(OutputQueue& out, Response response, const ReplyForm& form);

 private:
  const net::Loop& loop_;
  const std::string fixed_headers_;
  DateLine date_;
};

}  // namespace relay::http
