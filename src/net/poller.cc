#include "net/poller.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <string>
#include <utility>

#include "base/check.h"
#include "net/watched_socket.h"

namespace relay::net {
namespace {

Error cannot_wait() { return {Errc::kIo, std::string("cannot wait for sockets: ") + std::strerror(errno)}; }

int in_milliseconds(Duration timeout) {
  if (timeout == Poller::kForever) return -1;
  const auto rounded_up = std::chrono::ceil<std::chrono::milliseconds>(timeout).count();
  return static_cast<int>(std::clamp<std::int64_t>(rounded_up, 0, 1'000'000'000));
}

}  // namespace

Result<void> Poller::open() {
  if (is_open()) return {};
  Socket set(epoll_create1(EPOLL_CLOEXEC));
  if (!set) return cannot_wait();
  Socket alarm(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (!alarm) return cannot_wait();
  // Each write is an edge, so that nobody has to read it.
  epoll_event event{};
  event.events = EPOLLIN | EPOLLET;
  if (epoll_ctl(set.get(), EPOLL_CTL_ADD, alarm.get(), &event) != 0) return cannot_wait();
  set_ = std::move(set);
  alarm_ = std::move(alarm);
  return {};
}

void Poller::wake() {
  const std::uint64_t one = 1;
  [[maybe_unused]] const ssize_t ignored = ::write(alarm_.get(), &one, sizeof one);
}

std::size_t Poller::poll(Duration timeout) {
  const int milliseconds = due_.empty() ? in_milliseconds(timeout) : 0;
  const int count = epoll_wait(set_.get(), events_.data(), static_cast<int>(events_.size()), milliseconds);
  RELAY_CHECK(count >= 0 || errno == EINTR, "epoll_wait fails");
  event_count_ = static_cast<std::size_t>(std::max(count, 0));
  const std::size_t told = due_.size() + event_count_;
  tell_due();
  tell_events();
  return told;
}

void Poller::tell_events() {
  const auto socket = [this](std::size_t index) { return static_cast<WatchedSocket*>(events_[index].data.ptr); };
  for (std::size_t i = 0; i < event_count_; ++i) {
    if (socket(i) != nullptr) socket(i)->note(events_[i].events);
    // What is told may end this socket, or one further on.
    if (socket(i) != nullptr) socket(i)->tell_readable();
    if (socket(i) != nullptr) socket(i)->tell_writable();
  }
  event_count_ = 0;
}

void Poller::tell_due() {
  if (due_.empty()) return;
  running_due_.swap(due_);
  for (std::size_t i = 0; i < running_due_.size(); ++i) {
    if (running_due_[i] != nullptr) running_due_[i]->is_due_ = false;
    if (running_due_[i] != nullptr) running_due_[i]->tell_readable();
    if (running_due_[i] != nullptr) running_due_[i]->tell_writable();
  }
  running_due_.clear();
}

bool Poller::add(WatchedSocket& socket, int descriptor) {
  epoll_event event{};
  event.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLPRI | EPOLLET;
  event.data.ptr = &socket;
  return epoll_ctl(set_.get(), EPOLL_CTL_ADD, descriptor, &event) == 0;
}

void Poller::remove(WatchedSocket& socket, int descriptor) {
  epoll_ctl(set_.get(), EPOLL_CTL_DEL, descriptor, nullptr);
  const auto forget = [&socket](std::vector<WatchedSocket*>& sockets) {
    std::replace(sockets.begin(), sockets.end(), &socket, static_cast<WatchedSocket*>(nullptr));
  };
  for (std::size_t i = 0; i < event_count_; ++i) {
    if (events_[i].data.ptr == &socket) events_[i].data.ptr = nullptr;
  }
  if (socket.is_due_) forget(due_);
  forget(running_due_);
}

void Poller::tell_soon(WatchedSocket& socket) {
  if (!std::exchange(socket.is_due_, true)) due_.push_back(&socket);
}

}  // namespace relay::net
