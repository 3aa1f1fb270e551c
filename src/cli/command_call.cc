#include "cli/command_call.h"

#include <string>
#include <utility>

#include "cli/command_batch.h"
#include "cli/command_output.h"
#include "cli/exit_code.h"
#include "cli/rpc_call.h"
#include "client/argument.h"
#include "client/pretty.h"

namespace relay::cli {
int run_call(const CommandOptions& options) {
  auto asked = asked_node(options);
  if (!asked) return fail(asked.error());
  if (!options.batch.empty()) return run_batch(*asked, options);
  if (asked->operands.empty()) return fail_usage("call", "which method? `relay call server.method ARG...`");
  const std::string& method = asked->operands[0];
  if (auto checked = check_method(method); !checked) return fail_usage("call", checked.error().detail);
  auto params = client::params_json(asked->operands.subspan(1));
  if (!params) return fail_usage("call", params.error().detail);

  auto replies = exchange_rpc(asked->client, client::request_text(method, *params, 1));
  if (!replies) return fail(replies.error());
  const client::RpcReply& reply = replies->front();
  if (reply.error) return fail_call(asked->client, options, method, *reply.error);
  const std::string shown =
      options.json ? reply.result : client::pretty_json(reply.result, terminal_columns());
  return print(shown + "\n", kExitFine);
}

}  // namespace relay::cli
