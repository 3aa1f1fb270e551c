#pragma once

#include <cstdint>
#include <memory>

#include "base/clock.h"
#include "base/guarded.h"
#include "bytecode/program.h"
#include "call/reply.h"
#include "net/loop.h"

namespace relay::native {

class Server;

// A call that a handler has been given and that is not answered yet. It may outlive its server and the node.
//
// Invariant: answered once at most: by its holder, at its deadline, or by the end of the server, whoever comes first.
// Thread:    any.
class OpenCall : public std::enable_shared_from_this<OpenCall> {
 public:
  OpenCall(std::shared_ptr<Server> server, const bytecode::Method& method, std::uint64_t number, Instant deadline,
           net::Loop& home, std::unique_ptr<ReplySink> sink);
  OpenCall(const OpenCall&) = delete;
  OpenCall& operator=(const OpenCall&) = delete;

  // In which form the caller wants the answer, as ReplySink says it.
  [[nodiscard]] ReplySink::Form form() const { return form_; }
  [[nodiscard]] std::size_t max_json_bytes() const { return max_json_bytes_; }
  [[nodiscard]] bool is_open() const;
  // A notification: nobody waits; a failure is logged.
  [[nodiscard]] bool has_caller() const { return has_caller_; }

  // False: it was answered before, `reply` is dropped.
  bool answer(Reply reply);
  // Ends it unanswered: nothing of the node is touched from here on.
  void abandon();

  [[nodiscard]] const Server& server() const { return *server_; }
  [[nodiscard]] const bytecode::Method& method() const { return method_; }
  [[nodiscard]] std::uint64_t number() const { return number_; }
  [[nodiscard]] Instant deadline() const { return deadline_; }

 private:
  struct Slot {
    bool is_open = true;
    std::unique_ptr<ReplySink> sink;  // null: a notification
  };

  void deliver(std::unique_ptr<ReplySink> sink, Reply reply);

  const std::shared_ptr<Server> server_;
  const bytecode::Method& method_;
  const std::uint64_t number_;
  const Instant deadline_;
  const ReplySink::Form form_;
  const std::size_t max_json_bytes_;
  const bool has_caller_;
  net::Loop& home_;  // looked at only while the call is open: then the node lives
  Guarded<Slot> slot_;
};

}  // namespace relay::native
