#include "http/responder.h"

#include <utility>

#include "base/check.h"
#include "net/stream.h"

namespace relay::http {

Responder& Responder::operator=(Responder&& other) noexcept {
  if (this == &other) return *this;
  Responder dropped(std::move(*this));
  port_ = std::exchange(other.port_, nullptr);
  id_ = other.id_;
  return *this;
}

Responder::~Responder() {
  if (port_ != nullptr) reply(error_response(500, "the request was dropped without an answer"));
}

void Responder::reply(Response response) {
  RELAY_CHECK(port_ != nullptr, "a request is answered twice");
  std::exchange(port_, nullptr)->answer(id_, std::move(response));
}

std::optional<TakenStream> Responder::take_over() {
  RELAY_CHECK(port_ != nullptr, "a connection is taken over after the answer");
  auto taken = port_->take_over(id_);
  if (taken) port_ = nullptr;
  return taken;
}

}  // namespace relay::http
