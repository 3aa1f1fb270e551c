// A server with one fixed answer, to be loaded beside nginx's `return 200` (docs/performance.md):
//   http_echo_bench PORT [CORES]
// GET / answers in the handler; GET /posted answers from a task of the same core, as an actor's reply does;
// POST /echo answers with the request's body.

#include <cstdio>
#include <cstdlib>

#include "http/server.h"

namespace {

relay::http::Response fixed_answer() {
  relay::http::Response response;
  response.body = R"({"ok":true})";
  return response;
}

relay::http::Routes routes() {
  using relay::http::Request;
  using relay::http::Responder;
  relay::http::Routes routes;
  routes.add({"GET", "/", [](Request&, Responder responder) { responder.reply(fixed_answer()); }});
  routes.add({"GET", "/posted", [](Request& request, Responder responder) {
                request.loop().post([responder = std::move(responder)]() mutable { responder.reply(fixed_answer()); });
              }});
  routes.add({"POST", "/echo", [](Request& request, Responder responder) {
                relay::http::Response response;
                response.body = request.take_body();
                responder.reply(std::move(response));
              }});
  return routes;
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 2) {
    std::fprintf(stderr, "usage: http_echo_bench PORT [CORES]\n");
    return 2;
  }
  const relay::SystemClock clock;
  relay::net::IoCores cores(count > 2 ? std::strtoul(arguments[2], nullptr, 10) : 1, clock);
  relay::http::Server server(cores, {}, routes());
  const auto port = static_cast<std::uint16_t>(std::strtoul(arguments[1], nullptr, 10));
  if (const auto listening = server.listen("127.0.0.1", port); !listening) {
    std::fprintf(stderr, "%s\n", listening.error().detail.c_str());
    return 5;
  }
  std::printf("listening on port %u\n", server.port());
  std::fflush(stdout);
  cores.start();
  cores.join();
  return 0;
}
