#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "value/value.h"
#include "vm/script_error.h"

namespace relay {

// What a running program can ask of the world without waiting for it. The actor that runs the fiber implements it.
// Thread: the core that runs the fiber.
class Host {
 public:
  enum class Printed : std::uint8_t { kAccepted, kWait };  // kWait: accepted too, but the fiber must wait for room

  // What became of a message that nobody waits for.
  struct Notified {
    std::size_t bytes = 0;             // of what was packed
    std::optional<ScriptError> error;  // at the caller: unknown server, full mailbox, a value that cannot travel
  };

  virtual ~Host() = default;

  // `text` ends with a line break.
  virtual Printed print(std::string_view text) = 0;
  // Sends without waiting, `delay` from now. `args` is an array.
  virtual Notified notify(std::string_view server, std::string_view method, Value args, Duration delay) = 0;
  // Starts server number `index` of the program unless it runs already.
  virtual void start_server(std::uint16_t index) = 0;
  // The content of program variable `slot` as this owner sees it, at its first read of a version; false when the
  // program has not set it. Top-level code owns its variables and is never asked.
  virtual bool load_global(std::uint16_t slot, Value& out) = 0;

  [[nodiscard]] virtual WallTime wall_now() const = 0;
  // 64 random bits from a generator that no client can predict.
  [[nodiscard]] virtual std::uint64_t random_bits() = 0;
  [[nodiscard]] virtual const std::string& node_id() const = 0;
  [[nodiscard]] virtual const std::vector<std::string>& arguments() const = 0;
  // The environment variable; nullopt when it is not set. Errors: kDenied when the operator did not allow the name.
  [[nodiscard]] virtual Result<std::optional<std::string>> environment(const std::string& variable) const = 0;
};

}  // namespace relay
