#include "lsp/framer.h"

#include <algorithm>
#include <charconv>

#include "lsp/lsp_limits.h"

namespace relay::lsp {

namespace {

constexpr std::string_view kEndOfHeader = "\r\n\r\n";
constexpr std::string_view kLength = "content-length";

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") + 1 - begin);
}

bool equals_in_any_case(std::string_view text, std::string_view lower) {
  return std::equal(text.begin(), text.end(), lower.begin(), lower.end(), [](char a, char b) {
    return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b;
  });
}

std::optional<std::size_t> length_in(std::string_view digits) {
  std::size_t length = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), length);
  const bool is_length = error == std::errc() && end == digits.data() + digits.size() && length <= kMaxMessageBytes;
  return is_length ? std::optional(length) : std::nullopt;
}

}  // namespace

void Framer::feed(std::string_view bytes) {
  if (has_failed_) return;
  buffer_.erase(0, begin_);
  begin_ = 0;
  buffer_ += bytes;
}

std::optional<std::string> Framer::next() {
  if (has_failed_ || (!length_ && !read_header())) return std::nullopt;
  if (buffer_.size() - begin_ < *length_) return std::nullopt;
  std::string message = buffer_.substr(begin_, *length_);
  begin_ += *length_;
  length_.reset();
  return message;
}

// False when it is not whole yet, or wrong.
bool Framer::read_header() {
  const std::string_view rest = std::string_view(buffer_).substr(begin_);
  const std::size_t end = rest.substr(0, kMaxHeaderBytes).find(kEndOfHeader);
  if (end == std::string_view::npos) {
    has_failed_ = rest.size() >= kMaxHeaderBytes;
    return false;
  }
  std::string_view header = rest.substr(0, end + 2);
  while (!header.empty()) {
    const std::size_t line_end = header.find("\r\n");
    const std::string_view line = header.substr(0, line_end);
    header.remove_prefix(line_end + 2);
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    if (equals_in_any_case(trimmed(line.substr(0, colon)), kLength)) length_ = length_in(trimmed(line.substr(colon + 1)));
  }
  has_failed_ = !length_;
  begin_ += end + kEndOfHeader.size();
  return !has_failed_;
}

std::string framed(std::string_view message) {
  return "Content-Length: " + std::to_string(message.size()) + "\r\n\r\n" + std::string(message);
}

}  // namespace relay::lsp
