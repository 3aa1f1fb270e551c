#include "node/line_reader.h"

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace relay::node {
namespace {

constexpr std::size_t kReadBytes = 64 * 1024;

}  // namespace

LineReader::LineReader(int descriptor, std::size_t max_line) : descriptor_(descriptor), lines_(max_line) {}

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
    } else if (auto line = lines_.take_line()) {
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

void LineReader::read_more() {
  char bytes[kReadBytes];
  const ssize_t count = read(descriptor_, bytes, sizeof bytes);
  if (count > 0) lines_.add({bytes, static_cast<std::size_t>(count)});
  const bool is_over = count == 0 || (count < 0 && errno != EINTR && errno != EAGAIN);
  if (is_over) lines_.end();
}

}  // namespace relay::node
