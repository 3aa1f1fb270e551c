#pragma once

#include <chrono>
#include <cstddef>

#include "base/clock.h"

namespace relay::http {

// Every bound of the HTTP side, with its unit, its verdict when passed, and why this number. Each is a flag.
struct HttpLimits {
  // A request's first line and fields together, in bytes; more is 431. Cookies of a proxy fit, an attack does not.
  std::size_t head_bytes = 16 * 1024;
  // Fields of one head (and of one trailer section); more is 431. Browsers send about 20.
  std::size_t head_fields = 100;
  // One request's body in bytes after decoding; more is 413. A batch of 1,000 generous calls fits.
  std::size_t body_bytes = 8 * 1024 * 1024;
  // Chunk extensions of one body together, in bytes; more is 400. Nobody uses them but attackers.
  std::size_t chunk_extension_bytes = 1024;

  // From a head's first byte (or the connect) to its end; then 408. Slow phones manage 16 KiB in it.
  Duration head_timeout = std::chrono::seconds(15);
  // In each such window a body must end or bring `body_min_rate` times its length; else 408.
  Duration body_window = std::chrono::seconds(5);
  // Bytes a second, the slowest body served: below any working link, above a drip-feeding attack.
  std::size_t body_min_rate = 1024;
  // Without a byte taken by the client while output waits; then the connection is cut. A reader that stalls holds memory.
  Duration write_stall = std::chrono::seconds(15);
  // Between two requests; then the connection is closed in silence. Longer than a browser's own keep-alive.
  Duration idle_timeout = std::chrono::seconds(60);
  // After a final error, time to let the client read it before the socket goes. A reset would destroy the error text.
  Duration linger = std::chrono::seconds(2);

  // Open connections of the node; one more gets 503 and is closed. 10,000 idle ones cost about 10 MiB.
  std::size_t connections = 10'000;
  // Connections that are being told 503, beyond `connections`; more are closed without a word, to bound even that.
  std::size_t refusals = 128;
  // Requests of one connection begun and not yet answered; then reading stops. Enough to keep a pipeline busy.
  std::size_t open_requests = 64;
  // Bytes of requests in work or answers unsent on one connection; then reading stops. Twice the largest body.
  std::size_t connection_bytes = 16 * 1024 * 1024;
  // Bytes of requests in work and answers unsent on the whole node; then new requests get 503. Leaves a small
  // machine of 1 GiB the rest for its actors.
  std::size_t node_bytes = 256 * 1024 * 1024;
};

}  // namespace relay::http
