#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fake_loop.h"
#include "fake_stream.h"
#include "http/session_table.h"

namespace relay::http {

// A client of the server under test, on a connection in memory.
class Client {
 public:
  Client(FakeLoop& loop, std::shared_ptr<Wire> wire) : loop_(loop), wire_(std::move(wire)) {}

  Client& send(std::string_view text) {
    wire_->to_server += text;
    return settle();
  }
  Client& send_bytewise(std::string_view text) {
    for (const char c : text) send({&c, 1});
    return *this;
  }
  Client& end() {
    wire_->client_ended = true;
    return settle();
  }
  Client& settle() {
    wire_->pump();
    loop_.run();
    wire_->pump();
    return *this;
  }

  // Everything received since the last call.
  std::string received() { return std::exchange(wire_->from_server, {}); }
  // The status codes of the answers since the last call, "200 404"; bodies must not look like a status line.
  std::string statuses() {
    const std::string text = received();
    std::string codes;
    for (std::size_t at = text.find("HTTP/1.1 "); at != std::string::npos; at = text.find("HTTP/1.1 ", at + 1)) {
      const std::string code = text.substr(at + 9, 3);
      if (code.find_first_not_of("0123456789") == std::string::npos) codes += (codes.empty() ? "" : " ") + code;
    }
    return codes;
  }
  // Whether the server has said that it sends no more, or has closed.
  [[nodiscard]] bool ended() const { return wire_->shut_down || wire_->closed; }
  [[nodiscard]] bool closed() const { return wire_->closed; }
  [[nodiscard]] Wire& wire() { return *wire_; }

 private:
  FakeLoop& loop_;
  std::shared_ptr<Wire> wire_;
};

// One core's HTTP side with routes that show what arrives.
//   GET  /hello   "hello"
//   GET  /see     the method, path, query and fields asked for
//   POST /echo    the body
//   POST /take    the body, taken over first
//   GET, POST /later   answered by the test through `later`
//   GET  /drop    the responder is dropped
//   POST /json    like /echo, only JSON once CORS is narrowed
//   GET  /upgrade takes the connection over into `taken`
class HttpFixture {
 public:
  explicit HttpFixture(ServerConfig config = {})
      : config_(std::move(config)),
        routes_(make_routes()),
        budget(config_.limits.node_bytes),
        table(loop, config_, routes_, budget, [this](SessionTable::Kind) { ++closed_connections; }) {}

  Client connect(SessionTable::Kind kind = SessionTable::Kind::kServed) {
    auto wire = std::make_shared<Wire>();
    table.add(std::make_unique<FakeStream>(wire), kind);
    Client client(loop, std::move(wire));
    client.settle();
    return client;
  }

  void answer_later(std::size_t index, std::string body) {
    Response response;
    response.body = std::move(body);
    later[index].reply(std::move(response));
  }

 private:
  // Members below use these.
  ServerConfig config_;
  Routes routes_;

 public:
  FakeLoop loop;
  SharedBudget budget;
  int closed_connections = 0;
  SessionTable table;
  std::vector<std::string> seen;  // "METHOD path body" of each dispatched request
  std::vector<Responder> later;   // die before the table, as they must
  std::optional<TakenStream> taken;
  bool take_over_refused = false;

 private:
  void note(Request& request) {
    seen.push_back(std::string(request.method()) + " " + std::string(request.path()) + " " +
                   std::string(request.body()));
  }

  static Response text(std::string body) {
    Response response;
    response.content_type = kTextType;
    response.body = std::move(body);
    return response;
  }

  void see(Request& request, Responder responder) {
    std::string body(request.method());
    body += " " + std::string(request.path()) + " ?" + std::string(request.query()) + " " + request.peer();
    for (const char* name : {"Host", "X-Test", "Authorization"}) {
      const auto value = request.header(name);
      body += std::string(" ") + name + (value ? "=" + std::string(*value) : "-");
    }
    responder.reply(text(std::move(body)));
  }

  void upgrade(Responder responder) {
    taken = responder.take_over();
    take_over_refused = !taken;
    if (!taken) responder.reply(error_response(400, "not now"));
  }

  Routes make_routes() {
    Routes made;
    const auto add = [&](std::string method, std::string path, Handler handler, BodyTypeRule rule) {
      made.add({std::move(method), std::move(path),
                [this, handler = std::move(handler)](Request& request, Responder responder) {
                  note(request);
                  handler(request, std::move(responder));
                },
                rule});
    };
    const auto keep = [this](Request&, Responder responder) { later.push_back(std::move(responder)); };
    const auto echo = [](Request& request, Responder responder) { responder.reply(text(std::string(request.body()))); };
    const auto take = [](Request& request, Responder responder) { responder.reply(text(request.take_body())); };
    add("GET", "/hello", [](Request&, Responder r) { r.reply(text("hello")); }, BodyTypeRule::kAny);
    add("GET", "/see", [this](Request& q, Responder r) { see(q, std::move(r)); }, BodyTypeRule::kAny);
    add("GET", "/later", keep, BodyTypeRule::kAny);
    add("POST", "/later", keep, BodyTypeRule::kAny);
    add("GET", "/drop", [](Request&, Responder) {}, BodyTypeRule::kAny);
    add("POST", "/echo", echo, BodyTypeRule::kAny);
    add("POST", "/take", take, BodyTypeRule::kAny);
    add("POST", "/json", echo, BodyTypeRule::kJsonOnceNarrowed);
    add("GET", "/upgrade", [this](Request&, Responder r) { upgrade(std::move(r)); }, BodyTypeRule::kAny);
    add("GET", "/none", [](Request&, Responder r) { r.reply({204, kJsonType, "", ""}); }, BodyTypeRule::kAny);
    made.set_wrong_method_body("/json", "{\"code\":-32600}");
    return made;
  }
};

// "GET path" of HTTP/1.1 with the one field that it needs, and further lines.
inline std::string get(std::string_view path, std::string_view lines = "") {
  return "GET " + std::string(path) + " HTTP/1.1\r\nHost: h\r\n" + std::string(lines) + "\r\n";
}

inline std::string post(std::string_view path, std::string_view body, std::string_view lines = "") {
  return "POST " + std::string(path) + " HTTP/1.1\r\nHost: h\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\n" + std::string(lines) + "\r\n" + std::string(body);
}

inline std::string post_chunked(std::string_view path, std::string_view chunks) {
  return "POST " + std::string(path) + " HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" +
         std::string(chunks);
}

inline std::string all_but_the_end(const std::string& request) { return request.substr(0, request.size() - 1); }

}  // namespace relay::http
