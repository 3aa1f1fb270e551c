#include "node/line_reader.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string_view>
#include <utility>

#include "base/utf8.h"

namespace relay::node {
namespace {

constexpr std::size_t kReadBytes = 64 * 1024;

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

LineReader::LineReader(int descriptor, std::size_t max_line) : descriptor_(descriptor), max_line_(max_line) {}

LineReader::~LineReader() { end(); }

void LineReader::end() {
  state_.with([](State& state) { state.ending = true; });
  event_.wake();
  if (thread_.joinable()) thread_.join();
}

void LineReader::read_line(Answer answer) {
  const bool is_first = state_.with([&](State& state) {
    state.requests.push_back(std::move(answer));
    return !std::exchange(state.started, true);
  });
  if (is_first) {
    thread_ = std::thread([this] { run(); });
  } else {
    event_.wake();
  }
}

bool LineReader::is_ending() const {
  return state_.with([](const State& state) { return state.ending; });
}

void LineReader::run() {
  while (!is_ending()) {
    if (state_.with([](const State& state) { return state.requests.empty(); })) {
      event_.wait();
    } else if (auto line = take_line()) {
      answer_first(std::move(*line));
    } else if (event_.wait_or(descriptor_, POLLIN) != WakeEvent::Ready::kWoken) {
      read_more();
    }
  }
}

void LineReader::answer_first(Line line) {
  const Answer answer = state_.with([](State& state) {
    Answer first = std::move(state.requests.front());
    state.requests.pop_front();
    return first;
  });
  answer(std::move(line));
}

std::optional<LineReader::Line> LineReader::take_line() {
  const std::size_t end = buffer_.find('\n', searched_);
  if (end == std::string::npos && !at_end_) {
    searched_ = buffer_.size();
    if (buffer_.size() <= max_line_) return std::nullopt;
    too_long_ = true;
    buffer_.clear();
    searched_ = 0;
    return std::nullopt;
  }
  if (end == std::string::npos && buffer_.empty() && !too_long_) return Line(std::optional<std::string>());

  const std::size_t length = std::min(end, buffer_.size());
  std::string_view line = std::string_view(buffer_).substr(0, length);
  if (line.ends_with('\r')) line.remove_suffix(1);
  const bool refused = std::exchange(too_long_, false) || line.size() > max_line_;
  Line result = refused ? Line(Error{Errc::kTooLarge, "a line of standard input is longer than " +
                                                          std::to_string(max_line_) + " bytes"})
                        : Line(std::optional(valid_utf8(line)));
  buffer_.erase(0, length + 1);
  searched_ = 0;
  return result;
}

void LineReader::read_more() {
  const std::size_t before = buffer_.size();
  buffer_.resize(before + kReadBytes);
  const ssize_t count = read(descriptor_, buffer_.data() + before, kReadBytes);
  buffer_.resize(before + static_cast<std::size_t>(count > 0 ? count : 0));
  const bool is_over = count == 0 || (count < 0 && errno != EINTR && errno != EAGAIN);
  if (is_over) at_end_ = true;
}

}  // namespace relay::node
