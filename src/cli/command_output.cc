#include "cli/command_output.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

#include "base/plain_text.h"
#include "cli/exit_code.h"
#include "cli/load.h"
#include "client/node_url.h"

namespace relay::cli {
namespace {

int exit_code_of(Errc code) {
  switch (code) {
    case Errc::kParse:
      return kExitUsage;
    case Errc::kTimeout:
      return kExitTimeout;
    case Errc::kUnreachable:
    case Errc::kIo:
      return kExitCannotConnect;
    default:
      return kExitCallFailed;
  }
}

}  // namespace

Result<Asked> asked_node(const CommandOptions& options) {
  std::span<const std::string> operands = options.operands;
  const bool has_url = !operands.empty() && client::is_meant_as_url(operands.front());
  auto url = client::parse_node_url(has_url ? operands.front() : options.url);
  if (!url) {
    if (!has_url) url.error().detail = "RELAY_URL: " + url.error().detail;
    return std::move(url.error());
  }
  return Asked{client::HttpClient(std::move(*url), options.timeout), operands.subspan(has_url ? 1 : 0)};
}

int print(const std::string& text, int code) {
  const bool is_written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
  if (is_written && std::fflush(stdout) == 0) return code;
  std::fprintf(stderr, "relay: cannot write to standard output: %s\n", std::strerror(errno));
  return kExitProgramFailed;
}

int fail(const Error& error) {
  complain_in_colour("error: " + error.detail + "\n");
  return exit_code_of(error.code);
}

int fail_usage(std::string_view name, const std::string& sentence) {
  complain_in_colour("error: " + plain_text(sentence) + "\n");
  std::fprintf(stderr, "`relay help %.*s` says more.\n", static_cast<int>(name.size()), name.data());
  return kExitUsage;
}

void complain_in_colour(const std::string& text) {
  constexpr std::string_view kMark = "error:";
  const bool is_marked = stderr_colours() == Colours::kOn && text.starts_with(kMark);
  const std::string shown = is_marked ? "\x1b[1;31merror:\x1b[0m" + text.substr(kMark.size()) : text;
  std::fputs(shown.c_str(), stderr);
}

std::size_t terminal_columns() {
  constexpr std::size_t kStandard = 80;
  constexpr std::size_t kLeast = 20;
  winsize size{};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return kStandard;
  return std::max<std::size_t>(size.ws_col, kLeast);
}

}  // namespace relay::cli
