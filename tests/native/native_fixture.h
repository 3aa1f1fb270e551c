#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "http/fake_loop.h"
#include "native/servers.h"
#include "value/array.h"
#include "value/display.h"
#include "value/json_reader.h"
#include "value/string.h"

namespace relay::native {

// The servers of a program: one, "scripted", which notes what reaches it.
class Program final : public LocalRouter {
 public:
  void call(Call call) override { reached.push_back(call.server + "." + call.method); }
  std::optional<Failure> notify(Call call) override {
    reached.push_back("notify " + call.server);
    return std::nullopt;
  }
  [[nodiscard]] bool can_find(std::string_view server) const override { return server == "scripted"; }
  std::optional<Failure> leave(Call& call) override {
    left.push_back(call.server);
    return std::nullopt;
  }

  std::vector<std::string> reached;
  std::vector<std::string> left;
};

// How a call ended, as text.
inline std::string reply_text(const Reply& reply) {
  if (const auto* json = std::get_if<std::string>(&reply)) return *json;
  if (const auto* parcel = std::get_if<Parcel>(&reply)) return display(parcel->value(), Quotes::kQuoted);
  const auto& failure = std::get<Failure>(reply);
  return std::string(name(failure.code)) + " (ran " + std::string(name(failure.ran)) + "): " + failure.message;
}

class TextSink final : public ReplySink {
 public:
  explicit TextSink(std::shared_ptr<std::string> text) : text_(std::move(text)) {}
  ~TextSink() override {
    if (text_->empty()) *text_ = "dropped";
  }
  [[nodiscard]] Form form() const override { return Form::kJson; }
  void answer(Reply reply) override {
    ASSERT_EQ(*text_, "") << "answered twice";
    *text_ = reply_text(reply);
  }

 private:
  std::shared_ptr<std::string> text_;
};

using Handle = std::function<void(Invocation, std::shared_ptr<OpenCall>)>;

class FunctionHandler final : public Handler {
 public:
  explicit FunctionHandler(Handle handle) : handle_(std::move(handle)) {}
  void handle(Invocation invocation, std::shared_ptr<OpenCall> call) override {
    handle_(std::move(invocation), std::move(call));
  }

 private:
  Handle handle_;
};

inline std::shared_ptr<const Declaration> declared(const DeclarationText& text) {
  Result<std::shared_ptr<const Declaration>> declaration = Declaration::compile(text);
  EXPECT_TRUE(declaration) << (declaration ? "" : declaration.error().detail);
  return *declaration;
}

// The servers of a node on a loop that the test turns by hand.
struct Stage {
  explicit Stage(const ActorLimits& limits = {})
      : servers(program, {.cores = {&loop},
                          .limits = limits,
                          .unheard = [this](const std::string& server, std::string_view method, const Failure& failure) {
                            unheard.push_back(server + "." + std::string(method) + ": " + failure.message);
                          }}) {}

  ~Stage() { servers.abandon(); }
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;

  Result<void> add(const DeclarationText& text, Handle handle) {
    return servers.add(declared(text), std::make_unique<FunctionHandler>(std::move(handle)));
  }
  // A server that keeps what it is asked.
  void add_keeper(const std::string& name = "keeper") {
    EXPECT_TRUE(add({name, "", {"ask(n: optional(number))"}}, [this](Invocation, std::shared_ptr<OpenCall> call) {
      kept.push_back(std::move(call));
    }));
  }
  static Call make(const std::string& target, const std::string& args = "") {
    const std::size_t dot = target.find('.');
    Call call;
    call.server = target.substr(0, dot);
    call.method = target.substr(dot + 1);
    call.source = ArgsSource::kJson;
    call.form = ArgsForm::kByNameOrWhole;
    if (!args.empty()) call.args = *pack(std::move(*read_json(args)));
    return call;
  }
  std::shared_ptr<std::string> send(Call call) {
    auto answer = std::make_shared<std::string>();
    call.sink = std::make_unique<TextSink>(answer);
    servers.call(std::move(call));
    return answer;
  }
  std::shared_ptr<std::string> send(const std::string& target, const std::string& args = "",
                                    Duration timeout = std::chrono::seconds(30)) {
    Call call = make(target, args);
    call.deadline = loop.clock().now() + timeout;
    return send(std::move(call));
  }
  std::string ask(const std::string& target, const std::string& args = "") {
    const auto answer = send(target, args);
    loop.run();
    return *answer;
  }

  http::FakeLoop loop;
  Program program;
  std::vector<std::string> unheard;
  std::vector<std::shared_ptr<OpenCall>> kept;
  Servers servers;
};

}  // namespace relay::native
