#include "node/allowed_environment.h"

#include <cstdlib>

namespace relay::node {

AllowedEnvironment::AllowedEnvironment(const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    const char* value = std::getenv(name.c_str());
    values_[name] = value == nullptr ? std::nullopt : std::optional<std::string>(value);
  }
}

Result<std::optional<std::string>> AllowedEnvironment::get(const std::string& variable) const {
  const auto found = values_.find(variable);
  if (found != values_.end()) return found->second;
  return Error{Errc::kDenied, "environment variable '" + variable + "' is not allowed; start with -allow-env " + variable};
}

}  // namespace relay::node
