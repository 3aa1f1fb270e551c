#include "embed/server_handler.h"

#include <exception>
#include <utility>

#include "embed/convert.h"
#include "embed/reply.h"
#include "embed/request.h"
#include "value/string.h"

namespace relay::embed {
namespace {

// Calls the handler; what it throws answers the call, unless it has been answered already.
void run(const api::Server::Handler& handler, const api::Request& request, const std::shared_ptr<api::Reply::Impl>& reply) {
  native::OpenCall& call = *reply->call;
  try {
    handler(request, api::Reply(reply));
  } catch (const api::Thrown& thrown) {
    answer_thrown(call, thrown.value());
  } catch (const api::ErrorException& failed) {
    answer_error(call, failed.error());
  } catch (const std::exception& error) {
    answer_runtime(call, "exception", error.what());
  } catch (...) {
    answer_runtime(call, "exception", "something that is no std::exception was thrown");
  }
}

}  // namespace

void ServerHandler::handle(native::Invocation invocation, std::shared_ptr<native::OpenCall> call) {
  const bytecode::Method& method = call->method();
  auto request = std::make_shared<api::Request::Impl>();
  request->declaration = declaration_;
  request->function = method.function;
  request->method = string::text(method.name);
  request->args.reserve(invocation.args.size());
  for (const relay::Value& arg : invocation.args) request->args.push_back(to_api(arg));
  request->deadline = call->deadline();
  request->has_caller = call->has_caller();
  request->chain = std::move(invocation.chain);
  request->open_call = call;
  const auto reply = std::make_shared<api::Reply::Impl>(std::move(call));
  run(methods_[invocation.method].handler, api::Request(std::move(request)), reply);
  reply->handled();
}

}  // namespace relay::embed
