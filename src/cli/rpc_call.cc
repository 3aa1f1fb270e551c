#include "cli/rpc_call.h"

#include <algorithm>
#include <cstdio>
#include <utility>

#include "base/diagnostic.h"
#include "base/plain_text.h"
#include "cli/command_output.h"
#include "cli/exit_code.h"
#include "client/registry.h"
#include "client/rpc_failure.h"
#include "value/display.h"

namespace relay::cli {
namespace {

constexpr std::size_t kMostShown = 10;

std::string list(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < std::min(names.size(), kMostShown); ++i) {
    if (i > 0) text += ", ";
    text += plain_text(names[i]);
  }
  return names.size() > kMostShown ? text + ", ..." : text;
}

}  // namespace

Result<void> check_method(std::string_view method) {
  const std::size_t dot = method.rfind('.');
  const bool has_parts = dot != std::string_view::npos && dot > 0 && dot + 1 < method.size();
  if (has_parts || method == "remote_call") return {};
  std::string detail = "expected a method as server.method, got ";
  append_quoted(detail, method);
  return Error{Errc::kParse, std::move(detail)};
}

Result<std::vector<client::RpcReply>> exchange_rpc(const client::HttpClient& client, std::string request) {
  auto answer = client.post("/rpc", std::move(request));
  if (!answer) return std::move(answer.error());
  if (answer->status == 404) return no_node_answer(client.url(), "/rpc", *answer, "there is no JSON-RPC");
  auto replies = client::read_replies(answer->body);
  if (!replies) return no_node_answer(client.url(), "/rpc", *answer, replies.error().detail);
  if (replies->empty()) return no_node_answer(client.url(), "/rpc", *answer, "there is no reply in it");
  return replies;
}

int exit_code_of(const client::RpcError& error) {
  return error.code == client::kTimeoutCode ? kExitTimeout : kExitCallFailed;
}

std::string method_hint(const client::HttpClient& client, std::string_view method,
                        const client::RpcError& error) {
  if (error.code != client::kMethodNotFoundCode) return {};
  auto listed = client::list_servers(client);
  if (!listed || listed->servers.empty()) return {};
  const std::size_t dot = method.rfind('.');
  const std::string server(method.substr(0, dot));
  std::vector<std::string> names;
  std::vector<std::string> methods;
  for (const client::ServerRow& row : listed->servers) {
    names.push_back(row.name);
    if (row.name != server || !listed->has_methods) continue;
    for (const std::string& known : row.methods) methods.push_back(known);
    if (methods.empty()) return "this server has no methods to call";
    const std::string nearest = nearest_name(method.substr(dot + 1), methods);
    if (!nearest.empty()) return "did you mean `" + plain_text(server + "." + nearest) + "`?";
    return "its methods: " + list(methods);
  }
  const std::string nearest = nearest_name(server, names);
  if (!nearest.empty()) {
    return "did you mean `" + plain_text(nearest + std::string(method.substr(dot))) + "`?";
  }
  return "servers here: " + list(names);
}

int fail_call(const client::HttpClient& client, const CommandOptions& options, std::string_view method,
              const client::RpcError& error) {
  if (options.json) {
    std::fputs((client::failure_json(error) + "\n").c_str(), stderr);
    return exit_code_of(error);
  }
  complain_in_colour("error: " + client::failure_text(error, terminal_columns()));
  const std::string hint = method_hint(client, method, error);
  if (!hint.empty()) complain_in_colour("  " + hint + "\n");
  return exit_code_of(error);
}

}  // namespace relay::cli
