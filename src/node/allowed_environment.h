#pragma once

#include <map>
#include <string>
#include <vector>

#include "actor/world.h"

namespace relay::node {

// The environment variables named by -allow-env, as they stood when the node was made.
class AllowedEnvironment final : public Environment {
 public:
  explicit AllowedEnvironment(const std::vector<std::string>& names);
  [[nodiscard]] Result<std::optional<std::string>> get(const std::string& variable) const override;

 private:
  std::map<std::string, std::optional<std::string>> values_;
};

}  // namespace relay::node
