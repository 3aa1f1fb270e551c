#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/executor.h"
#include "base/result.h"
#include "net/address.h"

namespace relay::net {

// Looks up names for a core on threads aside: the system's look-up blocks, for half a minute where no name server answers.
//
// Order:  begun in the order asked; one that hangs does not hold up the next.
// Bound:  kLookUpThreads at once, the others wait; who asks bounds how many.
// Owner:  the core. Destroying it waits for nothing: a look-up that hangs ends by itself, and its answer is dropped.
// Thread: the core's, or any one thread while the core does not run.
class Resolver {
 public:
  using Found = Result<std::vector<Address>>;
  // Blocks; called on the threads aside, also after the resolver has gone.
  using LookUp = std::function<Found(const std::string& host, const std::string& port)>;

  // `core` is where answers are given.
  explicit Resolver(Executor& core, LookUp look_up = resolve);
  ~Resolver();
  Resolver(const Resolver&) = delete;
  Resolver& operator=(const Resolver&) = delete;

  // The addresses of `host`, at least one, with this port. Errors: kUnreachable, a sentence.
  using Done = std::function<void(Found)>;
  using Id = std::uint64_t;
  Id look_up(std::string host, std::string port, Done done);
  // Its `done` is not called. Nothing happens for one that was answered.
  void give_up(Id id);

 private:
  struct Work;
  void begin_thread();
  void answer(Id id, Found found);

  Executor& core_;
  std::shared_ptr<Work> work_;  // with the threads
  std::map<Id, Done> asked_;
  Id last_id_ = 0;
};

}  // namespace relay::net
