#include "cli/load.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <utility>

namespace relay::cli {
namespace {

constexpr std::size_t kReadBytes = 64 * 1024;

Error cannot_read(const std::string& name, int error) {
  return {Errc::kIo, "cannot read " + name + ": " + std::strerror(error)};
}

Result<std::string> read_all(int descriptor, const std::string& name) {
  std::string text;
  while (true) {
    const std::size_t before = text.size();
    text.resize(before + kReadBytes);
    const ssize_t count = read(descriptor, text.data() + before, kReadBytes);
    text.resize(before + static_cast<std::size_t>(count > 0 ? count : 0));
    if (count == 0) return text;
    if (count < 0 && errno != EINTR) return cannot_read(name, errno);
    if (text.size() > kMaxSourceBytes) return Error{Errc::kTooLarge, name + " is longer than a program may be (64 MiB)"};
  }
}

Result<std::string> read_file(const std::string& path) {
  const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return cannot_read(path, errno);
  auto text = read_all(descriptor, path);
  close(descriptor);
  return text;
}

Result<std::shared_ptr<const SourceFile>> make_source(std::string name, Result<std::string> text) {
  if (!text) return std::move(text.error());
  return std::shared_ptr<const SourceFile>(std::make_shared<SourceFile>(std::move(name), std::move(*text)));
}

Colours colours_of(int descriptor) {
  const char* no_color = std::getenv("NO_COLOR");
  if (no_color != nullptr && *no_color != '\0') return Colours::kOff;
  return isatty(descriptor) == 1 ? Colours::kOn : Colours::kOff;
}

}  // namespace

Result<std::shared_ptr<const SourceFile>> read_source(const Options& options) {
  if (options.expression) return make_source("<expression>", *options.expression);
  if (!options.file) return make_source("<none>", std::string());
  return read_program(*options.file);
}

Result<std::shared_ptr<const SourceFile>> read_program(const std::string& name) {
  if (name == "-") return make_source("<stdin>", read_all(STDIN_FILENO, "standard input"));
  return make_source(name, read_file(name));
}

Colours stderr_colours() { return colours_of(STDERR_FILENO); }

Colours stdout_colours() { return colours_of(STDOUT_FILENO); }

void show(const std::vector<Diagnostic>& diagnostics) {
  const Colours colours = stderr_colours();
  for (const Diagnostic& diagnostic : diagnostics) std::fputs(render(diagnostic, colours).c_str(), stderr);
}

}  // namespace relay::cli
