#include <stdexcept>
#include <utility>

#include "embed/request.h"
#include "value/string.h"

namespace relay::api {

const std::string& Request::server() const {
  return impl_->declaration->server().name;
}

const std::string& Request::method() const {
  return impl_->method;
}

const Array& Request::args() const {
  return impl_->args;
}

const Value& Request::operator[](std::string_view parameter) const {
  const auto& parameters = impl_->function->parameters;
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    if (string::text(parameters[i].name) == parameter) return impl_->args[i];
  }
  throw std::out_of_range("method '" + server() + "." + method() + "' has no parameter '" + std::string(parameter) + "'");
}

const Value& Request::operator[](std::size_t index) const {
  if (index < impl_->args.size()) return impl_->args[index];
  throw std::out_of_range("method '" + server() + "." + method() + "' has " + std::to_string(impl_->args.size()) + " parameters");
}

std::chrono::steady_clock::time_point Request::deadline() const {
  return std::chrono::time_point_cast<std::chrono::steady_clock::duration>(impl_->deadline);
}

bool Request::has_caller() const {
  return impl_->has_caller;
}

}  // namespace relay::api
