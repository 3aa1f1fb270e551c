#include "cli/command_pages.h"

#include <string>

#include "cli/command_output.h"
#include "cli/completions.h"
#include "cli/exit_code.h"
#include "cli/manual.h"

namespace relay::cli {

int run_completions(const CommandOptions& options) {
  const std::string shell = options.operands.size() == 1 ? options.operands[0] : "";
  if (shell == "bash") return print(bash_completions(), kExitFine);
  if (shell == "zsh") return print(zsh_completions(), kExitFine);
  if (shell == "fish") return print(fish_completions(), kExitFine);
  return fail_usage("completions", "expected bash, zsh or fish");
}

int run_manual(const CommandOptions& options) {
  if (!options.operands.empty()) return fail_usage("manual", "expected nothing, got " + options.operands[0]);
  return print(manual_page(), kExitFine);
}

}  // namespace relay::cli
