#include "cli/command_lsp.h"

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <string>

#include "cli/check_source.h"
#include "cli/command_output.h"
#include "cli/exit_code.h"
#include "lsp/framer.h"
#include "lsp/language_server.h"

namespace relay::cli {
namespace {

constexpr std::size_t kReadBytes = 64 * 1024;

bool has_more_input() {
  pollfd input{STDIN_FILENO, POLLIN, 0};
  return poll(&input, 1, 0) == 1;
}

// Reads until the editor says `exit`, or its end of the pipe is closed.
class Session {
 public:
  int run() {
    std::string bytes(kReadBytes, '\0');
    while (true) {
      const ssize_t count = read(STDIN_FILENO, bytes.data(), bytes.size());
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) return kExitProgramFailed;
      framer_.feed(std::string_view(bytes).substr(0, static_cast<std::size_t>(count)));
      while (const auto message = framer_.next()) {
        server_.receive(*message);
        if (const auto code = server_.exit_code()) return *code;
      }
      if (framer_.has_failed()) {
        complain_in_colour("error: what comes in are no messages of the language server protocol\n");
        return kExitProgramFailed;
      }
      if (!has_more_input()) server_.publish();
      if (is_broken_) return kExitProgramFailed;
    }
  }

 private:
  void send(const std::string& message) {
    if (print(lsp::framed(message), kExitFine) != kExitFine) is_broken_ = true;
  }

  lsp::Framer framer_;
  lsp::LanguageServer server_{[this](const std::string& message) { send(message); }, check_source};
  bool is_broken_ = false;
};

}  // namespace

int run_lsp(const CommandOptions& options) {
  if (!options.operands.empty()) return fail_usage("lsp", "it takes no files: the editor tells what is open");
  return Session().run();
}

}  // namespace relay::cli
