#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "actor/actor_system.h"
#include "fake_world.h"
#include "lang/compiler.h"
#include "manual_cores.h"
#include "value/display.h"
#include "value/json_reader.h"

namespace relay {

// The program of a Relay text; the test fails when it has an error.
inline std::unique_ptr<bytecode::Program> compile_text(const std::string& text) {
  CompileResult loaded = load_program(std::make_shared<SourceFile>("test.rl", text));
  for (const Diagnostic& diagnostic : loaded.diagnostics) {
    if (diagnostic.severity == Diagnostic::Severity::kError) ADD_FAILURE() << render(diagnostic, Colours::kOff);
  }
  return std::move(loaded.program);
}

// JSON text as arguments on their way; empty: none.
inline Parcel json_args(const std::string& json) {
  if (json.empty()) return Parcel();
  Result<Value> value = read_json(json);
  EXPECT_TRUE(value.has_value()) << json;
  return std::move(*pack(std::move(*value)));
}

// How a call ended, as text: the JSON of its value, or "kind: message".
inline std::string reply_text(const Reply& reply) {
  if (const auto* json = std::get_if<std::string>(&reply)) return *json;
  if (const auto* parcel = std::get_if<Parcel>(&reply)) return display(parcel->value(), Quotes::kQuoted);
  const auto& failure = std::get<Failure>(reply);
  if (failure.code == Errc::kApplication) return "application: " + failure.thrown_json;
  if (failure.code == Errc::kRuntime) return failure.error_kind + ": " + failure.message;
  return std::string(name(failure.code)) + ": " + failure.message;
}

// A call's answers: exactly one is right.
struct Answers {
  std::vector<std::string> texts;
  std::optional<Ran> ran;
  [[nodiscard]] std::string only() const {
    if (texts.empty()) return "no answer";
    return texts.size() == 1 ? texts[0] : "answered " + std::to_string(texts.size()) + " times";
  }
};

class AnswersSink final : public ReplySink {
 public:
  AnswersSink(std::shared_ptr<Answers> answers, Form form, std::size_t max_bytes)
      : answers_(std::move(answers)), form_(form), max_bytes_(max_bytes) {}
  [[nodiscard]] Form form() const override { return form_; }
  [[nodiscard]] std::size_t max_json_bytes() const override { return max_bytes_; }
  void answer(Reply reply) override {
    answers_->texts.push_back(reply_text(reply));
    if (const auto* failure = std::get_if<Failure>(&reply)) answers_->ran = failure->ran;
  }

 private:
  std::shared_ptr<Answers> answers_;
  const Form form_;
  const std::size_t max_bytes_;
};

// What a client says of a call beside its target and arguments.
struct CallStyle {
  ArgsForm form = ArgsForm::kByNameOrWhole;
  Duration timeout = std::chrono::seconds(30);
  std::size_t max_bytes = SIZE_MAX;
  ReplySink::Form reply = ReplySink::Form::kJson;
};

// A program on cores that a test moves by hand, one thread, one clock.
class Stage : public ProgramObserver {
 public:
  explicit Stage(const std::string& text, std::size_t core_count = 1, const ActorLimits& limits = {},
                 const std::string& node = "test_node")
      : Stage(compile_text(text), core_count, limits, node) {}
  explicit Stage(std::unique_ptr<bytecode::Program> program, std::size_t core_count = 1, const ActorLimits& limits = {},
                 const std::string& node = "test_node")
      : program_(std::move(program)) {
    for (std::size_t i = 0; i < core_count; ++i) cores.push_back(std::make_unique<ManualCore>(clock));
    std::vector<Executor*> executors;
    for (const auto& core : cores) executors.push_back(core.get());
    system = std::make_unique<ActorSystem>(
        *program_, executors, World{clock, output, input, random_, environment_, node, {"one", "two"}}, limits);
    system->start();
  }

  [[nodiscard]] const bytecode::Program& program() const { return *program_; }

  void on_program_end(const Value& value) override { ended = display(value, Quotes::kQuoted); }
  void on_program_error(const ScriptError& error) override {
    ended = error.kind + ": " + error.text();
    for (const TraceEntry& entry : error.trace) trace.push_back(text(entry));
  }

  // Everything that can run without more time, but no more than `rounds`.
  void run(int rounds = 100'000) {
    while (rounds-- > 0 && run_round()) {
    }
  }
  bool run_round() {
    bool did_something = false;
    for (std::size_t i = 0; i < cores.size(); ++i) {
      did_something |= cores[i]->run_round();
      did_something |= system->ready_list(i).run_for(kActorSlice) == ReadyList::Left::kMore;
    }
    return did_something;
  }
  // Runs until `by` has passed, timer by timer.
  void advance(Duration by) {
    run();
    const Instant end = clock.now() + by;
    for (Instant next = next_timer(); next <= end; next = next_timer()) {
      clock.set(next);
      run();
    }
    clock.set(end);
    run();
  }
  [[nodiscard]] Instant next_timer() const {
    Instant next = kNoDeadline;
    for (const auto& core : cores) next = std::min(next, core->next_timer());
    return next;
  }
  // Runs the program and what it sends; its output.
  std::string run_program() {
    system->run_program(*this);
    run();
    return output.take();
  }

  // Sends a call as a client over HTTP does, without running anything.
  std::shared_ptr<Answers> send(const std::string& target, const std::string& args = "", const CallStyle& style = {}) {
    auto answers = std::make_shared<Answers>();
    const std::size_t dot = target.find('.');
    Call call;
    call.server = target.substr(0, dot);
    call.method = target.substr(dot + 1);
    call.args = json_args(args);
    call.form = style.form;
    call.source = ArgsSource::kJson;
    call.deadline = clock.now() + style.timeout;
    call.sink = std::make_unique<AnswersSink>(answers, style.reply, style.max_bytes);
    system->call(std::move(call));
    return answers;
  }
  // Sends it and runs all: how it ended.
  std::string ask(const std::string& target, const std::string& args = "") {
    const auto answers = send(target, args);
    run();
    return answers->only();
  }

  ManualClock clock;
  KeptOutput output;
  KeptInput input;
  std::vector<std::unique_ptr<ManualCore>> cores;
  std::string ended = "runs";
  std::vector<std::string> trace;  // of the error that ended it

 private:
  CountingRandom random_;
  OneVariable environment_;
  std::unique_ptr<bytecode::Program> program_;

 public:
  std::unique_ptr<ActorSystem> system;
};

}  // namespace relay
