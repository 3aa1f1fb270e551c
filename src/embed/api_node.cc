#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>

#include "base/check.h"
#include "base/log.h"
#include "embed/errors.h"
#include "embed/node_impl.h"
#include "embed/node_settings.h"
#include "embed/server_handler.h"
#include "lang/compiler.h"
#include "node/random_source.h"

namespace relay::api {
namespace {

NodeConfig with_node_id(NodeConfig config) {
  node::SystemRandom random;
  if (config.node_id.empty()) config.node_id = node::random_node_id(random);
  return config;
}

CompileResult compile(std::string name, std::string text) {
  return load_program(std::make_shared<SourceFile>(std::move(name), std::move(text)));
}

// A peer or reader that goes away must not end the process.
void ignore_broken_pipes() {
  struct sigaction current {};
  if (sigaction(SIGPIPE, nullptr, &current) == 0 && current.sa_handler == SIG_DFL) std::signal(SIGPIPE, SIG_IGN);
}

Error taken(const std::string& name) {
  return embed::make_error(ErrorKind::kDenied, "this node has a server '" + name + "' already");
}

}  // namespace

Node::Impl::Impl(NodeConfig node_config, Node& owner)
    : config(with_node_id(std::move(node_config))), registry(owner), mesh(owner) {
  setup.with([](Setup& all) { all.program = compile("<none>", "").program; });
}

Result<void> Node::Impl::load(std::shared_ptr<const SourceFile> source) {
  CompileResult compiled = load_program(std::move(source));
  std::string said;
  for (const Diagnostic& diagnostic : compiled.diagnostics) said += render(diagnostic, Colours::kOff);
  if (compiled.program == nullptr) return embed::make_error(ErrorKind::kParse, std::move(said));
  if (!said.empty()) log(LogLevel::kWarn, "warnings of the program", {{"warnings", said}});
  return setup.with([&](Setup& all) -> Result<void> {
    if (all.has_program) return embed::make_error(ErrorKind::kDenied, "this node has a program already");
    for (const Definition& server : all.servers) {
      const std::string& name = server.declaration->server().name;
      if (compiled.program->server(name) != nullptr) return taken(name);
    }
    all.program = std::move(compiled.program);
    all.has_program = true;
    return {};
  });
}

Result<void> Node::Impl::start() {
  Phase expected = Phase::kIdle;
  if (!phase.compare_exchange_strong(expected, Phase::kChanging)) {
    return embed::make_error(ErrorKind::kDenied, "the node runs already");
  }
  ignore_broken_pipes();
  const bytecode::Program* program = setup.with([](const Setup& all) { return all.program.get(); });
  Result<void> begun = begin(*program);
  if (!begun) node = nullptr;
  phase = begun ? Phase::kRunning : Phase::kIdle;
  phase.notify_all();
  return begun;
}

Result<void> Node::Impl::begin(const bytecode::Program& program) {
  relay::Result<node::NodeConfig> settings = embed::to_settings(config);
  if (!settings) return embed::to_api(settings.error());
  node = std::make_unique<node::Node>(std::move(*settings), program, node::Streams{config.output, config.input});
  if (relay::Result<void> listening = node->listen(); !listening) return embed::to_api(listening.error());
  const relay::Result<void> added = setup.with([&](Setup& all) -> relay::Result<void> {
    for (const Definition& server : all.servers) {
      auto handler = std::make_unique<embed::ServerHandler>(server.declaration, server.methods);
      if (relay::Result<void> done = node->add_server(server.declaration, std::move(handler)); !done) return done;
    }
    all.live = node.get();
    return {};
  });
  if (!added) return embed::to_api(added.error());
  port = node->port();
  node->with_mesh([this](mesh::Mesh& links) { prepare(links); });
  node->start();
  auto end = std::make_shared<embed::ProgramEnd>();
  program_end.with([&](auto& current) { current = end; });
  gate.open();
  node->run_program(*end);
  return {};
}

void Node::Impl::end(std::optional<std::chrono::milliseconds> drain) {
  std::promise<void> stopped;
  const auto done = [&stopped] { stopped.set_value(); };
  if (drain) {
    node->stop(done, *drain);
  } else {
    node->stop(done);
  }
  stopped.get_future().wait();
  setup.with([](Setup& all) { all.live = nullptr; });
  gate.close();
  node->halt();
  node = nullptr;
  port = 0;
  program_end.with([](auto& current) { current->on_stop(); });
  dials.clear();
}

std::optional<Error> Node::Impl::why_not_wait() {
  const embed::Gate::Pass pass = gate.pass();
  if (!pass || !node->is_on_core()) return std::nullopt;
  return embed::must_not_wait();
}

Node::Node(NodeConfig config) : impl_(std::make_unique<Impl>(std::move(config), *this)) {}

Node::~Node() {
  const Result<void> stopped = stop(std::chrono::milliseconds(0));
  RELAY_CHECK(stopped.has_value(), "a node is destroyed by its own handler or callback");
}

Result<void> Node::load_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  if (!std::filesystem::is_regular_file(path) || !(text << file.rdbuf() || file.peek() == std::ifstream::traits_type::eof())) {
    return embed::make_error(ErrorKind::kIo, "cannot read " + path);
  }
  return load_source(path, text.str());
}

Result<void> Node::load_source(std::string name, std::string text) {
  if (impl_->phase != Impl::Phase::kIdle) return embed::make_error(ErrorKind::kDenied, "the node runs already");
  return impl_->load(std::make_shared<SourceFile>(std::move(name), std::move(text)));
}

Result<void> Node::start() {
  return impl_->start();
}

Result<void> Node::wait_for_program(std::chrono::milliseconds timeout) {
  if (std::optional<Error> why = impl_->why_not_wait()) return std::move(*why);
  const auto end = impl_->program_end.with([](const auto& current) { return current; });
  return end == nullptr ? Result<void>(embed::not_running()) : end->wait(timeout);
}

Result<void> Node::stop() {
  return impl_->stop(std::nullopt);
}

Result<void> Node::stop(std::chrono::milliseconds drain) {
  return impl_->stop(drain);
}

Result<void> Node::Impl::stop(std::optional<std::chrono::milliseconds> drain) {
  if (std::optional<Error> why = why_not_wait()) return std::move(*why);
  Phase expected = Phase::kRunning;
  while (!phase.compare_exchange_strong(expected, Phase::kChanging)) {
    if (expected == Phase::kIdle) return {};
    phase.wait(Phase::kChanging);
    expected = Phase::kRunning;
  }
  end(drain);
  phase = Phase::kIdle;
  phase.notify_all();
  return {};
}

bool Node::is_running() const {
  return impl_->gate.is_open();
}

std::uint16_t Node::port() const {
  return impl_->port;
}

const std::string& Node::get_node_id() const {
  return impl_->config.node_id;
}

Registry& Node::get_exposable_registry() {
  return impl_->registry;
}

Mesh& Node::get_websocket_p2p() {
  return impl_->mesh;
}

Result<std::string> Node::add_peer(std::string_view node_id, std::string_view address) {
  return impl_->registry.add_peer(node_id, address);
}

Result<void> Node::remove_peer(std::string_view node_id) {
  return impl_->registry.remove_peer(node_id);
}

Result<void> Node::connect_to_peer(std::string_view node_id, std::string_view address, std::chrono::milliseconds timeout) {
  return impl_->mesh.connect_to_peer(node_id, address, timeout);
}

Result<void> Node::send_p2p_message(std::string_view to, std::string_view type, const Value& data) {
  return impl_->mesh.send_message(to, type, data);
}

}  // namespace relay::api
