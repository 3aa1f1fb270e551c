#include "cli/command_doc.h"

#include "cli/command_output.h"
#include "cli/exit_code.h"
#include "cli/load.h"
#include "document/html.h"
#include "document/markdown.h"
#include "lang/parser.h"

namespace relay::cli {

int run_doc(const CommandOptions& options) {
  if (options.operands.size() != 1) return fail_usage("doc", "expected one file, or - for standard input");
  const auto file = read_program(options.operands[0]);
  if (!file) {
    complain_in_colour("error: " + file.error().detail + "\n");
    return kExitProgramFailed;
  }
  const ParseResult parsed = parse(*file);
  show(parsed.diagnostics);
  if (!parsed.diagnostics.empty()) return kExitProgramFailed;
  const document::Outline outline = document::outline_of(*parsed.module);
  return print(options.html ? document::to_html(outline) : document::to_markdown(outline), kExitFine);
}

}  // namespace relay::cli
