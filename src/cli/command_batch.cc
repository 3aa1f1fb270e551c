#include "cli/command_batch.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "cli/exit_code.h"
#include "cli/load.h"
#include "cli/rpc_call.h"
#include "client/argument.h"
#include "client/pretty.h"
#include "client/rpc_failure.h"

namespace relay::cli {
namespace {

constexpr std::size_t kCallsOfRequest = 500;

struct BatchCall {
  std::size_t line = 0;
  std::string method;
  std::string request;
};

Result<BatchCall> read_call(const std::vector<std::string>& words, std::size_t line) {
  if (auto checked = check_method(words[0]); !checked) return std::move(checked.error());
  auto params = client::params_json(std::span(words).subspan(1));
  if (!params) return std::move(params.error());
  return BatchCall{line, words[0], client::request_text(words[0], *params, line)};
}

Result<std::vector<BatchCall>> read_calls(const SourceFile& file) {
  std::vector<BatchCall> calls;
  const std::string_view text = file.text();
  const std::size_t lines = std::count(text.begin(), text.end(), '\n') + 1;
  for (std::size_t line = 1; line <= lines; ++line) {
    const auto at_line = [&](const Error& error) {
      return Error{Errc::kParse, file.name() + ":" + std::to_string(line) + ": " + error.detail};
    };
    const std::string_view content = file.line(static_cast<std::uint32_t>(line));
    const std::size_t begin = content.find_first_not_of(" \t\r");
    if (begin == std::string_view::npos || content[begin] == '#') continue;
    auto words = client::split_words(content);
    if (!words) return at_line(words.error());
    auto call = read_call(*words, line);
    if (!call) return at_line(call.error());
    calls.push_back(std::move(*call));
  }
  return calls;
}

std::string batch_text(std::span<const BatchCall> calls) {
  std::string text = "[";
  for (const BatchCall& call : calls) {
    if (text.size() > 1) text += ',';
    text += call.request;
  }
  return text + "]";
}

// The calls of one file on their way, and how they ended.
class Batch {
 public:
  Batch(const Asked& asked, const CommandOptions& options, std::string name)
      : asked_(asked), options_(options), name_(std::move(name)) {}

  // Makes the calls of one request and shows what became of them. Errors: the request as a whole failed.
  Result<void> make(std::span<const BatchCall> calls) {
    auto replies = exchange_rpc(asked_.client, batch_text(calls));
    if (!replies) return std::move(replies.error());
    std::map<std::size_t, const client::RpcReply*> by_line;
    for (const client::RpcReply& reply : *replies) {
      if (reply.id) {
        by_line[*reply.id] = &reply;
      } else if (reply.error) {
        return refused(*reply.error);
      }
    }
    for (const BatchCall& call : calls) show(call, by_line[call.line]);
    return {};
  }

  [[nodiscard]] int exit_code() const { return exit_code_; }

 private:
  Result<void> refused(const client::RpcError& error) {
    return Error{Errc::kInvalidParams,
                 asked_.client.url().text + " refuses the batch: " + client::failure_sentence(error)};
  }

  void show(const BatchCall& call, const client::RpcReply* reply) {
    if (reply == nullptr) return show_failure(call, "the node did not answer it\n", kExitCallFailed);
    if (options_.json) {
      if (reply->error) note(exit_code_of(*reply->error));
      return show_line(reply->text);
    }
    const std::size_t columns = terminal_columns();
    if (reply->error)
      return show_failure(call, client::failure_text(*reply->error, columns), exit_code_of(*reply->error));
    show_line(std::to_string(call.line) + ": " + client::pretty_json(reply->result, columns));
  }

  void show_line(const std::string& line) {
    if (const int code = print(line + "\n", kExitFine); code != kExitFine) note(code);
  }

  void show_failure(const BatchCall& call, const std::string& text, int code) {
    complain_in_colour("error: " + name_ + ":" + std::to_string(call.line) + ": " + call.method + ": " +
                       text);
    note(code);
  }

  void note(int code) {
    if (exit_code_ == kExitFine || code == kExitCallFailed) exit_code_ = code;
  }

  const Asked& asked_;
  const CommandOptions& options_;
  const std::string name_;
  int exit_code_ = kExitFine;
};

}  // namespace

int run_batch(const Asked& asked, const CommandOptions& options) {
  if (!asked.operands.empty())
    return fail_usage("call", "-batch takes its calls from the file alone: " + asked.operands[0]);
  Options source;
  source.file = options.batch;
  auto file = read_source(source);
  if (!file) return fail_usage("call", file.error().detail);
  auto calls = read_calls(**file);
  if (!calls) return fail_usage("call", calls.error().detail);

  Batch batch(asked, options, (*file)->name());
  for (std::span<const BatchCall> rest = *calls; !rest.empty();) {
    const std::size_t count = std::min(rest.size(), kCallsOfRequest);
    if (auto made = batch.make(rest.first(count)); !made) return fail(made.error());
    rest = rest.subspan(count);
  }
  return batch.exit_code();
}

}  // namespace relay::cli
