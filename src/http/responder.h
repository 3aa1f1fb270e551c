#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "http/response.h"

namespace relay::net {
class Stream;
}

namespace relay::http {

// Which request of which connection of a core. A connection that is gone has no request, so a late answer finds nobody.
struct RequestId {
  std::uint32_t connection = 0;  // place in the core's table
  std::uint32_t generation = 0;  // of that place
  std::uint64_t number = 0;      // counts the connection's requests from 0
};

// A connection handed over to a handler that speaks another protocol on it.
struct TakenStream {
  std::unique_ptr<net::Stream> stream;  // has no listener; writes nothing by itself
  std::string unread;                   // what the client has sent behind the request's head
};

// Takes answers to the connections of one core.
class ReplyPort {
 public:
  // Thread: any. The caller's own core is the fast path: no post, no wake-up.
  virtual void answer(RequestId id, Response response) = 0;
  // Thread: the connection's core, while its handler runs. Nothing when earlier requests are unanswered.
  [[nodiscard]] virtual std::optional<TakenStream> take_over(RequestId id) = 0;

 protected:
  ~ReplyPort() = default;
};

// The right and the duty to answer one request. Dropped unanswered, it answers 500, so no client waits for ever and
// no answer behind it is held up.
//
// Order:  answers may be given in any order and from any core; the client gets them in the order of its requests.
// Owner:  the Server and its cores outlive every Responder.
// Thread: one at a time, any.
class Responder {
 public:
  Responder(ReplyPort& port, RequestId id) : port_(&port), id_(id) {}
  Responder(Responder&& other) noexcept : port_(other.port_), id_(other.id_) { other.port_ = nullptr; }
  Responder& operator=(Responder&& other) noexcept;
  Responder(const Responder&) = delete;
  Responder& operator=(const Responder&) = delete;
  ~Responder();

  // Answers; afterwards this responder is empty. A second answer is a bug.
  void reply(Response response);

  // Takes the connection out of HTTP, for an upgrade. Only inside the handler; nothing (and the responder still
  // owes an answer) when earlier requests on the connection are unanswered.
  [[nodiscard]] std::optional<TakenStream> take_over();

  [[nodiscard]] bool is_open() const { return port_ != nullptr; }

 private:
  ReplyPort* port_;
  RequestId id_;
};

}  // namespace relay::http
