#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "lsp/answer.h"
#include "lsp/features.h"
#include "value/value.h"

namespace relay::lsp {

// A session with an editor (language server protocol 3.17), without its bytes: each message of the client goes in, what is to
// be sent comes out through `send`, both as JSON.
//
// Order:  requests are answered one after the other, in the order in which they came; so `$/cancelRequest` comes too late
//         and is passed over.
// Errors: every request gets an answer, a fault in it an error of JSON-RPC. Notifications that make no sense are dropped.
// Thread: one.
class LanguageServer {
 public:
  using Send = std::function<void(const std::string& message)>;
  explicit LanguageServer(Send send, Check check = analysis::check_program)
      : send_(std::move(send)), check_(std::move(check)) {}

  void receive(std::string_view message);
  // Tells the diagnostics of programs that have changed. To be called when no further message waits, so that a burst of
  // changes is judged once.
  void publish();
  // Set once the client has sent `exit`: how the process ends.
  [[nodiscard]] std::optional<int> exit_code() const { return exit_code_; }

 private:
  enum class Phase { kNew, kRunning, kShutDown };

  struct Request {
    const char* method;
    Answer (LanguageServer::*answer)(const Value& params);
  };
  [[nodiscard]] static std::span<const Request> requests();
  struct Notification {
    const char* method;
    void (LanguageServer::*take)(const Value& params);
  };
  [[nodiscard]] static std::span<const Notification> notifications();

  void read(const Value& message);
  void reply(const std::string& id, const Answer& answer);
  [[nodiscard]] Answer answer_to(const std::string& method, const Value& params);
  void notify(const std::string& method, const Value& params);

  Answer initialize(const Value& params);
  Answer shut_down(const Value& params);
  Answer hover_at(const Value& params);
  Answer definition_at(const Value& params);
  Answer references_at(const Value& params);
  Answer highlights_at(const Value& params);
  Answer completion_at(const Value& params);
  Answer prepare_rename_at(const Value& params);
  Answer rename_at(const Value& params);
  Answer formatting_of(const Value& params);
  Answer symbols_of(const Value& params);

  void exit(const Value& params);
  void open(const Value& params);
  void change(const Value& params);
  void close(const Value& params);

  // A program and a place in it, as most requests name them.
  struct Place {
    OpenProgram* program = nullptr;
    std::uint32_t offset = 0;
  };
  [[nodiscard]] std::variant<Place, Failure> place_in(const Value& params);
  template <typename AnswerAt>
  Answer at_place(const Value& params, AnswerAt&& answer_at);
  [[nodiscard]] OpenProgram* program_in(const Value& params);
  [[nodiscard]] bool apply(OpenProgram& program, const Value& change);
  void drop(const std::string& uri);

  Send send_;
  Check check_;
  Phase phase_ = Phase::kNew;
  std::optional<int> exit_code_;
  Client client_;
  std::map<std::string, OpenProgram> programs_;
};

}  // namespace relay::lsp
