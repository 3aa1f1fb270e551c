#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "base/clock.h"
#include "base/result.h"
#include "client/node_url.h"

namespace relay::client {

// The longest reply that a client reads: far past what a node sends, short of what would fill the machine.
inline constexpr std::uint64_t kMaxReplyBytes = 256u << 20;

// An answer of any status.
struct HttpReply {
  int status = 0;
  std::string body;
};

// Asks one node, one request after the other, each on a connection of its own.
//
// Bound:  an answer of 256 MiB; `timeout` for each request, from the look-up of the name to the last byte.
// Errors: sentences that name the URL, say why and what to do. kUnreachable: nobody takes the connection.
//         kTimeout: the time is over. kIo: what answers speaks no HTTP, or breaks off.
// Thread: one; it waits.
class HttpClient {
 public:
  HttpClient(NodeUrl url, Duration timeout) : url_(std::move(url)), timeout_(timeout) {}

  [[nodiscard]] const NodeUrl& url() const { return url_; }
  [[nodiscard]] Result<HttpReply> get(const std::string& path) const;
  [[nodiscard]] Result<HttpReply> post(const std::string& path, std::string body) const;

 private:
  const NodeUrl url_;
  const Duration timeout_;
};

// Why nobody takes a connection to `url`, and how to start a node there. kUnreachable.
[[nodiscard]] Error cannot_connect(const NodeUrl& url, const std::string& reason);

// An answer that no node gives: what was asked, the status, why it is none. kIo.
[[nodiscard]] Error no_node_answer(const NodeUrl& url, const std::string& path, const HttpReply& reply,
                                   const std::string& reason);

}  // namespace relay::client
