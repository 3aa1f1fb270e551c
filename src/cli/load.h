#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/result.h"
#include "bytecode/program.h"
#include "cli/options.h"

namespace relay::cli {

// The text that the options name: FILE, standard input, the expression of -e, or nothing for a node without a program.
// Errors: kIo, a sentence that names the file; kTooLarge past kMaxSourceBytes.
[[nodiscard]] Result<std::shared_ptr<const SourceFile>> read_source(const Options& options);

// The text of a file, or of standard input for "-". Errors: as read_source().
[[nodiscard]] Result<std::shared_ptr<const SourceFile>> read_program(const std::string& name);

// Offsets in a source have 32 bits; nobody writes so much by hand, and a device that never ends must not fill memory.
inline constexpr std::size_t kMaxSourceBytes = std::size_t{64} << 20;

// Whether stderr, or stdout, shows colours: only on a terminal, and not with NO_COLOR.
[[nodiscard]] Colours stderr_colours();
[[nodiscard]] Colours stdout_colours();
// Writes each as language.md shows it ("Errors") to stderr.
void show(const std::vector<Diagnostic>& diagnostics);

}  // namespace relay::cli
