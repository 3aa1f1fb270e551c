#pragma once

#include <memory>
#include <vector>

#include "native/declaration.h"
#include "native/handler.h"
#include "relay/server.h"

namespace relay::embed {

// The handlers of a public Server as the node calls them: arguments become values of the API, and what a handler throws becomes
// the failure of its call.
class ServerHandler final : public native::Handler {
 public:
  ServerHandler(std::shared_ptr<const native::Declaration> declaration, std::vector<api::Server::Method> methods)
      : declaration_(std::move(declaration)), methods_(std::move(methods)) {}

  void handle(native::Invocation invocation, std::shared_ptr<native::OpenCall> call) override;

 private:
  const std::shared_ptr<const native::Declaration> declaration_;
  std::vector<api::Server::Method> methods_;
};

}  // namespace relay::embed
