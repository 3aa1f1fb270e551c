#include "repl/session.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <utility>

#include "base/plain_text.h"
#include "client/duration_text.h"
#include "repl/server_text.h"
#include "repl/style.h"
#include "value/display.h"

namespace relay::repl {
namespace {

using ast::ExprKind;

constexpr std::size_t kMostFileBytes = std::size_t{64} << 20;
// Rounds of all cores in which a server that was just defined is given its defaults.
constexpr int kRoundsToStart = 1000;

// Builtins whose value is always nil, so that showing it would tell nothing.
bool gives_nil(const ast::Expr& expr) {
  if (expr.kind != ExprKind::kPostfix) return false;
  const auto& chain = ast::as<ast::PostfixExpr>(expr);
  if (chain.base->kind != ExprKind::kName || chain.links.size() != 1) return false;
  constexpr std::string_view kNames[] = {"print", "notify", "notify_after", "sleep"};
  return std::find(std::begin(kNames), std::end(kNames), ast::as<ast::NameExpr>(*chain.base).name) != std::end(kNames);
}

// Whether nobody wants to see that the input gave nil: a definition, a loop, a print.
bool hides_nil(const ast::Module& module) {
  if (module.items.empty()) return true;
  const ast::Expr& last = *module.items.back();
  const bool is_definition = last.kind >= ExprKind::kStructDef;
  return is_definition || last.kind == ExprKind::kFor || last.kind == ExprKind::kWhile || gives_nil(last);
}

// The node's settings stand before a session begins.
std::vector<Diagnostic> idle_config(const ast::Module& module) {
  std::vector<Diagnostic> found;
  for (const ast::ExprPtr& item : module.items) {
    if (item->kind != ExprKind::kConfigDef) continue;
    found.push_back({.severity = Diagnostic::Severity::kWarning,
                     .message = "`config` sets nothing here: it counts in the file that relay is started with",
                     .place = {module.file, item->span}});
  }
  return found;
}

Result<std::string> read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  if (!file || !(text << file.rdbuf()) || file.bad()) return Error{Errc::kIo, "cannot read " + path};
  if (text.view().size() > kMostFileBytes) return Error{Errc::kTooLarge, path + " is longer than a program may be (64 MiB)"};
  return std::move(text).str();
}

}  // namespace

Session::Session(GrowingProgram& program, node::Node& node, Look look, std::function<void()> wake)
    : program_(program), node_(node), look_(std::move(look)), wake_(std::move(wake)) {}

void Session::begin_first() {
  show_ = Show::kNothing;
  is_running_ = true;
  node_.run_program(*this);
}

void Session::begin(const std::string& input) {
  reply_ = {};
  is_timed_ = false;
  if (const auto line = as_command(input)) return command(*line);
  run(input, "<input " + std::to_string(++inputs_) + ">", Show::kValue);
}

bool Session::is_busy() const {
  return is_running_ && outcome_.with([](const auto& outcome) { return !outcome.has_value(); });
}

Reply Session::take_reply() {
  if (std::exchange(is_running_, false)) {
    Outcome outcome = outcome_.with([](auto& held) { return std::move(*std::exchange(held, std::nullopt)); });
    reply_.text += outcome.reply.text;
    reply_.error += outcome.reply.error;
    reply_.has_failed |= outcome.reply.has_failed;
    if (is_timed_) reply_.text += painted(client::duration_text(outcome.ended - began_), Style::kFaint, look_.colours) + "\n";
  }
  return std::exchange(reply_, {});
}

void Session::interrupt() {
  if (is_running_) node_.interrupt_program();
}

void Session::with_variables(const std::function<void(const std::vector<Value>*)>& look) {
  node_.while_still([&] { look(node_.program_variables()); });
}

// ---- Evaluating ------------------------------------------------------------------------------------------

void Session::run(const std::string& text, std::string name, Show show) {
  evaluate(std::make_shared<SourceFile>(std::move(name), text), show);
}

void Session::evaluate(std::shared_ptr<const SourceFile> file, Show show) {
  GrowingProgram::Input input = program_.read(std::move(file));
  add_diagnostics(input.diagnostics);
  if (!input.is_sound()) return;
  add_diagnostics(idle_config(*input.module));
  hides_nil_ = hides_nil(*input.module);
  input.diagnostics.clear();
  std::vector<Diagnostic> found;
  node_.while_still([&] {
    found = program_.add(std::move(input));
    if (!has_error(found)) node_.take_growth();
  });
  add_diagnostics(found);
  if (has_error(found)) return;
  show_ = show;
  is_running_ = true;
  began_ = clock_.now();
  node_.run_again();
}

void Session::on_program_end(const Value& value) {
  Reply reply;
  if (show_ == Show::kType) {
    reply.text = type_line(value);
  } else if (show_ != Show::kNothing && !(value.is_nil() && hides_nil_)) {
    reply.text = value_line(value);
  }
  finish(std::move(reply));
}

void Session::on_program_error(const ScriptError& error) {
  finish({.text = {}, .error = render(to_diagnostic(error), look_.colours), .has_failed = true});
}

void Session::on_program_interrupted() {
  finish({.text = {}, .error = painted("interrupted", Style::kFaint, look_.colours) + "\n", .has_failed = true});
}

void Session::finish(Reply reply) {
  const Instant now = clock_.now();
  outcome_.with([&](auto& outcome) { outcome = Outcome{std::move(reply), now}; });
  wake_();
}

std::string Session::value_line(const Value& value) const {
  const bool is_more_wanted = show_ == Show::kWhole && look_.extent == Extent::kCut;
  const Extent extent = is_more_wanted ? Extent::kWhole : look_.extent;
  return value_text(value, {look_.columns(), look_.colours, extent}) + "\n";
}

std::string Session::type_line(const Value& value) const {
  return described_type(value, program_.program()) + "\n";
}

// ---- Commands --------------------------------------------------------------------------------------------

void Session::command(const CommandLine& line) {
  const Command* known = find_command(line.name);
  if (known == nullptr) return refuse(unknown_command(line.name));
  const bool needs_argument = !known->argument.empty() && known->id != CommandId::kLoad;
  if (needs_argument && line.argument.empty()) {
    return refuse(std::string(known->name) + " needs " + std::string(known->argument));
  }
  switch (known->id) {
    case CommandId::kHelp: reply_.text = help_text(); return;
    case CommandId::kServers: reply_.text = servers_text(program_.program(), look_.colours); return;
    case CommandId::kState: return tell_state(line.argument);
    case CommandId::kType: return run(line.argument, line.name, Show::kType);
    case CommandId::kLoad: return load(line.argument);
    case CommandId::kTime:
      is_timed_ = true;
      return run(line.argument, line.name, Show::kValue);
    case CommandId::kFull: return run("_", line.name, Show::kWhole);
    case CommandId::kQuit: reply_.leaves = true; return;
  }
}

void Session::load(const std::string& path) {
  if (path.empty() && last_file_.empty()) return refuse(":load needs FILE");
  if (!path.empty()) last_file_ = path;
  Result<std::string> text = read_file(last_file_);
  if (!text) return refuse(text.error().detail);
  run(*text, last_file_, Show::kValue);
}

void Session::tell_state(const std::string& server) {
  const std::vector<std::string> names = node_.server_names();
  if (std::find(names.begin(), names.end(), server) == names.end()) {
    const std::string nearest = nearest_name(server, names);
    return refuse("server '" + server + "' not found" + (nearest.empty() ? "" : ", did you mean " + nearest + "?"));
  }
  reply_.text = "server '" + server + "' has not started\n";
  bool has_state = false;
  for (int round = 0; round < kRoundsToStart && !has_state; ++round) {
    node_.while_still([&] {
      const StateStore* state = node_.state_of(server);
      has_state = state != nullptr;
      if (has_state) reply_.text = state_text(*state, {look_.columns(), look_.colours, look_.extent});
    });
  }
}

void Session::refuse(std::string sentence) {
  reply_.error += painted("error", Style::kKeyword, look_.colours) + ": " + plain_text(sentence) + "\n";
  reply_.has_failed = true;
}

void Session::add_diagnostics(const std::vector<Diagnostic>& diagnostics) {
  for (const Diagnostic& diagnostic : diagnostics) reply_.error += render(diagnostic, look_.colours);
  reply_.has_failed |= has_error(diagnostics);
}

}  // namespace relay::repl
