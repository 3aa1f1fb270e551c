#include "cli/run.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "base/log.h"
#include "cli/command.h"
#include "cli/config_block.h"
#include "cli/exit_code.h"
#include "cli/flag.h"
#include "cli/idle_flags.h"
#include "cli/load.h"
#include "cli/program_run.h"
#include "cli/stop_signals.h"
#include "lang/compiler.h"
#include "lang/growing_program.h"
#include "node/node.h"
#include "repl/repl.h"
#include "value/freed_memory.h"

namespace relay::cli {
namespace {

void complain(const std::string& sentence) { std::fprintf(stderr, "relay: %s\n", sentence.c_str()); }

// A word that no file has as its name was perhaps meant as a command or a flag.
std::string hint_for(const std::string& file) {
  if (file.find_first_of("./") != std::string::npos || access(file.c_str(), F_OK) == 0) return {};
  std::vector<std::string> words;
  for (const Command& command : commands()) words.emplace_back(command.name);
  for (const Flag& flag : flags()) {
    if (flag.group == FlagGroup::kAction) words.push_back("-" + std::string(flag.name));
  }
  const std::string nearest = nearest_name(file, words);
  return nearest.empty() ? "" : "; did you mean `relay " + nearest + "`?";
}

int fail_to_read(const Options& options, const Error& error) {
  complain(error.detail + hint_for(options.file.value_or("")));
  return kExitUsage;
}

// A program that only runs needs no more cores than it has actors.
void choose_workers(const bytecode::Program& program, Options& options) {
  if (options.serve || options.node.workers > 0) return;
  const std::size_t threads = std::max(1u, std::thread::hardware_concurrency());
  options.node.workers = std::min(threads, program.servers.size() + 1);
}

std::string servers_text(const std::vector<std::string>& names) {
  constexpr std::size_t kMostNames = 20;
  if (names.empty()) return "no servers";
  std::string text = std::to_string(names.size()) + (names.size() == 1 ? " server: " : " servers: ");
  for (std::size_t i = 0; i < std::min(names.size(), kMostNames); ++i) {
    if (i > 0) text += ", ";
    text += names[i];
  }
  if (names.size() > kMostNames) text += ", ...";
  return text;
}

// One line: where this node listens, who it is, what it serves, where others find its registry and link to it.
void announce(const node::Node& node, const Options& options) {
  const bool is_ipv6 = options.node.host.find(':') != std::string::npos;
  const std::string host = is_ipv6 ? "[" + options.node.host + "]" : options.node.host;
  const std::string place = host + ":" + std::to_string(node.port());
  const std::string url = "http://" + place;
  const std::string servers = servers_text(node.server_names());
  const bool has_mesh = !options.node.disable_registry;
  const std::string registry = has_mesh ? url + "/registry" : "disabled";
  const std::string mesh = has_mesh ? "ws://" + place + "/ws/p2p" : "disabled";
  if (options.log_format == LogFormat::kJson) {
    log(LogLevel::kInfo, "listening",
        {{"url", url}, {"node_id", node.id()}, {"servers", servers}, {"registry", registry}, {"mesh", mesh}});
    return;
  }
  std::fprintf(stderr, "relay: listening on %s as node %s (%s); registry %s, mesh %s\n", url.c_str(),
               node.id().c_str(), servers.c_str(), registry.c_str(), mesh.c_str());
}

void report_templates(const bytecode::Program& program) {
  for (const bytecode::TemplateInfo& info : program.templates) {
    log(LogLevel::kWarn, "template is not served: this version has none", {{"path", info.path}, {"from", info.handler}});
  }
}

void report_idle_flags(const Options& options) {
  const std::string names = idle_flags(options);
  if (!names.empty()) complain(names + ": no effect without -server");
}

// False when the node cannot serve, as it is asked to.
bool listen_if_asked(node::Node& node, const Options& options, const bytecode::Program& program, const StopSignals& signals) {
  if (!options.serve) return true;
  Result<void> listening;
  // Looking up the name of -host takes half a minute where no name server answers.
  signals.run_unless_stopped([&] { listening = node.listen(); });
  if (!listening) {
    complain(listening.error().detail);
    return false;
  }
  announce(node, options);
  report_templates(program);
  return true;
}

int run_node(const Options& options, const bytecode::Program& program) {
  const StopSignals signals;
  ProgramRun run(options, signals);
  node::Node node(options.node, program, {});
  if (!listen_if_asked(node, options, program, signals)) return kExitCannotBind;
  return run.run(node);
}

// The text and the tree of a program take many times what the program itself does.
CompileResult load(std::shared_ptr<const SourceFile> source, LastValue last_value) {
  const ReturnsFreedMemory of_the_tree;
  return load_program(std::move(source), last_value);
}

// False when the file is no program: the session begins without it, so that it can be mended and loaded.
bool load_into(GrowingProgram& program, std::shared_ptr<const SourceFile> source) {
  const ReturnsFreedMemory of_the_tree;
  GrowingProgram::Input input = program.read(std::move(source));
  show(input.diagnostics);
  if (!input.is_sound()) return false;
  const std::vector<Diagnostic> found = program.add(std::move(input));
  show(found);
  return !has_error(found);
}

int run_repl(Options options) {
  GrowingProgram program;
  const StopSignals signals(repl::Repl::further_signals());
  repl::Repl repl(signals.descriptor());
  if (options.file) {
    auto source = read_source(options);
    if (!source) return fail_to_read(options, source.error());
    if (!load_into(program, std::move(*source))) repl.note_failure();
  }
  const std::vector<Diagnostic> about_config = apply_config(program.program(), options);
  show(about_config);
  if (has_error(about_config)) return kExitProgramFailed;
  configure_log(options.log_level, options.log_format);
  report_idle_flags(options);
  node::Node node(options.node, program.program(), repl.streams());
  if (!listen_if_asked(node, options, program.program(), signals)) return kExitCannotBind;
  return repl.run(program, node, options.serve ? repl::Repl::Ending::kDrains : repl::Repl::Ending::kAtOnce);
}

}  // namespace

int run(Options options) {
  if (options.repl) return run_repl(std::move(options));
  auto source = read_source(options);
  if (!source) return fail_to_read(options, source.error());
  const LastValue last_value = options.expression ? LastValue::kShown : LastValue::kDropped;
  const CompileResult loaded = load(std::move(*source), last_value);
  show(loaded.diagnostics);
  if (loaded.program == nullptr) return kExitProgramFailed;
  if (options.dump_bytecode) {
    std::fputs(bytecode::disassemble(*loaded.program).c_str(), stdout);
    return kExitFine;
  }
  const std::vector<Diagnostic> about_config = apply_config(*loaded.program, options);
  show(about_config);
  if (has_error(about_config)) return kExitProgramFailed;
  configure_log(options.log_level, options.log_format);
  report_idle_flags(options);
  choose_workers(*loaded.program, options);
  return run_node(options, *loaded.program);
}

}  // namespace relay::cli
