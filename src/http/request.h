#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace relay::net {
class Loop;
class Stream;
}  // namespace relay::net

namespace relay::http {

struct RequestHead;

// So many readable bytes follow every body, as vectorised JSON readers want; what they hold does not matter.
inline constexpr std::size_t kBodyPadding = 64;

// A request as its handler sees it. Everything is a view into the connection's buffers.
//
// Thread: the core of the connection, and only until the handler returns: what must live longer is copied or taken.
class Request {
 public:
  // `head_text`: the lines that `head` describes. `owned_body`: the string that `body` is the whole of, or nullptr.
  Request(const RequestHead& head, std::string_view head_text, std::string_view body, std::string* owned_body,
          const net::Stream& stream, net::Loop& loop)
      : head_(head), head_text_(head_text), body_(body), owned_body_(owned_body), stream_(stream), loop_(loop) {}
  Request(const Request&) = delete;
  Request& operator=(const Request&) = delete;

  // As sent: "GET", "POST"; methods are case-sensitive.
  [[nodiscard]] std::string_view method() const;
  // The path without the query, not percent-decoded; "*" for the asterisk form; the path part of an absolute URI.
  [[nodiscard]] std::string_view path() const;
  // What follows the first `?`, without it; empty when there is none.
  [[nodiscard]] std::string_view query() const;
  // The first field of this name (ASCII case does not matter), without the blanks around its value.
  [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const;

  // The whole body, decoded from chunks; kBodyPadding more bytes can be read behind it.
  [[nodiscard]] std::string_view body() const { return body_; }
  // The body for keeps; body() is empty afterwards. Its capacity includes kBodyPadding.
  [[nodiscard]] std::string take_body();

  // Whether the connection stays open after the answer.
  [[nodiscard]] bool keep_alive() const;
  // The client's address, "192.0.2.1:4711"; asks the system each time.
  [[nodiscard]] std::string peer() const;
  // The core that this request is on: timers and posts of its handling belong here.
  [[nodiscard]] net::Loop& loop() const { return loop_; }

 private:
  const RequestHead& head_;
  std::string_view head_text_;
  std::string_view body_;
  std::string* owned_body_;
  const net::Stream& stream_;
  net::Loop& loop_;
};

// The value of `key` in a query such as "a=1&b=2", not percent-decoded; nothing when it is absent.
[[nodiscard]] std::optional<std::string_view> query_value(std::string_view query, std::string_view key);

}  // namespace relay::http
