#include "node/line_buffer.h"

#include <algorithm>
#include <utility>

#include "base/utf8.h"

namespace relay::node {
namespace {

std::string valid_utf8(std::string_view text) {
  std::string valid;
  valid.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const Utf8Step step = decode_utf8(text, at);
    append_utf8(valid, step.code_point);
    at += step.size;
  }
  return valid;
}

}  // namespace

std::optional<Input::Line> LineBuffer::take_line() {
  const std::size_t end = buffer_.find('\n', searched_);
  if (end == std::string::npos && !at_end_) {
    searched_ = buffer_.size();
    if (buffer_.size() <= max_line_) return std::nullopt;
    too_long_ = true;
    buffer_.clear();
    searched_ = 0;
    return std::nullopt;
  }
  if (end == std::string::npos && buffer_.empty() && !too_long_) return Input::Line(std::optional<std::string>());

  const std::size_t length = std::min(end, buffer_.size());
  std::string_view line = std::string_view(buffer_).substr(0, length);
  if (line.ends_with('\r')) line.remove_suffix(1);
  const bool refused = std::exchange(too_long_, false) || line.size() > max_line_;
  Input::Line result = refused ? Input::Line(Error{Errc::kTooLarge, "a line of standard input is longer than " +
                                                          std::to_string(max_line_) + " bytes"})
                        : Input::Line(std::optional(valid_utf8(line)));
  buffer_.erase(0, length + 1);
  searched_ = 0;
  return result;
}

std::string LineBuffer::take_rest() {
  searched_ = 0;
  return std::exchange(buffer_, {});
}

}  // namespace relay::node
