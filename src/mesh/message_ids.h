#pragma once

#include <cstdint>
#include <string>

namespace relay::mesh {

// Ids of messages that this start of this node makes: "<incarnation>-<count>" in base 36. No two are equal as
// long as the node's id and incarnation are its own.
class MessageIds {
 public:
  explicit MessageIds(std::uint64_t inc);
  [[nodiscard]] std::string next();

 private:
  std::string prefix_;
  std::uint64_t count_ = 0;
};

}  // namespace relay::mesh
