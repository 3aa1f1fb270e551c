#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "lang/growing_program.h"
#include "node/node.h"
#include "node/pipe.h"
#include "node/wake_event.h"
#include "repl/session.h"

namespace relay::repl {

inline node::NodeConfig quiet_config() {
  node::NodeConfig config;
  config.workers = 2;
  config.disable_registry = true;
  return config;
}

// A session in a node of its own, without a terminal; what the program prints goes to a pipe.
class Talk {
 public:
  explicit Talk(const std::string& file = "", Look look = {}) {
    if (!file.empty()) {
      auto input = program_.read(std::make_shared<SourceFile>("test.rl", file));
      EXPECT_TRUE(input.is_sound());
      EXPECT_TRUE(program_.add(std::move(input)).empty());
    }
    node = std::make_unique<node::Node>(quiet_config(), program_.program(), node::Streams{.output = printed.writer()});
    session = std::make_unique<Session>(program_, *node, std::move(look), [this] { event_.wake(); });
    session->begin_first();
    node->start();
    first = wait();
  }
  // No core may tell the session anything while it goes.
  ~Talk() { node->halt(); }

  Reply wait() {
    while (session->is_busy()) event_.wait();
    return session->take_reply();
  }
  Reply say(const std::string& input) {
    session->begin(input);
    return wait();
  }
  // The value of an input without its line break; its error when it fails.
  std::string value(const std::string& input) {
    const Reply reply = say(input);
    const std::string& text = reply.has_failed ? reply.error : reply.text;
    return text.empty() ? text : text.substr(0, text.size() - 1);
  }

  node::Pipe printed;
  std::unique_ptr<node::Node> node;
  std::unique_ptr<Session> session;
  Reply first;

 private:
  GrowingProgram program_;
  node::WakeEvent event_;
};

}  // namespace relay::repl
