// What a message costs between the mesh and the socket: queue, frame, mask, write; read, unmask, check,
// deliver. Without system calls. Yardstick: 1 microsecond for a remote call's share of the wire, both ways.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <deque>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "mesh/websocket_link.h"
#include "mesh/websocket_writer.h"

namespace relay::mesh {
namespace {

// A loop that is turned by hand; time stands still.
class StillLoop final : public net::Loop, private Clock {
 public:
  void post(Task) override {}
  TimerId run_at(Instant, Task task) override {
    timer_ = std::move(task);
    return 1;
  }
  void cancel(TimerId) override {}
  [[nodiscard]] const Clock& clock() const override { return *this; }
  [[nodiscard]] bool is_current() const override { return true; }
  [[nodiscard]] Instant round_time() const override { return {}; }
  void at_round_end(net::RoundEndHook& hook) override { hook_ = &hook; }
  void forget_round_end(net::RoundEndHook&) override { hook_ = nullptr; }

  void run_timer() { timer_(); }
  void end_round() {
    if (hook_ != nullptr) std::exchange(hook_, nullptr)->on_round_end();
  }

 private:
  [[nodiscard]] Instant now() const override { return {}; }
  [[nodiscard]] WallTime wall_now() const override { return {}; }
  Task timer_;
  net::RoundEndHook* hook_ = nullptr;
};

// Takes everything; gives the same input over and over.
class MemoryStream final : public net::Stream {
 public:
  void set_listener(net::StreamListener* listener) override { listener_ = listener; }
  net::IoResult read(std::span<char> into) override {
    if (at_ == input.size()) return {net::IoResult::Status::kWouldBlock, 0};
    const std::size_t count = std::min(into.size(), input.size() - at_);
    std::copy_n(input.data() + at_, count, into.data());
    at_ += count;
    return {net::IoResult::Status::kDone, count};
  }
  net::IoResult write(std::span<const std::string_view> pieces) override {
    std::size_t bytes = 0;
    for (const std::string_view piece : pieces) bytes += piece.size();
    return {net::IoResult::Status::kDone, bytes};
  }
  void wait_readable() override {}
  void wait_writable() override {}
  void shut_down_writing() override {}
  void close() override {}
  [[nodiscard]] std::string peer_address() const override { return {}; }
  [[nodiscard]] int release_socket() override { return -1; }

  void give_input() {
    at_ = 0;
    while (at_ < input.size()) listener_->on_readable();
  }
  std::string input;

 private:
  net::StreamListener* listener_ = nullptr;
  std::size_t at_ = 0;
};

struct Heard final : LinkListener {
  void on_link_text(Link&, std::string_view text) override { bytes += text.size(); }
  void on_link_closing(Link&) override {}
  void on_unwritten(Link&, std::uint64_t) override {}
  void on_link_closed(Link&, std::string_view) override { std::abort(); }
  std::size_t bytes = 0;
};

struct Words final : RandomSource {
  void fill(std::span<std::uint64_t> words) override {
    for (std::uint64_t& word : words) word = last += 0x9E3779B97F4A7C15;
  }
  std::uint64_t last = 1;
};

struct Bench {
  explicit Bench(bool dialled) {
    LinkPeer peer{"far"};
    peer.is_relay = true;
    peer.we_dialled = dialled;
    auto owned = std::make_unique<MemoryStream>();
    stream = owned.get();
    link = std::make_unique<WebSocketLink>(1, peer, std::move(owned), "", loop, heard, words,
                                           WebSocketLink::Settings{});
    link->start();
    loop.run_timer();
  }
  StillLoop loop;
  Heard heard;
  Words words;
  MemoryStream* stream = nullptr;
  std::unique_ptr<WebSocketLink> link;
};

// range(0): messages of a round; range(1): bytes of each.
void send(benchmark::State& state, bool dialled) {
  Bench bench(dialled);
  const std::string message(static_cast<std::size_t>(state.range(1)), 'x');
  for (auto _ : state) {
    for (std::int64_t i = 0; i < state.range(0); ++i) {
      static_cast<void>(bench.link->send(message, Lane::kCall, static_cast<std::uint64_t>(i) + 1));
    }
    bench.loop.end_round();
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
  state.SetBytesProcessed(state.iterations() * state.range(0) * state.range(1));
}

// range(0): messages of a frame; range(1): bytes of each.
void receive(benchmark::State& state, bool dialled) {
  Bench bench(dialled);
  std::string frame_text = "[";
  for (std::int64_t i = 0; i < state.range(0); ++i)
    frame_text.append(static_cast<std::size_t>(state.range(1)), 'x') += ',';
  std::size_t frames = 0;
  do {
    append_frame(bench.stream->input, WebSocketOpcode::kText, frame_text, dialled ? 0 : 0x12345678);
    ++frames;
  } while (bench.stream->input.size() + frame_text.size() < 60'000);
  for (auto _ : state) bench.stream->give_input();
  const auto messages = state.iterations() * state.range(0) * static_cast<std::int64_t>(frames);
  state.SetItemsProcessed(messages);
  state.SetBytesProcessed(messages * state.range(1));
}

void shapes(benchmark::internal::Benchmark* benchmark) {
  benchmark->Args({1, 300})->Args({16, 300})->Args({256, 300})->Args({1, 1 << 20});
}

BENCHMARK_CAPTURE(send, unmasked, false)->Apply(shapes);
BENCHMARK_CAPTURE(send, masked, true)->Apply(shapes);
BENCHMARK_CAPTURE(receive, unmasked, true)->Apply(shapes);
BENCHMARK_CAPTURE(receive, masked, false)->Apply(shapes);

}  // namespace
}  // namespace relay::mesh

BENCHMARK_MAIN();
