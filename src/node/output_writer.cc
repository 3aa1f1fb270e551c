#include "node/output_writer.h"

#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <iterator>
#include <utility>

namespace relay::node {
namespace {

using Callbacks = std::vector<std::function<void()>>;

void call_all(const Callbacks& callbacks) {
  for (const auto& callback : callbacks) callback();
}

void move_all(Callbacks& from, Callbacks& to) {
  std::move(from.begin(), from.end(), std::back_inserter(to));
  from.clear();
}

// A pipe that is writable takes so much without blocking; a file never blocks.
std::size_t chunk_of(int descriptor) {
  struct stat status {};
  const bool is_file = fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
  return is_file ? std::size_t{1} << 20 : PIPE_BUF;
}

}  // namespace

OutputWriter::OutputWriter(int descriptor, std::size_t capacity)
    : descriptor_(descriptor),
      capacity_(capacity),
      chunk_bytes_(chunk_of(descriptor)),
      thread_([this] { run(); }) {}

OutputWriter::~OutputWriter() { end(); }

void OutputWriter::end() {
  if (!thread_.joinable()) return;
  state_.with([](State& state) { state.ending = true; });
  event_.wake();
  thread_.join();
}

Host::Printed OutputWriter::print(std::string_view text) {
  bool was_idle = false;
  const Host::Printed room = state_.with([&](State& state) {
    if (state.broken != 0) return Host::Printed::kAccepted;
    was_idle = state.pending.empty() && !state.writing;
    state.pending += text;
    return state.pending.size() < capacity_ ? Host::Printed::kAccepted : Host::Printed::kWait;
  });
  if (was_idle) event_.wake();
  return room;
}

void OutputWriter::when_room(std::function<void()> resume) {
  const bool has_room = state_.with([&](State& state) {
    if (state.broken != 0 || state.pending.size() < capacity_) return true;
    state.wanting_room.push_back(std::move(resume));
    return false;
  });
  if (has_room) resume();
}

void OutputWriter::when_broken(std::function<void(int)> told) {
  const int error = state_.with([&](State& state) {
    if (state.broken == 0) state.wanting_break.push_back(std::move(told));
    return state.broken;
  });
  if (error != 0) told(error);
}

void OutputWriter::when_flushed(std::function<void()> done) {
  const bool is_out = state_.with([&](State& state) {
    if (state.broken != 0 || (state.pending.empty() && !state.writing)) return true;
    auto& wanting = state.pending.empty() ? state.wanting_written : state.wanting_flush;
    wanting.push_back(std::move(done));
    return false;
  });
  if (is_out) done();
}

bool OutputWriter::is_broken() const {
  return state_.with([](const State& state) { return state.broken != 0; });
}

bool OutputWriter::is_ending() const {
  return state_.with([](const State& state) { return state.ending; });
}

void OutputWriter::run() {
  std::string text;
  while (!is_ending()) {
    if (!take_text(text)) {
      event_.wait();
      continue;
    }
    const Written how = write_out(text);
    if (how.stopped) return;
    finish(how.error);
  }
}

bool OutputWriter::take_text(std::string& text) {
  text.clear();
  Callbacks resumed;
  const bool taken = state_.with([&](State& state) {
    if (state.pending.empty()) return false;
    state.pending.swap(text);
    state.writing = true;
    resumed.swap(state.wanting_room);
    move_all(state.wanting_flush, state.wanting_written);
    return true;
  });
  call_all(resumed);
  return taken;
}

OutputWriter::Written OutputWriter::write_out(std::string_view text) {
  while (!text.empty()) {
    const WakeEvent::Ready ready = event_.wait_or(descriptor_, POLLOUT);
    if (ready == WakeEvent::Ready::kFailed) return {.error = errno};
    if (is_ending()) return {.stopped = true};
    if (ready == WakeEvent::Ready::kWoken) continue;
    const ssize_t count = ::write(descriptor_, text.data(), std::min(text.size(), chunk_bytes_));
    if (count >= 0) text.remove_prefix(static_cast<std::size_t>(count));
    if (count < 0 && errno != EINTR && errno != EAGAIN) return {.error = errno};
  }
  return {};
}

void OutputWriter::finish(int error) {
  Callbacks told;
  std::vector<std::function<void(int)>> told_of_break;
  state_.with([&](State& state) {
    state.writing = false;
    if (error != 0) {
      state.broken = error;
      state.pending.clear();
      told_of_break.swap(state.wanting_break);
      move_all(state.wanting_room, told);
      move_all(state.wanting_flush, told);
    }
    move_all(state.wanting_written, told);
  });
  for (const auto& callback : told_of_break) callback(error);
  call_all(told);
}

}  // namespace relay::node
