#include "cli/check_source.h"

#include <iterator>
#include <utility>

#include "cli/config_block.h"

namespace relay::cli {

analysis::Analysis check_source(std::shared_ptr<const SourceFile> file) {
  analysis::Analysis found = analysis::check_program(std::move(file));
  if (found.program == nullptr) return found;
  Options taken;
  std::vector<Diagnostic> config = apply_config(*found.program, taken);
  std::move(config.begin(), config.end(), std::back_inserter(found.diagnostics));
  analysis::sort_by_place(found.diagnostics);
  found.program.reset();
  return found;
}

}  // namespace relay::cli
