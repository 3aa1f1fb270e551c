#include "http/response_writer.h"

#include <array>
#include <charconv>
#include <utility>

namespace relay::http {
namespace {

void append_number(std::string& out, std::size_t number) {
  std::array<char, 20> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), end);
}

void append_status_line(std::string& out, int status) {
  if (status == 200) {
    out += "HTTP/1.1 200 OK\r\n";
    return;
  }
  out += "HTTP/1.1 ";
  append_number(out, static_cast<std::size_t>(status));
  out += ' ';
  out += reason_phrase(status);
  out += "\r\n";
}

void append_connection(std::string& out, const ReplyForm& form) {
  if (form.after == ReplyForm::After::kClose) {
    out += "Connection: close\r\n";
  } else if (form.version == Version::kHttp10) {
    out += "Connection: keep-alive\r\n";
  }
}

}  // namespace

void ResponseWriter::write(OutputQueue& out, Response response, const ReplyForm& form) {
  std::string& text = out.text();
  append_status_line(text, response.status);
  text += date_.at(loop_.round_time(), loop_.clock());
  text += fixed_headers_;
  text += form.cors;
  text += response.headers;
  append_connection(text, form);
  if (response.status == 204) {
    text += "\r\n";
    return;
  }
  if (!response.body.empty()) {
    text += "Content-Type: ";
    text += response.content_type;
    text += "\r\n";
  }
  text += "Content-Length: ";
  append_number(text, response.body.size());
  text += "\r\n\r\n";
  if (form.body == ReplyForm::Body::kSent) out.append_body(std::move(response.body));
}

}  // namespace relay::http
