#include "node/node.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <latch>
#include <optional>
#include <thread>
#include <utility>

#include "actor/failure_log.h"
#include "actor/server_summary.h"
#include "base/log.h"
#include "http/server.h"
#include "mesh/network_connector.h"
#include "native/servers.h"
#include "net/io_cores.h"
#include "node/allowed_environment.h"
#include "node/call_router.h"
#include "node/http_routes.h"
#include "node/line_reader.h"
#include "node/mesh_routes.h"
#include "node/output_writer.h"
#include "node/peer_admin.h"
#include "node/random_source.h"
#include "rpc/dispatcher.h"

namespace relay::node {
namespace {

// How long the answers to calls that the end of the node has stopped may take to leave.
constexpr Duration kLastAnswers = std::chrono::milliseconds(500);
// How often the end looks whether the last call of a server written in C++ is answered: not felt beside the seconds that a
// drain may take.
constexpr Duration kDrainLook = std::chrono::milliseconds(5);

NodeConfig with_node_id(NodeConfig config, RandomSource& random) {
  if (config.node_id.empty()) config.node_id = random_node_id(random);
  return config;
}

std::size_t core_count(const NodeConfig& config) {
  if (config.workers > 0) return config.workers;
  return std::max(1u, std::thread::hardware_concurrency());
}

std::vector<Executor*> executors(net::IoCores& cores) {
  std::vector<Executor*> all;
  for (std::size_t i = 0; i < cores.size(); ++i) all.push_back(&cores.core(i));
  return all;
}

http::ServerConfig server_config(const NodeConfig& config) {
  http::ServerConfig server{.limits = config.http, .cors = config.cors, .headers = {}};
  for (const std::string& header : config.response_headers) {
    server.headers += http::parse_response_header(header).value();
  }
  return server;
}

mesh::MeshConfig mesh_config(const NodeConfig& config, const Clock& clock) {
  const auto now = std::chrono::duration_cast<std::chrono::milliseconds>(clock.wall_now().time_since_epoch());
  return {.node_id = config.node_id,
          .inc = static_cast<std::uint64_t>(now.count()),
          .discovery_interval = config.discovery_interval,
          .ping_interval = config.ping_interval,
          .notify_deadline = config.actors.notify_deadline};
}

std::vector<std::string> names_of(const std::vector<ServerSummary>& summaries) {
  std::vector<std::string> names;
  for (const ServerSummary& summary : summaries) names.push_back(summary.name);
  return names;
}

std::vector<mesh::ServerEntry> entries_of(std::vector<ServerSummary> summaries) {
  std::vector<mesh::ServerEntry> entries;
  for (ServerSummary& summary : summaries) {
    entries.push_back({std::move(summary.name), std::move(summary.methods), std::move(summary.state)});
  }
  return entries;
}

// Under which others reach a node that listens on `host`: a name for every address of this machine is none of
// them.
std::string reachable_address(const NodeConfig& config, std::uint16_t port) {
  if (!config.advertise.empty() || port == 0) return config.advertise;
  const bool is_any = config.host == "0.0.0.0" || config.host == "::";
  const bool is_ipv6 = config.host.find(':') != std::string::npos;
  const std::string host = is_any ? "localhost" : is_ipv6 ? "[" + config.host + "]" : config.host;
  return host + ":" + std::to_string(port);
}

native::Host native_host(net::IoCores& cores, const ActorLimits& limits, FailureLog& failures) {
  native::Host host{.cores = {}, .limits = limits, .unheard = {}};
  for (std::size_t i = 0; i < cores.size(); ++i) host.cores.push_back(&cores.core(i));
  host.unheard = [&failures](const std::string& server, std::string_view method, const Failure& failure) {
    failures.note({server, method}, failure);
  };
  return host;
}

net::IdleWork turns_of(ReadyList& list) {
  return [&list] {
    return list.run_for(kActorSlice) == ReadyList::Left::kMore ? net::WorkLeft::kMore : net::WorkLeft::kNone;
  };
}

// Passes the end of the program on, and notes that the node is ready.
class StartObserver final : public ProgramObserver {
 public:
  void on_program_end(const Value& value) override {
    has_started = true;
    outer->on_program_end(value);
  }
  void on_program_error(const ScriptError& error) override { outer->on_program_error(error); }
  void on_program_interrupted() override { outer->on_program_interrupted(); }

  ProgramObserver* outer = nullptr;
  std::atomic<bool> has_started{false};
};

}  // namespace

struct Node::Impl {
  Impl(NodeConfig given, const bytecode::Program& program, Streams streams)
      : config(with_node_id(std::move(given), random)),
        environment(config.allowed_environment),
        output(streams.output),
        input(streams.input),
        cores(core_count(config), clock),
        actors(program, executors(cores),
               World{clock, output, streams.lines != nullptr ? *streams.lines : input, random, environment, config.node_id,
                     config.arguments},
               config.actors),
        servers(actors, native_host(cores, config.actors, failures)),
        connector(cores.core(0)),
        router(servers, config.node_id),
        peer_admin(config.peer_admins),
        dispatcher(router, clock, config.rpc,
                   config.dev ? rpc::ErrorDetail::kShown : rpc::ErrorDetail::kHidden, &program.symbols) {
    actors.route_through(router);
    if (!config.disable_registry) {
      mesh.emplace(mesh_config(config, clock), cores.core(0), connector, servers, random);
      router.connect(*mesh);
      actors.probe_through(mesh->probe_port());
      mesh->on_probe([this](Probe probe, std::string from) { actors.take(std::move(probe), std::move(from)); });
    }
    for (std::size_t i = 0; i < cores.size(); ++i)
      cores.core(i).set_idle_work(turns_of(actors.ready_list(i)));
  }

  void start_mesh();
  [[nodiscard]] std::vector<ServerSummary> summaries() const;
  void tell_servers();
  void begin_stop(Duration drain);
  void drain_servers();
  void wait_for_servers();
  void end_servers();
  void stop_servers(std::function<void()> done);
  void tell_servers_stopped();
  void stop_mesh();
  void end_stop();

  SystemClock clock;
  SystemRandom random;
  const NodeConfig config;
  AllowedEnvironment environment;
  OutputWriter output;
  LineReader input;
  StartObserver start_observer;
  net::IoCores cores;
  // Before the actors: what they drop at the end still answers through it.
  std::optional<http::Server> server;
  ActorSystem actors;
  FailureLog failures;  // of servers written in C++
  native::Servers servers;
  mesh::NetworkConnector connector;
  // After the actors: what it holds at the end answers to them.
  std::optional<mesh::Mesh> mesh;
  CallRouter router;
  const PeerAdmin peer_admin;
  rpc::Dispatcher dispatcher;

  std::function<void()> when_stopped;
  // Of the first core.
  bool has_started_mesh = false;
  bool has_drained_http = false;
  bool is_ending = false;
  bool have_servers_stopped = false;
  std::vector<std::function<void()>> when_servers_stopped;
  bool has_stopped = false;
  std::atomic<bool> is_stopping_servers{false};  // changed by the first core
};

Node::Node(NodeConfig config, const bytecode::Program& program, Streams streams)
    : impl_(std::make_unique<Impl>(std::move(config), program, streams)) {}

Node::~Node() {
  halt();
  // Their threads must not call back into what is being destroyed.
  impl_->input.end();
  impl_->output.end();
}

Result<void> Node::listen() {
  Impl& self = *impl_;
  const RouteContext context{self.dispatcher,
                             [&self] { return names_of(self.summaries()); },
                             self.clock,
                             self.config.app_name,
                             self.config.node_id,
                             self.start_observer.has_started,
                             self.mesh.has_value()};
  http::Routes routes = make_routes(context);
  if (self.mesh) {
    add_mesh_routes(routes, *self.mesh, self.cores.core(0), self.peer_admin);
  } else {
    add_disabled_mesh_routes(routes);
  }
  self.server.emplace(self.cores, server_config(self.config), std::move(routes));
  return self.server->listen(self.config.host, self.config.port);
}

std::uint16_t Node::port() const {
  return impl_->server ? impl_->server->port() : 0;
}

void Node::start() {
  impl_->actors.start();
  if (impl_->mesh) impl_->cores.core(0).post([self = impl_.get()] { self->start_mesh(); });
  impl_->cores.start();
}

// Thread: the first core.
void Node::Impl::start_mesh() {
  const std::uint16_t port = server ? server->port() : 0;
  mesh->set_address(reachable_address(config, port), port);
  has_started_mesh = true;
  mesh->set_servers(entries_of(summaries()));
  mesh->start();
  for (const std::string& peer : config.peers) {
    Result<std::string> added = mesh->add_peer({}, peer);
    if (!added) log(LogLevel::kError, "peer not added", {{"peer", peer}, {"reason", added.error().detail}});
  }
}

std::vector<ServerSummary> Node::Impl::summaries() const {
  if (is_stopping_servers) return {};
  std::vector<ServerSummary> all = actors.server_summaries();
  for (ServerSummary& summary : servers.summaries()) all.push_back(std::move(summary));
  std::ranges::sort(all, {}, &ServerSummary::name);
  return all;
}

// A mesh that has not begun is told when it does.
void Node::Impl::tell_servers() {
  if (!mesh) return;
  cores.core(0).post([this] {
    if (has_started_mesh) mesh->set_servers(entries_of(summaries()));
  });
}

void Node::run_program(ProgramObserver& observer) {
  impl_->start_observer.outer = &observer;
  impl_->actors.run_program(impl_->start_observer);
}

void Node::run_program(ProgramObserver& observer, const bytecode::Function& then) {
  impl_->start_observer.outer = &observer;
  impl_->actors.run_program(impl_->start_observer, &then);
}

void Node::when_unheard_fails(UnheardFailure told) {
  impl_->actors.when_unheard_fails(std::move(told));
}

void Node::while_still(const std::function<void()>& work) {
  const auto count = static_cast<std::ptrdiff_t>(impl_->cores.size());
  std::latch standing(count);
  std::latch released(1);
  std::latch gone(count);
  impl_->cores.post_to_all([&](net::IoCore&) {
    standing.count_down();
    released.wait();
    gone.count_down();
  });
  standing.wait();
  work();
  released.count_down();
  gone.wait();
}

void Node::take_growth() {
  impl_->actors.take_growth();
  impl_->tell_servers();
}

void Node::run_again() { impl_->actors.run_again(); }

void Node::interrupt_program() { impl_->actors.interrupt_program(); }

const std::vector<Value>* Node::program_variables() const { return impl_->actors.program_variables(); }

const StateStore* Node::state_of(std::string_view server) const { return impl_->actors.state_of(server); }

void Node::stop(std::function<void()> done) {
  stop(std::move(done), impl_->config.drain);
}

void Node::stop(std::function<void()> done, Duration drain) {
  impl_->when_stopped = std::move(done);
  impl_->cores.core(0).post([self = impl_.get(), drain] { self->begin_stop(drain); });
}

// At the deadline the actors stop first: the clients of what was in work are told so before the connections are cut.
// Thread: the first core, as of all that follows.
void Node::Impl::begin_stop(Duration drain) {
  net::IoCore& core = cores.core(0);
  core.run_at(clock.now() + drain, [this] { end_servers(); });
  auto drained = [this, &core] {
    core.post([this] {
      has_drained_http = true;
      drain_servers();
    });
  };
  if (!server) return drained();
  server->stop(drain + kLastAnswers, drained);
}

void Node::Impl::drain_servers() {
  if (is_ending) return end_stop();
  servers.close();
  wait_for_servers();
}

// First what C++ has not answered: its handlers may still need the program's servers.
void Node::Impl::wait_for_servers() {
  if (is_ending) return;
  if (is_stopping_servers) return end_servers();
  if (!servers.is_drained()) {
    net::IoCore& core = cores.core(0);
    core.run_at(clock.now() + kDrainLook, [this] { wait_for_servers(); });
    return;
  }
  actors.close();
  actors.drain([this] { cores.core(0).post([this] { end_servers(); }); });
}

// The mesh after them: callers on other nodes are told how their calls ended.
void Node::Impl::end_servers() {
  if (std::exchange(is_ending, true)) return;
  stop_servers([this] { stop_mesh(); });
}

void Node::Impl::stop_servers(std::function<void()> done) {
  when_servers_stopped.push_back(std::move(done));
  if (have_servers_stopped) return tell_servers_stopped();
  if (is_stopping_servers.exchange(true)) return;
  servers.stop();
  tell_servers();
  actors.stop([this] { cores.core(0).post([this] { tell_servers_stopped(); }); });
}

void Node::Impl::tell_servers_stopped() {
  have_servers_stopped = true;
  for (const auto& done : std::exchange(when_servers_stopped, {})) done();
}

void Node::Impl::stop_mesh() {
  auto stopped = [this] {
    has_stopped = true;
    end_stop();
  };
  if (!mesh) return stopped();
  mesh->stop(stopped);
}

void Node::Impl::end_stop() {
  if (has_drained_http && has_stopped) when_stopped();
}

void Node::halt() {
  impl_->cores.stop();
  impl_->cores.join();
  // Calls that C++ still holds may be answered on any thread; after this they reach nobody.
  impl_->servers.abandon();
  impl_->cores.join();
}

void Node::print(std::string_view text) {
  // Nobody waits for room: it is one line.
  [[maybe_unused]] const Host::Printed ignored = impl_->output.print(text);
}

void Node::when_printed(std::function<void()> done) {
  impl_->output.when_flushed(std::move(done));
}

void Node::when_output_breaks(std::function<void(int)> told) {
  impl_->output.when_broken(std::move(told));
}

const std::string& Node::id() const {
  return impl_->config.node_id;
}

std::vector<std::string> Node::server_names() const {
  return names_of(impl_->summaries());
}

std::vector<ServerSummary> Node::server_summaries() const {
  return impl_->summaries();
}

Result<void> Node::add_server(std::shared_ptr<const native::Declaration> declaration,
                              std::unique_ptr<native::Handler> handler) {
  Result<void> added = impl_->servers.add(std::move(declaration), std::move(handler));
  if (added) impl_->tell_servers();
  return added;
}

Result<void> Node::remove_server(std::string_view name) {
  Result<void> removed = impl_->servers.remove(name);
  if (removed) impl_->tell_servers();
  return removed;
}

void Node::stop_servers(std::function<void()> done) {
  impl_->cores.core(0).post([self = impl_.get(), told = std::move(done)] { self->stop_servers(told); });
}

void Node::call(Call call) {
  impl_->router.call(std::move(call));
}

bool Node::can_find(std::string_view server) const {
  return impl_->router.can_find(server);
}

bool Node::with_mesh(std::function<void(mesh::Mesh&)> task) {
  if (!impl_->mesh) return false;
  net::IoCore& core = impl_->cores.core(0);
  if (core.is_current()) {
    task(*impl_->mesh);
  } else {
    core.post([run = std::move(task), &mesh = *impl_->mesh] { run(mesh); });
  }
  return true;
}

bool Node::is_on_mesh_core() const {
  return impl_->cores.core(0).is_current();
}

bool Node::is_on_core() const {
  for (std::size_t i = 0; i < impl_->cores.size(); ++i) {
    if (impl_->cores.core(i).is_current()) return true;
  }
  return false;
}

}  // namespace relay::node
