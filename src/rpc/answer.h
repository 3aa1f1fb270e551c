#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace relay::rpc {

// What POST /rpc answers. The HTTP status speaks of HTTP only: 200 where a request was understood, 400 where
// the body is no request, 204 with an empty body where all were notifications.
struct Answer {
  unsigned status = 200;
  std::string body;  // JSON; empty for 204
};

// Where the answer to one body goes.
// Thread: answer() is called once, on any core; the sink is destroyed there.
class AnswerSink {
 public:
  virtual ~AnswerSink() = default;
  virtual void answer(Answer answer) = 0;
};

// Whether clients are told where in the program an error arose (-dev), or nothing of its inside.
enum class ErrorDetail : std::uint8_t { kHidden, kShown };

// The answer of /rpc to an HTTP method other than POST (and OPTIONS): 405, Invalid Request.
[[nodiscard]] Answer wrong_http_method();

}  // namespace relay::rpc
