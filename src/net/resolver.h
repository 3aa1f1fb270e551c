#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/executor.h"
#include "base/result.h"
#include "net/address.h"

namespace relay::net {

// Looks up names for a core, on a thread of its own that begins with the first of them: the system's look-up blocks.
//
// Order:  one after the other.
// Owner:  destroying it waits for the look-up that runs, and drops the others.
// Thread: the core's.
class Resolver {
 public:
  // `core` is where answers are given.
  explicit Resolver(Executor& core);
  ~Resolver();
  Resolver(const Resolver&) = delete;
  Resolver& operator=(const Resolver&) = delete;

  // The addresses of `host`, at least one, with this port. Errors: kUnreachable, a sentence.
  using Done = std::function<void(Result<std::vector<Address>>)>;
  void look_up(std::string host, std::string port, Done done);

 private:
  struct Thread;
  Executor& core_;
  std::unique_ptr<Thread> thread_;
};

}  // namespace relay::net
