#include "node/http_routes.h"

#include <chrono>
#include <memory>
#include <utility>

#include "node/version.h"
#include "value/json_writer.h"

namespace relay::node {
namespace {

constexpr int kServiceUnavailable = 503;

// Carries an answer of the dispatcher back to the connection that asked.
class HttpAnswer final : public rpc::AnswerSink {
 public:
  explicit HttpAnswer(http::Responder responder) : responder_(std::move(responder)) {}

  void answer(rpc::Answer answer) override {
    http::Response response;
    response.status = static_cast<int>(answer.status);
    response.body = std::move(answer.body);
    responder_.reply(std::move(response));
  }

 private:
  http::Responder responder_;
};

std::string health_body(const RouteContext& context) {
  const auto now = std::chrono::duration_cast<std::chrono::seconds>(context.clock.wall_now().time_since_epoch());
  std::string body = context.has_started ? R"({"status":"healthy")" : R"({"status":"starting")";
  body += ",\"timestamp\":" + std::to_string(now.count());
  body += ",\"servers\":" + std::to_string(context.server_names().size()) + "}";
  return body;
}

void append_member(std::string& out, std::string_view key, std::string_view text) {
  out += out.size() > 1 ? "," : "";
  append_json_string(out, key);
  out += ':';
  append_json_string(out, text);
}

std::string info_body(const RouteContext& context) {
  std::string body = "{";
  append_member(body, "relay_version", version());
  append_member(body, "node_id", context.node_id);
  if (!context.app_name.empty()) append_member(body, "app_name", context.app_name);
  body += ",\"servers\":[";
  std::string_view separator;
  for (const std::string& server : context.server_names()) {
    body += separator;
    append_json_string(body, server);
    separator = ",";
  }
  body += R"(],"endpoints":{"rpc":"/rpc","health":"/health","info":"/info")";
  if (context.has_registry) body += R"(,"registry":"/registry","websocket":"/ws/p2p")";
  body += R"(},"jsonrpc_version":"2.0"})";
  return body;
}

}  // namespace

http::Routes make_routes(const RouteContext& context) {
  http::Routes routes;
  routes.add({.method = "POST",
              .path = "/rpc",
              .handler =
                  [context](http::Request& request, http::Responder responder) {
                    context.dispatcher.dispatch(request.body(), std::make_unique<HttpAnswer>(std::move(responder)));
                  },
              .body_type = http::BodyTypeRule::kJsonOnceNarrowed});
  routes.set_wrong_method_body("/rpc", rpc::wrong_http_method().body);
  routes.add({.method = "GET", .path = "/health", .handler = [context](http::Request&, http::Responder responder) {
                http::Response response;
                if (!context.has_started) response.status = kServiceUnavailable;
                response.body = health_body(context);
                responder.reply(std::move(response));
              }});
  routes.add({.method = "GET", .path = "/info", .handler = [context](http::Request&, http::Responder responder) {
                http::Response response;
                response.body = info_body(context);
                responder.reply(std::move(response));
              }});
  return routes;
}

}  // namespace relay::node
