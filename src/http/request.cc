#include "http/request.h"

#include <utility>

#include "http/request_head.h"
#include "net/stream.h"

namespace relay::http {

std::string_view Request::method() const { return head_.method.in(head_text_); }

std::string_view Request::path() const { return head_.path.in(head_text_); }

std::string_view Request::query() const { return head_.query.in(head_text_); }

std::optional<std::string_view> Request::header(std::string_view name) const {
  const HeadField* field = find_field(head_, head_text_, name);
  if (field == nullptr) return std::nullopt;
  return field->value.in(head_text_);
}

std::string Request::take_body() {
  const std::string_view body = std::exchange(body_, {});
  std::string taken;
  if (owned_body_ != nullptr) {
    taken = std::move(*owned_body_);
    taken.reserve(taken.size() + kBodyPadding);
    return taken;
  }
  taken.reserve(body.size() + kBodyPadding);
  taken = body;
  return taken;
}

bool Request::keep_alive() const { return head_.keep_alive; }

std::string Request::peer() const { return stream_.peer_address(); }

std::optional<std::string_view> query_value(std::string_view query, std::string_view key) {
  while (!query.empty()) {
    const std::size_t end = query.find('&');
    const std::string_view pair = query.substr(0, end);
    query = end == std::string_view::npos ? std::string_view() : query.substr(end + 1);
    const std::size_t equals = pair.find('=');
    if (pair.substr(0, equals) != key) continue;
    return equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1);
  }
  return std::nullopt;
}

}  // namespace relay::http
