// A program with a Relay node inside, and a server that is written in C++.
//
//   cmake --install build/release --prefix /tmp/relay
//   cmake -S examples/embed -B /tmp/embed -DCMAKE_PREFIX_PATH=/tmp/relay && cmake --build /tmp/embed
//   /tmp/embed/embed examples/embed/greeter.rl 8080
//   curl -X POST http://localhost:8080/rpc -d '{"jsonrpc":"2.0","method":"words.add","params":["so it goes"],"id":1}'

#include <relay/node.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <sstream>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace {

// Counts words. Its handlers are called one at a time, so what they keep needs no lock.
class Words {
 public:
  relay::Server server() {
    relay::Server server;
    server.state("words: number");
    // A handler that knows its answer returns it.
    server.method("add(text: string) -> number", [this](const relay::Request& request) {
      std::istringstream text(request["text"].as_string());
      for (std::string word; text >> word; ++total_) ++counts_[word];
      return total_;
    });
    server.method("count(word: string) -> number", [this](const relay::Request& request) {
      const auto found = counts_.find(request["word"].as_string());
      if (found == counts_.end()) throw relay::Thrown(relay::Value::object({{"error", "never heard"}, {"word", request["word"]}}));
      return found->second;
    });
    // One that would take long gets a Reply, and answers from a thread of its own.
    server.method("all() -> {string: number}", [this](const relay::Request&, relay::Reply reply) {
      threads_.emplace_back([counts = counts_, reply = std::move(reply)]() mutable {
        relay::Object all;
        for (const auto& [word, count] : counts) all.set(word, count);
        reply.answer(std::move(all));
      });
    });
    return server;
  }

  ~Words() {
    for (std::thread& thread : threads_) thread.join();
  }

 private:
  std::map<std::string, int> counts_;
  int total_ = 0;
  std::vector<std::thread> threads_;
};

// Before any thread is made: then none of them takes the signals that wait_for_stop() waits for.
sigset_t block_stop_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

void run(int argc, char** argv) {
  const sigset_t stop_signals = block_stop_signals();
  relay::NodeConfig config;
  config.node_id = "embedded";
  config.host = "127.0.0.1";
  if (argc > 2) config.port = static_cast<std::uint16_t>(std::atoi(argv[2]));

  Words words;  // outlives the node, whose handlers use it
  relay::Node node(config);
  node.get_exposable_registry().register_server("words", words.server()).value();
  if (argc > 1) node.load_file(argv[1]).value();
  node.start().value();
  std::printf("listening on http://127.0.0.1:%d as %s\n", node.port(), node.get_node_id().c_str());
  std::fflush(stdout);

  int signal = 0;
  sigwait(&stop_signals, &signal);
  node.stop().value();
  std::puts("stopped");
}

}  // namespace

int main(int argc, char** argv) {
  try {
    run(argc, argv);
    return 0;
  } catch (const relay::ErrorException& failed) {
    std::fprintf(stderr, "embed: %s\n", failed.what());
    return 1;
  }
}
