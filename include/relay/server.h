#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "relay/api.h"
#include "relay/error.h"
#include "relay/value.h"

namespace relay::RELAY_API {

// One call, as the handler of its method sees it. Copies share it.
//
// Thread: any; immutable.
class Request {
 public:
  struct Impl;
  explicit Request(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}

  [[nodiscard]] const std::string& server() const;
  [[nodiscard]] const std::string& method() const;

  // The arguments, one a parameter in declared order, each of its declared type; nil where an optional one was left out.
  // What a `datetime` parameter got is ISO 8601 text.
  [[nodiscard]] const Array& args() const;
  // The argument of a parameter. Errors: std::out_of_range, when the method declares no such parameter.
  [[nodiscard]] const Value& operator[](std::string_view parameter) const;
  [[nodiscard]] const Value& operator[](std::size_t index) const;

  // When the caller stops waiting; time_point::max(): never.
  [[nodiscard]] std::chrono::steady_clock::time_point deadline() const;
  // False: a notification. It can be answered all the same; a failure is then logged.
  [[nodiscard]] bool has_caller() const;

  // For the library's own parts.
  [[nodiscard]] const Impl& impl() const { return *impl_; }

 private:
  std::shared_ptr<const Impl> impl_;
};

// The right and the duty to answer one call, once. Dropped unanswered, it fails the call (kRuntime, error_kind "no_reply").
//
// Each way to answer says whether this was the answer: false when there was one before, when the caller's deadline has passed
// (it has been answered as kTimeout), or when the server or the node has stopped (as kUnknownOutcome). Then nothing happens.
//
// Thread: one at a time, any; also after the end of the node.
class Reply {
 public:
  struct Impl;
  explicit Reply(std::shared_ptr<Impl> impl) : impl_(std::move(impl)) {}
  Reply(Reply&& other) noexcept = default;
  Reply& operator=(Reply&& other) noexcept;
  Reply(const Reply&) = delete;
  Reply& operator=(const Reply&) = delete;
  ~Reply();

  bool answer(Value result);
  // Fails the call as `throw value` does in the language: kApplication, with `value` as data.
  bool throw_value(Value value);
  // Fails the call. An application error is passed on as it was thrown; a failed call of this handler's own becomes a
  // kRuntime with the name of its kind as error_kind, as it does in the language.
  bool fail(Error error);
  // Fails it as kRuntime with error_kind "exception".
  bool fail(std::string message);

  // Whether an answer would still reach somebody.
  [[nodiscard]] bool is_open() const;

 private:
  void drop();
  std::shared_ptr<Impl> impl_;
};

// A server written in C++: methods and what they do. Registered under a name (Registry::register_server), nobody can tell it
// from a server of a program: JSON-RPC, programs, other nodes and the registry treat it alike.
//
//   relay::Server counter;
//   counter.state("count: number");
//   counter.method("add(by: optional(number)) -> number", [&](const relay::Request& request) { return total += ...; });
//
// A method is declared as the language declares it, types as the language writes them; arguments are checked and converted
// before the handler is called. A handler is one of
//   Value (const Request&)        answers what it returns (or nil, if it returns nothing);
//   void (const Request&, Reply)  answers through the Reply, at once or later, from any thread.
// It may throw: Thrown fails the call as an application error; ErrorException with its error; any other std::exception as
// kRuntime, error_kind "exception", with what() as message.
//
// Order:  the handlers of one server are called one after the other, in the order of the calls; the next as soon as one has
//         returned, whether it has answered or not.
// Bound:  as a server of a program: 10,000 calls and 16 MiB of arguments unanswered, more fail as kOverloaded.
// Thread: handlers run on any core of the node, one at a time, and must not block: other servers and connections wait on the
//         same core. What takes long belongs on a thread of one's own, with the Reply.
// Owner:  what handlers capture outlives Node::stop(), or the removal of the server and the handler that then runs.
// Seed:   the `server *Value` of RegisterServer.
class Server {
 public:
  using Handler = std::function<void(const Request&, Reply)>;
  struct Method {
    std::string signature;
    Handler handler;
  };

  // Declares fields of its state and their types, to be told to those who look at the registry: "count: number, log: [string]".
  // The state itself is whatever the handlers keep.
  Server& state(std::string fields) {
    if (!state_.empty()) state_ += ", ";
    state_ += fields;
    return *this;
  }

  // `signature`: "name(parameter: type, ...) -> type"; types may be left out.
  template <typename F>
    requires(std::is_invocable_v<F&, const Request&, Reply> || std::is_invocable_v<F&, const Request&>)
  Server& method(std::string signature, F handler) {
    if constexpr (std::is_invocable_v<F&, const Request&, Reply>) {
      methods_.push_back({std::move(signature), std::move(handler)});
    } else {
      methods_.push_back({std::move(signature), [run = std::move(handler)](const Request& request, Reply reply) mutable {
                            if constexpr (std::is_void_v<std::invoke_result_t<F&, const Request&>>) {
                              run(request);
                              reply.answer(nullptr);
                            } else {
                              reply.answer(run(request));
                            }
                          }});
    }
    return *this;
  }

  [[nodiscard]] const std::string& state() const { return state_; }
  [[nodiscard]] const std::vector<Method>& methods() const { return methods_; }

 private:
  std::string state_;
  std::vector<Method> methods_;
};

}  // namespace relay::RELAY_API
