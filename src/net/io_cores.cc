#include "net/io_cores.h"

#include <pthread.h>

#include <string>

#include "base/check.h"

namespace relay::net {

IoCores::IoCores(std::size_t count, const Clock& clock) {
  RELAY_CHECK(count > 0, "a node needs a core");
  for (std::size_t index = 0; index < count; ++index) cores_.push_back(std::make_unique<IoCore>(index, clock));
}

IoCores::~IoCores() {
  stop();
  join();
}

void IoCores::start() {
  for (const auto& core : cores_) {
    threads_.emplace_back([&core = *core] { core.run(); });
    pthread_setname_np(threads_.back().native_handle(), ("relay-core-" + std::to_string(core->index())).c_str());
  }
}

void IoCores::stop() {
  for (const auto& core : cores_) core->stop();
}

void IoCores::join() {
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
  // What is destroyed may post in turn.
  for (bool dropped = true; dropped;) {
    dropped = false;
    for (const auto& core : cores_) dropped = core->drop_pending() || dropped;
  }
}

void IoCores::post_to_all(const std::function<void(IoCore&)>& task) {
  for (const auto& core : cores_) core->post([task, &core = *core] { task(core); });
}

}  // namespace relay::net
