#include "client/http_client.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <utility>

#include "base/plain_text.h"
#include "value/display.h"

namespace relay::client {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using boost::system::error_code;

constexpr unsigned kHttp11 = 11;

// One request and its answer. Each step is begun and then run to its end or to the deadline, so the whole
// reads from top to bottom and no step can hang.
class Exchange {
 public:
  Exchange(const NodeUrl& url, Duration timeout)
      : url_(url), timeout_(timeout), deadline_(std::chrono::steady_clock::now() + timeout) {}

  Result<HttpReply> run(http::request<http::string_body>& request) {
    if (auto connected = connect(); !connected) return std::move(connected.error());
    const error_code write_failure =
        wait([&](auto done) { http::async_write(stream_, request, std::move(done)); });
    if (is_late_) return late("it did not take the request");
    // A node may refuse before it has read everything: then its answer tells why.
    http::response_parser<http::string_body> parser;
    parser.body_limit(kMaxReplyBytes);
    const error_code failure =
        wait([&](auto done) { http::async_read(stream_, buffer_, parser, std::move(done)); });
    if (is_late_) return late("it did not answer");
    if (failure) return broken(write_failure ? write_failure : failure);
    return HttpReply{static_cast<int>(parser.get().result_int()), std::move(parser.get().body())};
  }

 private:
  Result<void> connect() {
    asio::ip::tcp::resolver::results_type found;
    error_code failure = wait([&](auto done) {
      resolver_.async_resolve(url_.host, url_.port, [&found, done](error_code code, auto results) {
        found = std::move(results);
        done(code);
      });
    });
    if (is_late_) return cannot_connect(url_, "the name is not looked up within " + seconds());
    if (failure) return cannot_connect(url_, "the name " + url_.host + " is not known here");
    failure = wait([&](auto done) { stream_.async_connect(found, std::move(done)); });
    if (is_late_) return cannot_connect(url_, "nothing answers within " + seconds());
    if (failure) return cannot_connect(url_, lower(failure.message()));
    return {};
  }

  // Begins a step and runs it to its end, or until the time is over (is_late_).
  template <typename Begin>
  error_code wait(Begin begin) {
    bool is_done = false;
    error_code result;
    begin([&is_done, &result](error_code code, auto&&...) {
      is_done = true;
      result = code;
    });
    io_.restart();
    io_.run_until(deadline_);
    if (is_done) return result;
    is_late_ = true;
    // The step ends with its streams; it must not outlive what it refers to.
    resolver_.cancel();
    stream_.close();
    io_.restart();
    io_.run();
    return result;
  }

  [[nodiscard]] std::string seconds() const {
    std::string text;
    append_number(text, std::chrono::duration<double>(timeout_).count());
    return text + " s";
  }

  [[nodiscard]] Error late(const std::string& what) const {
    return {Errc::kTimeout, url_.text + ": " + what + " within " + seconds() +
                                ". The node hangs or the call takes longer: -timeout SECONDS allows more"};
  }

  [[nodiscard]] Error broken(error_code failure) const {
    if (failure == http::error::body_limit)
      return {Errc::kTooLarge, url_.text + ": the answer is over 256 MiB"};
    const bool has_ended = failure == http::error::end_of_stream || failure == http::error::partial_message ||
                           failure == asio::error::connection_reset || failure == asio::error::broken_pipe;
    if (has_ended)
      return {Errc::kIo,
              url_.text + ": the connection ended before the answer; whether the call ran is unknown"};
    return {Errc::kIo, url_.text + ": what answers there does not speak HTTP (" + lower(failure.message()) +
                           "). Is it the port of a node?"};
  }

  static std::string lower(std::string text) {
    if (!text.empty() && text[0] >= 'A' && text[0] <= 'Z') text[0] = static_cast<char>(text[0] - 'A' + 'a');
    return text;
  }

  const NodeUrl& url_;
  const Duration timeout_;
  const std::chrono::steady_clock::time_point deadline_;
  bool is_late_ = false;
  asio::io_context io_{1};
  asio::ip::tcp::resolver resolver_{io_};
  beast::tcp_stream stream_{io_};
  beast::flat_buffer buffer_;
};

Result<HttpReply> exchange(const NodeUrl& url, Duration timeout, http::request<http::string_body>& request) {
  request.set(http::field::host, url.authority());
  request.set(http::field::user_agent, "relay");
  request.keep_alive(false);
  request.prepare_payload();
  return Exchange(url, timeout).run(request);
}

}  // namespace

Error cannot_connect(const NodeUrl& url, const std::string& reason) {
  return {Errc::kUnreachable, "cannot connect to " + url.text + ": " + reason +
                                  ".\n  Is a node running there? `relay FILE -server -port " + url.port +
                                  "` starts one; a URL or RELAY_URL names another"};
}

Result<HttpReply> HttpClient::get(const std::string& path) const {
  http::request<http::string_body> request(http::verb::get, url_.path + path, kHttp11);
  return exchange(url_, timeout_, request);
}

Result<HttpReply> HttpClient::post(const std::string& path, std::string body) const {
  http::request<http::string_body> request(http::verb::post, url_.path + path, kHttp11, std::move(body));
  request.set(http::field::content_type, "application/json");
  return exchange(url_, timeout_, request);
}

Error no_node_answer(const NodeUrl& url, const std::string& path, const HttpReply& reply,
                     const std::string& reason) {
  constexpr std::size_t kShownBytes = 100;
  std::string detail = url.text + path + " answered " + std::to_string(reply.status) + ": " + reason +
                       ".\n  Is it the URL of a node? " + url.text + "/health of a node says \"healthy\"";
  if (!reply.body.empty()) detail += ".\n  It said: " + plain_text(reply.body.substr(0, kShownBytes));
  return {Errc::kIo, std::move(detail)};
}

}  // namespace relay::client
