#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "cli/command.h"
#include "client/http_client.h"
#include "client/rpc_text.h"

namespace relay::cli {

// Whether the word can name a method: `server.method`, `node.server.method` or `remote_call`. Errors: kParse.
[[nodiscard]] Result<void> check_method(std::string_view method);

// Posts a request to /rpc and reads at least one reply.
// Errors: those of HttpClient, and kIo for an answer that no node gives.
[[nodiscard]] Result<std::vector<client::RpcReply>> exchange_rpc(const client::HttpClient& client,
                                                                 std::string request);

// The exit code of a failed call.
[[nodiscard]] int exit_code_of(const client::RpcError& error);

// For a method that the node does not have: "did you mean `counter.add`?" by what it says of itself, or which
// servers and methods there are. Empty for other errors, and where the node says nothing.
[[nodiscard]] std::string method_hint(const client::HttpClient& client, std::string_view method,
                                      const client::RpcError& error);

// Explains a failed call on stderr, with -json as one JSON object, and gives its exit code.
[[nodiscard]] int fail_call(const client::HttpClient& client, const CommandOptions& options,
                            std::string_view method, const client::RpcError& error);

}  // namespace relay::cli
