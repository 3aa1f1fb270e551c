#include "repl/standard_input.h"

#include <unistd.h>

#include <cerrno>
#include <utility>

namespace relay::repl {
namespace {

constexpr std::size_t kReadBytes = 64 * 1024;
constexpr std::size_t kMaxLine = std::size_t{64} << 20;

}  // namespace

StandardInput::StandardInput(int descriptor, std::function<void()> wake)
    : descriptor_(descriptor), wake_(std::move(wake)), lines_(kMaxLine) {}

void StandardInput::read_line(std::function<void(Line)> done) {
  requests_.with([&](auto& requests) { requests.push_back(std::move(done)); });
  wake_();
}

bool StandardInput::is_wanted() const {
  return requests_.with([](const auto& requests) { return !requests.empty(); });
}

void StandardInput::serve_program() {
  while (is_wanted()) {
    std::optional<Line> line = take_line();
    if (!line) return;
    const Request first = requests_.with([](auto& requests) {
      Request taken = std::move(requests.front());
      requests.pop_front();
      return taken;
    });
    first(std::move(*line));
  }
}

void StandardInput::drop_requests() {
  requests_.with([](auto& requests) { requests.clear(); });
}

void StandardInput::read_some() {
  char bytes[kReadBytes];
  const ssize_t count = read(descriptor_, bytes, sizeof bytes);
  if (count > 0) lines_.add({bytes, static_cast<std::size_t>(count)});
  const bool is_over = count == 0 || (count < 0 && errno != EINTR && errno != EAGAIN);
  if (is_over) lines_.end();
}

std::optional<Input::Line> StandardInput::take_line() {
  if (returned_.empty()) return lines_.take_line();
  std::string line = std::move(returned_.front());
  returned_.pop_front();
  return Line(std::optional<std::string>(std::move(line)));
}

}  // namespace relay::repl
