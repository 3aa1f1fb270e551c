#include "client/bench.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <csignal>
#include <memory>
#include <optional>
#include <vector>

#include "client/http_client.h"
#include "client/rpc_failure.h"
#include "client/rpc_text.h"

namespace relay::client {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using boost::system::error_code;
using SteadyClock = std::chrono::steady_clock;

constexpr auto kPauseBeforeDialling = std::chrono::milliseconds(50);
// How a node begins a reply that is no error.
constexpr std::string_view kResultStart = R"({"jsonrpc":"2.0","result":)";

std::string http_text(const NodeUrl& url, const std::string& body) {
  return "POST " + url.path + "/rpc HTTP/1.1\r\nHost: " + url.authority() +
         "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
         body;
}

// Why a call failed; empty for one that did not.
std::string failure_of(const http::response<http::string_body>& response) {
  if (response.result() == http::status::ok && response.body().starts_with(kResultStart)) return {};
  const auto replies = read_replies(response.body());
  if (!replies || replies->size() != 1)
    return "HTTP " + std::to_string(response.result_int()) + ", no JSON-RPC reply";
  const auto& error = replies->front().error;
  if (!error) return {};
  return error->message + " (" + std::to_string(error->code) + "): " + failure_sentence(*error);
}

// What all connections share.
struct Run {
  const std::string request;
  const Duration timeout;
  const asio::ip::tcp::resolver::results_type addresses;
  BenchReport report;

  void count_failure(std::string what) {
    ++report.failed;
    const bool is_known = report.failures.count(what) > 0;
    if (!is_known && report.failures.size() >= kMostFailures) what = kOtherFailures;
    ++report.failures[what];
  }
};

// One connection that makes its calls one after the other for as long as the loop runs.
class Caller {
 public:
  Caller(asio::io_context& io, Run& run) : run_(run), stream_(io), pause_(io) {}

  void dial() {
    stream_.expires_after(run_.timeout);
    stream_.async_connect(run_.addresses, [this](error_code failure, const auto&) {
      if (failure) return fail("cannot connect: " + failure.message());
      stream_.socket().set_option(asio::ip::tcp::no_delay(true), failure);
      call();
    });
  }

 private:
  void call() {
    begun_ = SteadyClock::now();
    stream_.expires_after(run_.timeout);
    asio::async_write(stream_, asio::buffer(run_.request), [this](error_code failure, std::size_t) {
      if (failure) return fail(reason(failure));
      read();
    });
  }

  void read() {
    parser_.emplace();
    parser_->body_limit(kMaxReplyBytes);
    http::async_read(stream_, buffer_, *parser_, [this](error_code failure, std::size_t) {
      if (failure) return fail(reason(failure));
      take_reply();
    });
  }

  void take_reply() {
    std::string failure = failure_of(parser_->get());
    if (failure.empty()) {
      run_.report.latencies.add(SteadyClock::now() - begun_);
    } else {
      run_.count_failure(std::move(failure));
    }
    if (parser_->get().keep_alive()) return call();
    close();
    dial();
  }

  void fail(std::string what) {
    run_.count_failure(std::move(what));
    close();
    pause_.expires_after(kPauseBeforeDialling);
    pause_.async_wait([this](error_code) { dial(); });
  }

  void close() {
    stream_.close();
    buffer_.clear();
  }

  static std::string reason(error_code failure) {
    if (failure == beast::error::timeout) return "no answer in time (-timeout)";
    return "the connection ended: " + failure.message();
  }

  Run& run_;
  beast::tcp_stream stream_;
  beast::flat_buffer buffer_;
  std::optional<http::response_parser<http::string_body>> parser_;
  asio::steady_timer pause_;
  SteadyClock::time_point begun_;
};

}  // namespace

BenchReport run_bench(const NodeUrl& url, const BenchPlan& plan) {
  asio::io_context io(1);
  Run run{http_text(url, plan.request),
          plan.timeout,
          asio::ip::tcp::resolver(io).resolve(url.host, url.port),
          {}};
  asio::signal_set interrupts(io, SIGINT, SIGTERM);
  interrupts.async_wait([&](error_code failure, int) {
    if (failure) return;
    run.report.is_interrupted = true;
    io.stop();
  });
  asio::steady_timer end(io, plan.duration);
  end.async_wait([&](error_code) { io.stop(); });

  std::vector<std::unique_ptr<Caller>> callers;
  const auto begun = SteadyClock::now();
  for (std::size_t i = 0; i < plan.connections; ++i) {
    callers.push_back(std::make_unique<Caller>(io, run));
    callers.back()->dial();
  }
  io.run();
  run.report.elapsed = SteadyClock::now() - begun;
  return std::move(run.report);
}

}  // namespace relay::client
