#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/random_source.h"
#include "base/result.h"
#include "vm/host.h"

namespace relay {

// Where print() goes: a bounded buffer that somebody else empties.
// Thread: any core.
class Output {
 public:
  virtual ~Output() = default;
  // Takes the text in any case; kWait: the printer must wait for room before it goes on.
  virtual Host::Printed print(std::string_view text) = 0;
  // Calls `resume` once, on any thread, when there is room; at once if there is some now.
  virtual void when_room(std::function<void()> resume) = 0;
};

// Where read_line() reads.
// Thread: any core.
class Input {
 public:
  using Line = Result<std::optional<std::string>>;  // without its line break; nothing at the end
  virtual ~Input() = default;
  // Calls `done` once, on any thread.
  virtual void read_line(std::function<void(Line)> done) = 0;
};

// The environment variables that the operator lets programs read.
// Thread: any core.
class Environment {
 public:
  virtual ~Environment() = default;
  // nullopt when it is not set. Errors: kDenied when the operator did not allow the name.
  [[nodiscard]] virtual Result<std::optional<std::string>> get(const std::string& variable) const = 0;
};

// All that programs can see of the outside, injected by the node. Outlives the ActorSystem.
struct World {
  const Clock& clock;
  Output& output;
  Input& input;
  RandomSource& random;
  const Environment& environment;
  std::string node_id;
  std::vector<std::string> arguments;  // args()
};

}  // namespace relay
