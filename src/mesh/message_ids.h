#pragma once

#include <cstdint>
#include <string>

#include "mesh/random_words.h"

namespace relay::mesh {

// Ids of messages that this node makes: "<count>-<random word>" in base 36. No two are ever equal, and nobody
// can use one up before it is sent, by sending another message under it.
class MessageIds {
 public:
  explicit MessageIds(RandomSource& random) : random_(random) {}
  [[nodiscard]] std::string next();

 private:
  RandomWords random_;
  std::uint64_t count_ = 0;
};

}  // namespace relay::mesh
